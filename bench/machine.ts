/** What the figures were measured on and with. */
import { execFileSync } from "node:child_process";
import { readFileSync } from "node:fs";
import { arch, cpus, loadavg, release, totalmem, type } from "node:os";
import path from "node:path";
import { terraformProgram } from "../local/prerequisites";
import { terraformEnvironment } from "../local/terraform-mirror";
import { CDK_TERRAIN_FOLDER } from "../portability/frameworks";
import { SOLUTIONS_CONSTRUCTS } from "./peers/apps";
import { CHALICE_REQUIREMENTS, OSLS } from "./peers/packaging-frameworks";
import type { BenchmarkRecord } from "./record";

export function machine(): BenchmarkRecord["machine"] {
  return {
    processor: cpus()[0]?.model.trim() ?? "unknown",
    cores: cpus().length,
    memoryGibibytes: Math.round(totalmem() / 2 ** 30),
    system: `${type()} ${release()} ${arch()}`,
    loadBefore: Number((loadavg()[0] ?? 0).toFixed(2)),
  };
}

export function versions(): Record<string, string> {
  const terraform = JSON.parse(
    execFileSync(terraformProgram(), ["version", "-json"], { encoding: "utf8", stdio: ["ignore", "pipe", "ignore"] }),
  ) as {
    terraform_version: string;
  };
  return {
    "Node.js": process.versions.node,
    Terraform: terraform.terraform_version,
    ...lockedVersions(".", ["cdktf", "cdktf-cli", "@cdktf/provider-aws", "esbuild", "ts-node", "tsx", "typescript", "jest", "ts-jest"]),
    ...lockedVersions(CDK_TERRAIN_FOLDER, ["cdktn", "@cdktn/provider-aws"]),
    ...lockedVersions(SOLUTIONS_CONSTRUCTS, ["aws-cdk-lib", "@aws-solutions-constructs/aws-cognito-apigateway-lambda"]),
    ...lockedVersions(OSLS, ["osls"]),
    chalice: /^chalice==(\S+)/m.exec(readFileSync(CHALICE_REQUIREMENTS, "utf8"))?.[1] ?? "unknown",
  };
}

/** The commit that is checked out, with a note when the tree has changes of its own. */
export function commit(): string {
  const git = (...args: string[]) => execFileSync("git", args, { encoding: "utf8" }).trim();
  return git("rev-parse", "--short", "HEAD") + (git("status", "--porcelain") === "" ? "" : " and changes that are not committed");
}

export function providerSource(): BenchmarkRecord["provider"] {
  return terraformEnvironment().TF_CLI_CONFIG_FILE === undefined ? "registry" : "mirror";
}

function lockedVersions(folder: string, names: readonly string[]): Record<string, string> {
  const { packages } = JSON.parse(readFileSync(path.join(folder, "package-lock.json"), "utf8")) as {
    packages: Readonly<Record<string, { readonly version?: string }>>;
  };
  return Object.fromEntries(names.map((name) => [name, packages[`node_modules/${name}`]?.version ?? "unknown"]));
}
