/** What shows that the commands of the documents work. */

/** The test that runs a command, and words of the test that do. */
export interface Run {
  readonly test: string;
  readonly words: string;
}

const operations = (words: string): Run => ({ test: "__tests__/emulator/operations.test.ts", words });
const start = (words: string): Run => ({ test: "__tests__/emulator/start.test.ts", words });

export const RUNS: Readonly<Record<string, Run>> = {
  "npm ci && npm start": start('spawn("npm", ["start"'),
  "npm start": start('spawn("npm", ["start"'),
  "npm start -- --once": start('start(["--once"]'),
  "npm ci && npm run doctor": start('execFileSync("npm", ["run", "doctor"]'),
  "npm run doctor": start('execFileSync("npm", ["run", "doctor"]'),
  "curl -H 'Accept: application/json' <mailbox_url>": start('headers: { accept: "application/json" }'),
  "npm ci && npm test": { test: ".ci/run", words: "npm ci && npm test" },
  "npm test": { test: ".ci/run", words: "npm ci && npm test" },
  "npm ci": { test: ".ci/run", words: "npm ci && npm test" },

  "npm run bootstrap": operations('checkout.npm("bootstrap", ["local"])'),
  "npm run bootstrap -- <environment>": operations('checkout.npm("bootstrap", ["local"])'),
  "npm run plan -- <environment>": operations('checkout.npm("plan", ["local"'),
  "npm run deploy -- <environment>": operations('person.npm("deploy", ["local", "--yes"])'),
  "npm run outputs -- <environment>": operations('checkout.npm("outputs", ["local"])'),
  "npm run smoke -- <environment>": operations('documentedCommands("docs/operations.md", "From nothing to a deployed environment")'),
  "npm run state -- <environment> versions": operations('checkout.npm("state", ["local", "versions"])'),
  "npm run adopt": { test: "__tests__/emulator/adopt.test.ts", words: 'checkout.npm("adopt", ["local", "--yes"])' },
  "npm run adopt -- <environment>": { test: "__tests__/emulator/adopt.test.ts", words: 'checkout.npm("adopt", ["local", "--yes"])' },
  "npm run unlock -- <environment> <lock ID>": operations('colleague.npm("unlock", ["local", "another-id"])'),
  "npm run destroy -- <environment>": operations('checkout.npm("destroy", ["local"])'),
  "npm run review": { test: "__tests__/review/command.test.ts", words: '"review/command.ts", ...args' },
  "npm run review -- <environment>": { test: "__tests__/emulator/review.test.ts", words: '"review", "--", "local"' },
  "terraform show -json <plan> > plan.json": operations("show -json ../../../plan.bin"),

  "npm run policy": { test: "__tests__/policy/policy.test.ts", words: "await policy([])" },
  "npm run policy -- dev": { test: "__tests__/policy/policy.test.ts", words: 'await policy(["dev"])' },

  "npm run new-route": { test: "__tests__/tools/new-route.test.ts", words: '"new-route", "--", ...args' },
  "npm run new-route -- --help": { test: "__tests__/docs/commands.test.ts", words: 'answersTo("--help")' },
  "npm run scale": { test: "__tests__/scale/command.test.ts", words: '["run", "--silent", "scale", "--", ...args]' },
  "npm run scale -- --requests-per-second 1000 --users 1000000": {
    test: "__tests__/scale/command.test.ts",
    words: 'scale("--requests-per-second", "1000", "--users", "1000000")',
  },
  "npm run docs": { test: "__tests__/docs/own-project.test.ts", words: '"run", "--silent", "docs"' },
  "npm run audit": { test: "__tests__/tools/audit.test.ts", words: '["run", "--silent", "audit"]' },
  "npm run portability": { test: "__tests__/portability/portability.test.ts", words: '["run", "--silent", "portability"]' },
  "cdktf deploy": { test: "__tests__/emulator/lifecycle.test.ts", words: 'system.cdktf("deploy")' },
  "cdktf synth": { test: "__tests__/main.test.ts", words: '"npx", ["cdktf", "synth"' },
  "VERBOSE=1 npx cdktf synth": { test: "__tests__/config/bad-configuration.test.ts", words: 'VERBOSE: "1"' },
  "node synth.mjs": { test: "__tests__/main.test.ts", words: "synth.mjs" },
};

/** The commands that no test runs, and why not. */
export const NOT_RUN: Readonly<Record<string, string>> = {
  "npm run format": "it writes into the code; npm run lint, with which npm test begins, compares",
  "npm run bench": "it measures for minutes, and its figures mean nothing beside other work",
  "npm run mutation": "it changes the code and runs the tests for each change, for minutes",
  "npm run review:fixtures -- <name>…": "it makes anew what the tests of the review read, in minutes",
  "npm run review:reports": "it writes what __tests__/review/golden-reports.test.ts expects",
  "npx jest --selectProjects unit": "it runs the tests",
  "npx jest --selectProjects unit --testPathPatterns <words>": "it runs the tests",
  "git checkout . && npm ci": "it takes back what docs/migrate-to-cdk-terrain.md has changed in the reader's own checkout",
  "npx ts-node main.ts": "it is the cdktf template's, which npm run bench measures",
  "terraform plan": "it is Terraform's own, which npm run bench measures",
  "terraform apply": "it is Terraform's own, which npm run bench measures",
  "terraform init": "it is Terraform's own, which npm run bench measures",
};
