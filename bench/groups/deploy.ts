import { readFileSync, writeFileSync } from "node:fs";
import path from "node:path";
import { environments } from "../../config/environments";
import { CDKTF } from "../../local/cdktf";
import { LocalSystem } from "../../local/local-system";
import { copyProject } from "../../__tests__/support/project-copy";
import type { Bench } from "../bench";
import { measure } from "../measure";
import { TEMPLATE_ENVIRONMENT } from "../peers/apps";
import type { Group } from "./group";

const STACK = "secured-api-local";
const FUNCTION = path.join("lambda-src", "handler.py");

/** A way to plan and to deploy: commands and environment variables. */
interface Way {
  readonly name: string;
  readonly plan: readonly string[];
  readonly deploy: readonly string[];
  readonly env: NodeJS.ProcessEnv;
}

const cdktf = (command: string, ...flags: string[]) => [
  ...[process.execPath, CDKTF, command, STACK],
  ...["--app", "npx ts-node main.ts", "--skip-provider-lock", ...flags],
];

const WAYS: readonly Way[] = [
  {
    name: "this-project",
    plan: ["npm", "run", "plan", "--", "local"],
    deploy: ["npm", "run", "deploy", "--", "local", "--yes"],
    env: {},
  },
  { name: "cdktf-template", plan: cdktf("diff"), deploy: cdktf("deploy", "--auto-approve"), env: TEMPLATE_ENVIRONMENT },
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

/** A round starts two emulators and takes two minutes. */
const MOST_ROUNDS = 2;

async function loop(bench: Bench, { name, plan, deploy, env }: Way, round: number): Promise<void> {
  const { folder, signal } = bench.options;
  const copy = copyProject(`deploy-${name}-${round}`, folder);
  const system = new LocalSystem({ environment: environments.local, folder: path.join(copy, ".local"), signal });
  try {
    for (const step of system.steps.filter(({ title }) => /^(Start|Make) the /.test(title))) {
      await step.run(() => undefined);
    }
    const take = async (id: string, [program = "", ...args]: readonly string[]) => {
      bench.add(`deploy/${id}/${name}`, await measure(program, args, { cwd: copy, env: { ...system.env, ...env, CI: "1" }, signal }));
    };
    await take("first", deploy);
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
