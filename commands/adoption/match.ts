/** Which resource of the account stands for which address of the stack. */
import { UserError } from "../../config/user-error";
import type { SynthesizedStack } from "../stack-terraform";
import type { Account } from "./account";
import type { Existing, Search } from "./search";
import { SEARCHES } from "./searches";
import type { StateAttributes } from "./state-attributes";

/** The tags that say whose a resource is: all stacks have them (stacks/environment-stack.ts). */
const IDENTITY = ["project", "environment", "stack"] as const;

export interface Match {
  readonly address: string;
  readonly existing: Existing;
}

export interface Ambiguity {
  readonly address: string;
  readonly candidates: readonly Existing[];
}

export interface Matches {
  /** What exists and the state does not hold. */
  readonly found: Match[];
  /** Addresses that several resources could stand for. */
  readonly ambiguous: Ambiguity[];
  /** What has the name but is another stack's by its tags, or does not fit. */
  readonly notAdopted: Match[];
  /** Second ones of what the stack has one of, made by it and in no state. */
  readonly leftOver: Match[];
}

export interface MatchOptions {
  readonly stack: SynthesizedStack;
  readonly state: StateAttributes;
  readonly account: Account;
  /** The import ID that a person has chosen for an address. */
  readonly choices: ReadonlyMap<string, string>;
}

/** Searches the account for every address of the stack. */
export async function matchResources(options: MatchOptions): Promise<Matches> {
  const matcher = new Matcher(options);
  await matcher.matchAll();
  return matcher.matches;
}

class Matcher {
  readonly matches: Matches = { found: [], ambiguous: [], notAdopted: [], leftOver: [] };
  readonly #located = new Map<string, Promise<Readonly<Record<string, string>> | undefined>>();

  constructor(private readonly options: MatchOptions) {}

  async matchAll(): Promise<void> {
    for (const address of addressesOf(this.options.stack)) {
      await this.#locate(address);
    }
  }

  /** The attributes of what an address stands for; undefined when that does not exist or is not decided. */
  #locate(address: string): Promise<Readonly<Record<string, string>> | undefined> {
    const located = this.#located.get(address) ?? this.#search(address);
    this.#located.set(address, located);
    return located;
  }

  async #search(address: string): Promise<Readonly<Record<string, string>> | undefined> {
    const inState = this.options.state.get(address);
    const search = SEARCHES[typeOf(address)];
    if (!search || (inState && !search.removal)) {
      return inState;
    }
    const args = await this.#arguments(address, search);
    if (!args) {
      return inState;
    }
    const candidates = await search.find(args, this.options.account).catch((error: unknown) => {
      throw new UserError(`The search for ${address} failed: ${error instanceof Error ? error.message : String(error)}`, { cause: error });
    });
    const existing = this.#decide(address, candidates, inState);
    return inState ?? (existing && { ...args, ...existing.attributes });
  }

  #decide(address: string, all: readonly Existing[], inState: Readonly<Record<string, string>> | undefined): Existing | undefined {
    const candidates = all.filter((candidate) => this.#owner(candidate) !== "another stack" && candidate.unfit === undefined);
    const own = candidates.filter((candidate) => this.#owner(candidate) !== "unknown");
    const leave = (others: readonly Existing[]) => {
      this.matches.leftOver.push(...others.map((existing) => ({ address, existing })));
    };
    if (inState) {
      leave(own.filter(({ attributes }) => attributes.id !== inState["id"]));
      return undefined;
    }
    this.matches.notAdopted.push(...all.filter((one) => !candidates.includes(one)).map((existing) => ({ address, existing })));
    const existing = this.#choose(address, candidates, own.length > 0 ? own : candidates);
    if (existing) {
      this.matches.found.push({ address, existing });
      leave(own.filter((one) => one !== existing));
    }
    return existing;
  }

  /** @throws UserError when the chosen one is not among those that were found */
  #choose(address: string, candidates: readonly Existing[], likely: readonly Existing[]): Existing | undefined {
    const choice = this.options.choices.get(address);
    if (choice !== undefined) {
      const chosen = candidates.find(({ importId }) => importId === choice);
      if (!chosen) {
        const known = candidates.map(({ importId }) => importId).join(", ") || "nothing";
        throw new UserError(`--choose ${address}=${choice}: the search for this address found ${known}. Choose one of what was found.`);
      }
      return chosen;
    }
    if (likely.length > 1) {
      this.matches.ambiguous.push({ address, candidates: likely });
    }
    return likely.length === 1 ? likely[0] : undefined;
  }

  #owner({ tags }: Existing): "this stack" | "another stack" | "unknown" {
    if (!tags) {
      return "this stack"; // a part of what was found already
    }
    const expected = this.options.stack.json.provider.aws[0].default_tags[0].tags;
    if (IDENTITY.every((key) => tags[key] === expected[key])) {
      return "this stack";
    }
    return tags["managed-by"] === expected["managed-by"] ? "another stack" : "unknown";
  }

  /** The arguments that a search goes by, with what they refer to put in; undefined when one of them is not known. */
  async #arguments(address: string, search: Search): Promise<Record<string, string> | undefined> {
    const config = configOf(this.options.stack, address);
    const args: Record<string, string> = {};
    for (const name of search.by) {
      const value = await this.#resolve(config[name]);
      if (value === undefined) {
        return undefined;
      }
      args[name] = value;
    }
    return args;
  }

  async #resolve(value: unknown): Promise<string | undefined> {
    if (typeof value !== "string") {
      return undefined;
    }
    const parts = value.split(/(\$\{\w+\.[\w-]+\.\w+\})/);
    const resolved = await Promise.all(
      parts.map(async (part) => {
        const [, address, attribute] = /^\$\{(\w+\.[\w-]+)\.(\w+)\}$/.exec(part) ?? [];
        return address !== undefined && attribute !== undefined ? (await this.#locate(address))?.[attribute] : part;
      }),
    );
    // What is still an expression, such as a call of a function, is not evaluated here.
    return resolved.some((part) => part === undefined || part.includes("${")) ? undefined : resolved.join("");
  }
}

/** The addresses of a stack's resources. */
export function addressesOf({ json }: SynthesizedStack): string[] {
  return Object.entries(json.resource).flatMap(([type, resources]) => Object.keys(resources).map((name) => `${type}.${name}`));
}

/** The type of a resource's address. */
export function typeOf(address: string): string {
  return address.slice(0, address.indexOf("."));
}

/** The arguments of a resource as they were synthesized. */
export function configOf(stack: SynthesizedStack, address: string): Readonly<Record<string, unknown>> {
  const type = typeOf(address);
  return (stack.json.resource[type]?.[address.slice(type.length + 1)] ?? {}) as Readonly<Record<string, unknown>>;
}
