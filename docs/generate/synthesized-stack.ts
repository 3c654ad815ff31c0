import { App, Testing } from "cdktf";
import { loadEnvironments } from "../../config/load-environments";
import { SecuredApiStack } from "../../stacks/secured-api";

type Resources = Readonly<Record<string, Readonly<Record<string, unknown>>>>;

/** What the documents are made from: the Terraform JSON of the stack with every setting at its default. */
export interface SynthesizedStack {
  readonly resource: Readonly<Record<string, Resources>>;
  readonly output: Readonly<Record<string, { readonly description: string }>>;
}

/** Synthesizes the stack for an environment that only says what it must. */
export function synthesizedStack(): SynthesizedStack {
  const { example } = loadEnvironments({ example: { account: "111111111111", region: "eu-central-1" } });
  return JSON.parse(Testing.synth(new SecuredApiStack(new App({ stackTraces: false }), example))) as SynthesizedStack;
}
