/**
 * The life of an environment, from no state bucket to nothing left: the commands as a person runs them, those of docs/operations.md word
 * for word. One story on one emulator, because each part of it needs what the one before has made.
 */
import { cpSync, mkdirSync, readdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import path from "node:path";
import { DescribeKeyCommand, KMSClient, ListKeysCommand } from "@aws-sdk/client-kms";
import { DeleteObjectCommand, GetObjectCommand, ListObjectsV2Command, PutObjectCommand, S3Client } from "@aws-sdk/client-s3";
import { environments } from "../../config/environments";
import { LocalSystem } from "../../local/local-system";
import { loopbackRequest } from "../../local/loopback-request";
import { stateBucketName } from "../../stacks/environment-stack";
import { Checkout } from "../support/checkout";
import { documentedCommands } from "../support/documented-commands";
import { existingResources } from "./existing-resources";

const bucket = stateBucketName(environments.local);
const checkout = new Checkout("operations");
const colleague = new Checkout("a-colleague");
const local = path.join(checkout.folder, ".local");
const system = new LocalSystem({ environment: environments.local, folder: local, signal: new AbortController().signal });
const NO_CREDENTIALS = {
  ...Object.fromEntries(Object.keys(process.env).flatMap((name) => (name.startsWith("AWS_") ? [[name, undefined]] : []))),
  AWS_CONFIG_FILE: "/dev/null",
  AWS_SHARED_CREDENTIALS_FILE: "/dev/null",
  AWS_EC2_METADATA_DISABLED: "true",
};

function aws() {
  const options = { region: environments.local.region, endpoint: system.emulator.url, credentials: system.emulator.credentials };
  return { kms: new KMSClient(options), s3: new S3Client({ ...options, forcePathStyle: true }), options };
}

async function objects(): Promise<(string | undefined)[]> {
  const { Contents } = await aws().s3.send(new ListObjectsV2Command({ Bucket: bucket }));
  return (Contents ?? []).map(({ Key }) => Key).sort();
}

async function stateOf(stack: string) {
  const { Body } = await aws().s3.send(new GetObjectCommand({ Bucket: bucket, Key: `local/${stack}.tfstate` }));
  return JSON.parse(await Body!.transformToString()) as { resources: { type: string; name: string }[] };
}

async function locked(): Promise<boolean> {
  return (await objects()).includes("local/secured-api.tfstate.tflock");
}

afterAll(async () => {
  await system.stop();
  checkout.remove();
  colleague.remove();
});

describe("before there is anything", () => {
  test("without an emulator, local says how to get one", async () => {
    const { code, output } = await checkout.npm("deploy", ["local", "--yes"]);
    expect({ code, output }).toMatchObject({ code: 1, output: expect.stringContaining('Run "npm start" in another terminal') as unknown });
  });

  test("without a state bucket, a deploy says how to make it", async () => {
    for (const step of system.steps.filter(({ title }) => title.startsWith("Start the "))) {
      await step.run(() => undefined);
    }
    cpSync(path.join(local, "emulator.env"), path.join(colleague.folder, ".local", "emulator.env"));
    const { code, output } = await checkout.npm("deploy", ["local", "--yes"]);
    expect({ code, output }).toMatchObject({
      code: 1,
      output: expect.stringContaining("Make it once with: npm run bootstrap -- local") as unknown,
    });
  });

  test.each<[what: string, script: string, args: string[], env: NodeJS.ProcessEnv, code: number, message: string]>([
    [
      "an unknown environment",
      "deploy",
      ["nowhere", "--yes"],
      {},
      2,
      `"nowhere" is not an environment: config/environments.ts has ${Object.keys(environments).join(", ")}.`,
    ],
    ["no environment", "plan", [], {}, 2, "Which environment?"],
    [
      "no credentials",
      "deploy",
      ["dev", "--yes"],
      NO_CREDENTIALS,
      1,
      `There are no AWS credentials, and dev needs some of the account ${environments.dev.account}.`,
    ],
    ["no Terraform", "plan", ["local"], { TERRAFORM_BINARY_NAME: "no-such-terraform" }, 1, "is needed, found none. Install it from"],
    ["nobody to ask", "deploy", ["local"], {}, 1, "there is no terminal to ask on. Give --yes"],
    ["a protected environment", "destroy", ["prod", "--yes"], {}, 1, "lift the protection in two deliberate steps"],
    ["a lock without its ID", "unlock", ["local"], {}, 2, "Which lock?"],
  ])("%s", async (_, script, args, env, code, message) => {
    const result = await checkout.npm(script, args, env);
    expect(result).toMatchObject({ code, output: expect.stringContaining(message) as unknown });
    expect(result.output).not.toMatch(/\n\s+at /);
  });

  test("credentials of another account are refused", async () => {
    const { code, output } = await checkout.npm("deploy", ["dev", "--yes"], system.env);
    expect({ code, output }).toMatchObject({
      code: 1,
      output: expect.stringContaining("these credentials are of 000000000000") as unknown,
    });
  });
});

describe("bootstrap, killed at each of its steps and run again", () => {
  const keys = async () => (await aws().kms.send(new ListKeysCommand())).Keys!.map(({ KeyId }) => KeyId!);
  let firstKey: string | undefined;

  const applies = (output: string) => /: (Creating|Importing|Modifying)\.\.\./.test(output);
  const bucketExists = () =>
    objects().then(
      () => true,
      () => false,
    );

  const nothing = () => undefined;
  const loseTheMachine = () => {
    rmSync(path.join(local, "bootstrap"), { recursive: true });
  };

  test.each<[step: string, condition: (output: string) => boolean | Promise<boolean>, then: () => void]>([
    ["before it has made anything", (output) => output.includes("does not exist yet"), nothing],
    [
      "while the key is made, of which no state knows",
      async (output) => output.includes("Creating...") && (await keys()).length > 0,
      nothing,
    ],
    // The run before may have come as far already: what counts is what exists.
    ["with the bucket made", async (output) => applies(output) && (await bucketExists()), nothing],
    [
      "with more of it made, and its machine lost with the local state",
      (output) => /aws_s3_bucket_\w+\.\S+: (Creation complete|Still creating)/.test(output),
      loseTheMachine,
    ],
    ["while it moves the state", (output) => output.includes("Moving the state into the bucket"), nothing],
    ["while it checks what it has done", (output) => output.includes("against the state in the bucket"), nothing],
  ])("%s", async (_, condition, then) => {
    await checkout.npmKilled("bootstrap", ["local", "--yes"], condition);
    firstKey ??= (await keys())[0];
    then();
  });

  test("the last run ends where an undisturbed one does: one bucket, the first key, one state, no lock", async () => {
    const { code, output } = await checkout.npm("bootstrap", ["local", "--yes"]);
    expect({ code, output }).toMatchObject({
      code: 0,
      output: expect.stringContaining(`Done: local keeps its state in ${bucket}`) as unknown,
    });
    expect(await keys()).toEqual([firstKey]);
    const { KeyMetadata } = await aws().kms.send(new DescribeKeyCommand({ KeyId: `alias/${bucket}` }));
    expect(KeyMetadata!.KeyId).toBe(firstKey);
    expect(await objects()).toEqual(["local/state-backend.tfstate"]);
    expect((await stateOf("state-backend")).resources).toHaveLength(9);
    expect(readdirSync(path.join(local, "bootstrap"))).toEqual([]);
  });

  test("a further run has nothing to change, and so nothing to ask", async () => {
    const { code, output } = await checkout.npm("bootstrap", ["local"]);
    expect({ code, output }).toMatchObject({ code: 0, output: expect.stringContaining("Nothing to change.") as unknown });
  });

  test("killed while it changes what is there, it leaves a lock, and says how to remove it", async () => {
    const restore = edit([checkout], "config/environments.ts", "logRetentionDays: 1,", 'logRetentionDays: 1, tags: { team: "x" },');
    await checkout.npmKilled("bootstrap", ["local", "--yes"], async () => (await objects()).includes("local/state-backend.tfstate.tflock"));
    restore();
    const refused = await checkout.npm("bootstrap", ["local", "--yes"]);
    expect(refused).toMatchObject({ code: 1, output: expect.stringContaining("The state of state-backend-local is locked: ") as unknown });
    const unlock = /npm run unlock -- local \S+ --stack state-backend/.exec(refused.output)![0];
    const { code, outputs } = await checkout.shellEach([unlock, "npm run bootstrap -- local --yes"]);
    expect({ code, outputs }).toMatchObject({ code: 0 });
    expect(outputs.at(-1)).toContain("Done: local keeps its state in");
    expect(await objects()).toEqual(["local/state-backend.tfstate"]);
  });
});

/** Changes a file of checkouts; what it gives changes it back. */
function edit(checkouts: readonly Checkout[], name: string, text: string, replacement: string): () => void {
  const files = checkouts.map(({ folder }) => path.join(folder, name));
  const original = readFileSync(files[0]!, "utf8");
  expect(original).toContain(text);
  const write = (content: string) => {
    files.forEach((file) => {
      writeFileSync(file, content);
    });
  };
  write(original.replace(text, replacement));
  return () => {
    write(original);
  };
}

test("credentials of another account: plain Terraform refuses them too, before it reads anything", async () => {
  const { code, output } = await checkout.shell(
    "terraform -chdir=cdktf.out/stacks/secured-api-dev init -input=false -no-color",
    system.env,
  );
  expect({ code, output }).toMatchObject({
    code: 1,
    output: expect.stringContaining("AWS account ID not allowed: 000000000000") as unknown,
  });
});

/** What Terraform would do, by address, but for what stays as it is. */
async function plannedChanges(): Promise<[address: string, actions: string][]> {
  const { code, output } = await checkout.npm("plan", ["local", "--out", "plan.bin"]);
  expect({ code, output }).toMatchObject({ code: 0 });
  const shown = await checkout.shell("terraform -chdir=cdktf.out/stacks/secured-api-local show -json ../../../plan.bin", system.env);
  const plan = JSON.parse(shown.output) as { resource_changes: { address: string; change: { actions: string[] } }[] };
  return plan.resource_changes
    .map(({ address, change }): [string, string] => [address, change.actions.join()])
    .filter(([, actions]) => actions !== "no-op");
}

/** The function's package, as the bootstrap's synth has left it. */
function packagedFunction(): string {
  const output = path.join(checkout.folder, "cdktf.out", "stacks", "secured-api-local");
  return path.join(
    output,
    readdirSync(output, { encoding: "utf8", recursive: true }).find((file) => file.endsWith(".zip"))!,
  );
}

test("what version 0.1.0 deployed, today's code takes over: nothing is destroyed or replaced but the API's deployment", async () => {
  const folder = path.join(local, "version-0.1.0");
  const text = readFileSync("__tests__/fixtures/secured-api-0.1.0.tf.json", "utf8");
  const zip = path.join(folder, /"filename": "([^"]+)"/.exec(text)![1]!);
  mkdirSync(path.dirname(zip), { recursive: true });
  cpSync(packagedFunction(), zip);
  writeFileSync(path.join(folder, "cdk.tf.json"), text);
  const applied = await checkout.shell("cd .local/version-0.1.0; terraform init -input=false; terraform apply -auto-approve", system.env);
  expect(applied).toMatchObject({ code: 0 });
  const { resource } = JSON.parse(text) as { resource: Record<string, object> };
  const deployed = Object.entries(resource).flatMap(([type, resources]) => Object.keys(resources).map((name) => `${type}.${name}`));
  const changes = (await plannedChanges()).filter(([address]) => !/_deployment\b/.test(address));
  expect(changes.filter(([, actions]) => actions.includes("delete"))).toEqual([]);
  // Nor is any of it made anew: the state that this plan is made from holds it.
  expect(changes.filter(([address, actions]) => actions === "create" && deployed.includes(address))).toEqual([]);
});

test("the documented way to a deployed environment", async () => {
  const { code, outputs } = await checkout.shellEach(documentedCommands("docs/operations.md", "From nothing to a deployed environment"));
  expect({ code, outputs }).toMatchObject({ code: 0 });
  expect(outputs.at(-1)).toContain("ok      the API with an access token");
});

test("outputs: a table for people, JSON for programs", async () => {
  const table = await checkout.npm("outputs", ["local"]);
  const json = JSON.parse((await checkout.npm("outputs", ["local", "--json"])).output) as Record<string, string>;
  expect(Object.keys(json)).toContain("sign_in_url");
  expect(
    table.output
      .trim()
      .split("\n")
      .map((line) => line.split(/ +/)),
  ).toEqual(Object.entries(json));
});

test("of two deploys at once exactly one goes on; the other says who holds the lock, and since when", async () => {
  edit([checkout, colleague], "config/environments.ts", "logRetentionDays: 1,", "logRetentionDays: 3,");
  const results = await Promise.all([checkout, colleague].map((person) => person.npm("deploy", ["local", "--yes"])));
  expect(results.map(({ code }) => code).sort()).toEqual([0, 1]);
  expect(results.find(({ code }) => code === 0)!.output).toContain("0 added, 1 changed, 0 destroyed");
  const refused = results.find(({ code }) => code === 1)!;
  expect(refused.output).toMatch(
    /The state of secured-api-local is locked: \S+@\S+ holds the lock since \d{4}-\d\d-\d\d \d\d:\d\d:\d\d UTC, less than a minute ago \(OperationType\w+, lock ID [0-9a-f-]{36}\)/,
  );
  expect(await objects()).toEqual(["local/secured-api.tfstate", "local/state-backend.tfstate"]);
});

test("a killed run leaves its lock, which the documented commands remove", async () => {
  await checkout.npmKilled("plan", ["local"], locked);
  const refused = await colleague.npm("deploy", ["local", "--yes"]);
  expect(refused).toMatchObject({ code: 1, output: expect.stringContaining('read "A lock that stayed" in docs/operations.md') as unknown });
  const lockId = /npm run unlock -- local (\S+)/.exec(refused.output)![1]!;

  expect(await colleague.npm("unlock", ["local", "another-id"])).toMatchObject({ code: 1 });
  expect(await locked()).toBe(true);
  const { code, outputs } = await colleague.shellEach(documentedCommands("docs/operations.md", "A lock that stayed"), { LOCK_ID: lockId });
  expect({ code, outputs }).toMatchObject({ code: 0 });
  expect(outputs.at(-1)).toMatch(/^No changes\./m);
  expect(await locked()).toBe(false);
});

const stateObject = { Bucket: bucket, Key: "local/secured-api.tfstate" };

test.each<[what: string, harm: () => Promise<unknown>, shown: string]>([
  ["lost", () => aws().s3.send(new DeleteObjectCommand(stateObject)), "deleted  (current)"],
  ["damaged", () => aws().s3.send(new PutObjectCommand({ ...stateObject, Body: '{"version": 4, "serial":' })), "damaged  (current)"],
])("a %s state is restored by the documented commands", async (_, harm, shown) => {
  await harm();
  const versions = (await checkout.npm("state", ["local", "versions"])).output;
  expect(versions).toContain(shown);
  const versionId = versions
    .split("\n")
    .find((line) => line.includes("resources"))!
    .split(" ")[0]!;
  const { code, outputs } = await checkout.shellEach(documentedCommands("docs/operations.md", "A lost or damaged state"), {
    VERSION_ID: versionId,
  });
  expect({ code, outputs }).toMatchObject({ code: 0 });
  expect(outputs.at(-1)).toMatch(/^No changes\./m);
});

/** What a deployed environment tells of its sign-in. */
async function signInOutputs(): Promise<{ sign_in_url: string; landing_page_url: string; user_pool_client_id: string }> {
  return JSON.parse((await checkout.npm("outputs", ["local", "--json"])).output) as Awaited<ReturnType<typeof signInOutputs>>;
}

test("the documented switch to code with PKCE changes what the page says, and nothing is destroyed but the API's deployment", async () => {
  const file = path.join(checkout.folder, "config", "environments.ts");
  const setting = 'signIn: { oauthGrant: "code" },';
  expect(readFileSync("docs/switch-to-code.md", "utf8")).toContain(`\n${setting}\n`);
  writeFileSync(file, readFileSync(file, "utf8").replace('signIn: { oauthGrant: "implicit" },', setting));
  const before = await signInOutputs();
  const changes = Object.fromEntries(await plannedChanges());
  expect(Object.keys(changes).map((address) => address.replace(/_[0-9A-F]{8}$/, ""))).toEqual([
    "aws_api_gateway_deployment.api_deployment",
    "aws_api_gateway_gateway_response.refusals_access-denied",
    "aws_api_gateway_gateway_response.refusals_unauthorized",
    "aws_api_gateway_integration_response.api_signed-in_GET_integration-response",
    "aws_api_gateway_stage.api_stage",
    "aws_cognito_user_pool_client.sign-in_client",
  ]);
  const replaced = Object.entries(changes).filter(([, actions]) => actions !== "update");
  expect(replaced).toEqual([[expect.stringContaining("aws_api_gateway_deployment."), "create,delete"]]);

  const { code, outputs } = await checkout.shellEach(documentedCommands("docs/switch-to-code.md", "On the emulator first"));
  expect({ code, outputs }).toMatchObject({ code: 0 });
  expect(outputs[0]).toMatch(/OAuth grants: \+ code, − implicit/);
  expect(outputs[0]).toContain("Every rule is kept.");
  expect(outputs.at(-1)).toContain("ok      the API with an access token");

  const { sign_in_url, landing_page_url, user_pool_client_id } = await signInOutputs();
  expect(user_pool_client_id).toBe(before.user_pool_client_id);
  expect(new URL(sign_in_url).searchParams.get("response_type")).toBe("code");
  expect((await loopbackRequest(landing_page_url)).body).toContain('<meta name="oauthGrant" content="code">');
  const stored = await loopbackRequest(before.sign_in_url);
  expect(new URL(stored.headers.location!).searchParams.get("error")).toBe("unauthorized_client");
});

test("the documented replacement of the app client gives it another id, which the page has, and keeps the accounts", async () => {
  const before = await signInOutputs();
  const { code, outputs } = await checkout.shellEach(documentedCommands("docs/rotate.md", "The app client"));
  expect({ code, outputs }).toMatchObject({ code: 0 });
  expect(outputs.at(-1)).toContain("ok      the API with an access token");
  const { user_pool_client_id: id, landing_page_url } = await signInOutputs();
  expect(id).not.toBe(before.user_pool_client_id);
  expect((await loopbackRequest(landing_page_url)).body).toContain(`<meta name="clientId" content="${id}">`);
  expect((await existingResources(aws().options)).userPools).toEqual(["testdemo"]);
});

test("destroy asks, and where nobody answers destroys nothing", async () => {
  expect(await checkout.npm("destroy", ["local"])).toMatchObject({
    code: 1,
    output: expect.stringContaining("Nothing was changed") as unknown,
  });
  expect((await existingResources(aws().options)).functions).toEqual(["testing"]);
});

test("the documented destroy leaves no resource of any kind but the state bucket", async () => {
  const synthesized = path.join(checkout.folder, "cdktf.out", "stacks", "secured-api-local", "cdk.tf.json");
  const { resource } = JSON.parse(readFileSync(synthesized, "utf8")) as { resource: object };
  // What existingResources counts, and what is in that and goes with it.
  const counted =
    /^aws_(api_gateway_\w+|lambda_(function|permission)|iam_role(_policy)?|cloudwatch_log_group|cognito_user_pool(_client|_domain)?)$/;
  expect(Object.keys(resource).filter((type) => !counted.test(type))).toEqual([]);

  expect(await checkout.shellEach(documentedCommands("docs/operations.md", "Destroy an environment"))).toMatchObject({ code: 0 });
  expect(await existingResources(aws().options)).toEqual({
    apis: [],
    functions: [],
    roles: [],
    logGroups: [],
    userPools: [],
    buckets: [bucket],
    keys: [`alias/${bucket}`],
  });
  expect((await stateOf("secured-api")).resources).toEqual([]);
  expect(await locked()).toBe(false);
});
