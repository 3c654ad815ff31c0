import { parseArgs } from "node:util";
import { environments } from "../config/environments";
import type { Environment } from "../config/environment";
import { UserError } from "../config/user-error";
import { ArgumentError } from "../local/command";

/**
 * The environments that GitHub Actions works on: those with the setting `github`.
 *
 * @param only the name of a single one
 * @throws UserError when that one has no such setting, or does not exist
 */
export function githubEnvironments(only?: string): Environment[] {
  const all = Object.values<Environment>(environments).filter(({ github }) => github !== undefined);
  if (!only) {
    return all;
  }
  const one = all.filter(({ name }) => name === only);
  if (one.length === 0) {
    throw new UserError(`"${only}" is no environment with the setting github: config/environments.ts has ${namesOf(all)}.`);
  }
  return one;
}

function namesOf(list: readonly Environment[]): string {
  return list.map(({ name }) => name).join(", ") || "none";
}

/**
 * The environment that a command was called with.
 *
 * @throws ArgumentError when there is none of that name
 */
export function environmentOfJob(args: string[]): Environment {
  const { positionals } = parseArgs({ args, allowPositionals: true });
  const [name, ...others] = positionals;
  const environment = Object.values<Environment>(environments).find((candidate) => candidate.name === name);
  if (!environment || others.length > 0) {
    throw new ArgumentError(
      `"${positionals.join(" ")}" is no environment. config/environments.ts has ${Object.keys(environments).join(", ")}: name one of them.`,
    );
  }
  return environment;
}

/** The commit that the job works on. */
export function commitOfJob(env: NodeJS.ProcessEnv = process.env): string {
  return env["GITHUB_SHA"] ?? "an uncommitted tree";
}
