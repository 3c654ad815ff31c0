/** A system whose deploys are killed, and which the commands of docs/operations.md bring back. */
import { readFileSync, writeFileSync } from "node:fs";
import path from "node:path";
import { CognitoIdentityProviderClient, ListUserPoolClientsCommand, ListUserPoolsCommand } from "@aws-sdk/client-cognito-identity-provider";
import { GetObjectCommand, NoSuchKey, S3Client } from "@aws-sdk/client-s3";
import { environments } from "../../config/environments";
import { LocalSystem } from "../../local/local-system";
import { loopbackRequest } from "../../local/loopback-request";
import { type SmokeCheckTarget, signIn, signUp } from "../../local/smoke-check";
import { stateBucketName, stateKey } from "../../stacks/environment-stack";
import { Checkout } from "../support/checkout";
import { documentedCommands } from "../support/documented-commands";
import { COMPLETE, type Inventory } from "./complete-inventory";
import { existingParts } from "./existing-parts";
import { existingResources } from "./existing-resources";

/** What docs/operations.md tells to do after a killed run, command by command. */
export const RECOVERY = documentedCommands("docs/operations.md", "A lock that stayed");

const { local: environment } = environments;
/** One resource after the other, so that a kill hits a point that can be told. */
const ONE_BY_ONE = { TF_CLI_ARGS_apply: "-parallelism=1" };
const person = { email: "before@example.com", password: "Signed-up-before-1" };

export class InterruptibleSystem {
  readonly checkout: Checkout;
  readonly #system: LocalSystem;

  constructor(name: string) {
    this.checkout = new Checkout(name);
    const folder = path.join(this.checkout.folder, ".local");
    this.#system = new LocalSystem({ environment, folder, signal: new AbortController().signal });
  }

  async start(): Promise<void> {
    await this.#step("Start the emulator");
    await this.#step("Start the login pages");
  }

  async stop(): Promise<void> {
    await this.#system.stop();
    this.checkout.remove();
  }

  /** Changes a file of the checkout. */
  edit(file: string, text: string, replacement: string): void {
    const whole = readFileSync(path.join(this.checkout.folder, file), "utf8");
    if (!whole.includes(text)) {
      throw new Error(`${file} has no "${text}"`);
    }
    writeFileSync(path.join(this.checkout.folder, file), whole.replace(text, replacement));
  }

  /** Kills a first deploy once it has made so many of its resources, 22 and a team's own; again from the start when it was faster than the kill. */
  async killFirstDeploy(resources: number): Promise<void> {
    for (let attempt = 1; attempt <= 3; attempt++) {
      await loopbackRequest(`${this.#system.emulator.url}/_ministack/reset`, { method: "POST" });
      await this.#step("Make the state bucket");
      if (await this.kill("deploy", resources)) {
        return;
      }
    }
    throw new Error(`The deploy was not to be killed after ${resources} resources`);
  }

  /**
   * Kills a command while it applies, once it has completed so many changes, or a certain one.
   *
   * @returns whether it was still applying: then its lock is there
   */
  async kill(command: "deploy" | "adopt", point: number | RegExp): Promise<boolean> {
    const begun = (output: string) => /: (Creating|Importing|Modifying|Destroying)\.\.\./.test(output);
    const completed = (output: string) => output.match(/: (Creation|Import|Modifications|Destruction) complete/g)?.length ?? 0;
    const reached = (output: string) => (typeof point === "number" ? completed(output) >= point : point.test(output));
    await this.checkout.npmKilled(command, ["local", "--yes"], (output) => begun(output) && reached(output), ONE_BY_ONE);
    return (await this.#lock())?.Operation === "OperationTypeApply";
  }

  /** Runs the documented commands one by one, word for word, and gives what each has printed. */
  async recover(commands: readonly string[] = RECOVERY): Promise<string[]> {
    const { ID } = (await this.#lock())!;
    const { code, outputs } = await this.checkout.shellEach(commands, { LOCK_ID: ID });
    expect({ code, outputs }).toMatchObject({ code: 0 });
    return outputs;
  }

  /** Runs the documented commands, and makes sure that they have brought everything back: an empty plan, and each resource once. */
  async expectRecovery(inventory: Inventory = COMPLETE): Promise<void> {
    const [, adopted = "", , planned = ""] = await this.recover();
    expect(planned).toMatch(/^No changes\./m);
    // Pictures of the API that no stage shows are a person's to remove: each is named, with the command.
    const named = [...adopted.matchAll(/delete-deployment --rest-api-id \S+ --deployment-id (\S+)/g)].map(([, id]) => id!).sort();
    expect(await this.#inventory()).toEqual({ ...inventory, idleDeployments: named });
  }

  /** Everything that exists, service by service. */
  async #inventory(): Promise<Inventory> {
    const { apis, functions, roles, logGroups, userPools } = await existingResources(this.#account);
    return { apis, functions, roles, logGroups, userPools, ...(await existingParts(this.#account)) };
  }

  /** Signs somebody up as the login pages do; gives false where there is no user pool with an app client yet. */
  async signUp(): Promise<boolean> {
    const cognito = new CognitoIdentityProviderClient(this.#account);
    const { UserPools = [] } = await cognito.send(new ListUserPoolsCommand({ MaxResults: 60 }));
    const answers = UserPools.map(({ Id }) => cognito.send(new ListUserPoolClientsCommand({ UserPoolId: Id })));
    const [client] = (await Promise.all(answers)).flatMap(({ UserPoolClients = [] }) => UserPoolClients);
    if (client) {
      await signUp({ ...this.#target, clientId: client.ClientId! }, person);
    }
    return client !== undefined;
  }

  /** The status of the API's answer to who has signed up. */
  async statusAfterSignIn(): Promise<number> {
    const { outputs } = JSON.parse((await this.#object(stateKey("secured-api", environment)))!) as {
      outputs: Record<"user_pool_client_id" | "landing_page_url" | "invoke_url", { value: string }>;
    };
    const { user_pool_client_id, landing_page_url, invoke_url } = outputs;
    const target = { ...this.#target, clientId: user_pool_client_id.value, landingPageUrl: landing_page_url.value };
    const tokens = await signIn(target, person);
    return (await loopbackRequest(invoke_url.value, { headers: { [environment.tokenHeader]: tokens.access } })).status;
  }

  get #account() {
    const { url: endpoint, credentials } = this.#system.emulator;
    return { region: environment.region, endpoint, credentials };
  }

  get #target(): SmokeCheckTarget {
    const { region, tokenHeader } = environment;
    return { emulatorUrl: this.#system.emulator.url, region, tokenHeader, clientId: "", landingPageUrl: "", invokeUrl: "" };
  }

  async #step(title: string): Promise<void> {
    await this.#system.steps.find((candidate) => candidate.title === title)!.run(() => undefined);
  }

  /** The lock on the state. */
  async #lock(): Promise<{ ID: string; Operation: string } | undefined> {
    const text = await this.#object(`${stateKey("secured-api", environment)}.tflock`);
    return text === undefined ? undefined : (JSON.parse(text) as { ID: string; Operation: string });
  }

  async #object(Key: string): Promise<string | undefined> {
    const s3 = new S3Client({ ...this.#account, forcePathStyle: true });
    try {
      const { Body } = await s3.send(new GetObjectCommand({ Bucket: stateBucketName(environment), Key }));
      return await Body!.transformToString();
    } catch (error) {
      if (error instanceof NoSuchKey) {
        return undefined;
      }
      throw error;
    }
  }
}
