/** `npm run portability`: shows that the project does not end with CDKTF, by running the same code on its successor. */
import { parseArgs } from "node:util";
import { runCommand } from "../local/command";
import { runSteps } from "../local/run-steps";
import { differences, KNOWN_DIFFERENCES, requireKnown, type Stacks } from "./differences";
import { installCdkTerrain } from "./frameworks";
import { CDK_TERRAIN, CDKTF, checkTypes, synthesize } from "./synthesis";

const HELP = `npm run portability

Checks the types of the stacks and synthesizes them twice, with CDKTF and AWS provider 5 and with CDK Terrain (cdktn) and AWS provider 6,
and compares the Terraform JSON: the stacks of main.ts, and those of policy/example.ts, in which everything optional is on. Installs CDK
Terrain into portability/node_modules (480 MiB) unless it is there.

  --help     show this
  --verbose  show stack traces

Exit code 1 when the JSON differs in a way that portability/differences.ts does not list, or no longer differs in one that it lists.`;

void runCommand(HELP, async (args, signal) => {
  parseArgs({ args });
  const synthesized = new Map<string, Stacks>();
  const steps = [CDKTF, CDK_TERRAIN].flatMap((framework) => [
    { title: `Types with ${framework.name}`, run: () => checkTypes(framework, signal) },
    {
      title: `Synthesis with ${framework.name}`,
      run: async () => void synthesized.set(framework.name, await synthesize(framework, signal)),
    },
  ]);
  await runSteps([{ title: "CDK Terrain is installed", run: () => installCdkTerrain(signal) }, ...steps]);

  const [cdktf = {}, cdktn = {}] = [CDKTF, CDK_TERRAIN].map(({ name }) => synthesized.get(name));
  const found = differences(cdktf, cdktn);
  requireKnown(found, Object.keys(cdktf));

  console.log(`\nThe Terraform JSON of ${Object.keys(cdktf).join(", ")} is the same with both, but for:\n`);
  for (const { at, reason } of KNOWN_DIFFERENCES) {
    const example = found.find((difference) => difference.at === at);
    console.log(`  ${at}\n    ${String(example?.cdktf)} with cdktf, ${String(example?.cdktn)} with cdktn: ${reason}`);
  }
});
