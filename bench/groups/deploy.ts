import { readFileSync, writeFileSync } from "node:fs";
import path from "node:path";
import { environments } from "../../config/environments";
import { CDKTF, quietTools } from "../../local/cdktf";
import { LocalSystem } from "../../local/local-system";
import { terraformProgram } from "../../local/prerequisites";
import { copyProject } from "../../__tests__/support/project-copy";
import type { Bench } from "../bench";
import { inAll, measure } from "../measure";
import { TEMPLATE_ENVIRONMENT } from "../peers/apps";
import { hcl } from "../peers/hcl";
import { peerFolder, synthesizedStack } from "../peers/synthesized-stacks";
import type { Group } from "./group";

const STACK = "secured-api-local";
const FUNCTION = path.join("lambda-src", "handler.py");

type Command = readonly [program: string, ...args: string[]];

/** A way to plan and to deploy. */
interface Way {
  readonly name: string;
  /** What makes a new checkout ready to deploy. */
  readonly init?: Command;
  readonly plan: Command;
  readonly deploy: Command;
  readonly env: NodeJS.ProcessEnv;
  /** Writes what the commands read, which is not measured, and returns the folder that they run in. Default: the copy of the project. */
  readonly prepare?: (copy: string, signal: AbortSignal) => Promise<string>;
}

const cdktf = (command: string, ...flags: string[]): Command => [
  ...([process.execPath, CDKTF, command, STACK] as const),
  ...["--app", "npx ts-node main.ts", "--skip-provider-lock", ...flags],
];
const terraform = (command: string, ...flags: string[]): Command => [terraformProgram(), command, "-input=false", "-no-color", ...flags];

const WAYS: readonly Way[] = [
  {
    name: "this-project",
    plan: ["npm", "run", "plan", "--", "local"],
    deploy: ["npm", "run", "deploy", "--", "local", "--yes"],
    env: {},
  },
  { name: "cdktf-template", plan: cdktf("diff"), deploy: cdktf("deploy", "--auto-approve"), env: TEMPLATE_ENVIRONMENT },
  {
    name: "plain-hcl",
    init: terraform("init"),
    plan: terraform("plan"),
    deploy: terraform("apply", "-auto-approve"),
    env: quietTools(process.env),
    prepare: async (copy, signal) => {
      const { stack, folder } = await synthesizedStack(copy, STACK, signal);
      return peerFolder(`${copy}-hcl`, { "main.tf": hcl(stack) }, folder);
    },
  },
];

/** How long one waits for a deploy to the emulator, from nothing and after a change. */
export const deploy: Group = {
  name: "deploy",
  about: "plan and deploy to the emulator: the first, one without a change, one with a changed line of the function",
  run: async (bench) => {
    for (let round = 0; round < Math.min(bench.options.rounds, MOST_ROUNDS); round++) {
      for (const way of WAYS) {
        await loop(bench, way, round);
      }
    }
  },
};

/** A round starts three emulators and takes three minutes. */
const MOST_ROUNDS = 2;

async function loop(bench: Bench, { name, init, plan, deploy, env, prepare }: Way, round: number): Promise<void> {
  const { folder, signal } = bench.options;
  const copy = copyProject(`deploy-${name}-${round}`, folder);
  const system = new LocalSystem({ environment: environments.local, folder: path.join(copy, ".local"), signal });
  try {
    for (const step of system.steps.filter(({ title }) => /^(Start|Make) the /.test(title))) {
      await step.run(() => undefined);
    }
    const take = async (id: string, ...commands: readonly Command[]) => {
      const cwd = (await prepare?.(copy, signal)) ?? copy;
      const parts = [];
      for (const [program, ...args] of commands) {
        parts.push(await measure(program, args, { cwd, env: { ...system.env, ...env, CI: "1" }, signal }));
      }
      bench.add(`deploy/${id}/${name}`, inAll(parts));
    };
    await take("first", ...(init ? [init] : []), deploy);
    await take("unchanged", deploy);
    await take("plan", plan);
    changeOneLine(path.join(copy, FUNCTION));
    await take("changed-function", deploy);
  } finally {
    await system.stop();
  }
}

function changeOneLine(file: string): void {
  const before = readFileSync(file, "utf8");
  const after = before.replace("Hello from", "Hello again from");
  if (after === before) {
    throw new Error(`${FUNCTION} has no "Hello from": name another line to change in bench/groups/deploy.ts.`);
  }
  writeFileSync(file, after);
}
