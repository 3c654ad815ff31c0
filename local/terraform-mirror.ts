/**
 * Where Terraform finds the AWS provider: in a local mirror when there is one, else in the registry, as usual.
 *
 * @see https://developer.hashicorp.com/terraform/cli/config/config-file#provider-installation
 */
import { existsSync, mkdirSync, readdirSync, writeFileSync } from "node:fs";
import { homedir } from "node:os";
import path from "node:path";

const REGISTRY = "registry.terraform.io";
const AWS_PROVIDER = `${REGISTRY}/hashicorp/aws`;
/** The version that @cdktf/provider-aws binds. */
const AWS_PROVIDER_VERSION = "5.100.0";
const CLI_CONFIG = path.join(".local", "terraform.rc");

/** Go's names of this machine, in which Terraform names its folders. */
const PLATFORM = [process.platform === "win32" ? "windows" : process.platform, process.arch === "x64" ? "amd64" : process.arch].join("_");

/** Where a mirror usually lies: Terraform's own places, and one level below /opt. */
function usualPlaces(): string[] {
  return [
    path.join(homedir(), ".terraform.d", "plugins"),
    "/usr/local/share/terraform/plugins",
    "/usr/share/terraform/plugins",
    ...foldersIn("/opt").map((name) => path.join("/opt", name)),
  ];
}

/**
 * An unpacked filesystem mirror that holds the AWS provider for this machine, or undefined: the folder that the environment variable
 * TERRAFORM_PROVIDER_MIRROR names, else the first of the usual places.
 */
export function findProviderMirror(env: NodeJS.ProcessEnv = process.env, places: readonly string[] = usualPlaces()): string | undefined {
  const named = env["TERRAFORM_PROVIDER_MIRROR"];
  return (named ? [named] : places).find((place) => existsSync(path.join(place, AWS_PROVIDER, AWS_PROVIDER_VERSION, PLATFORM)));
}

/** The user's own Terraform CLI configuration, which goes before anything found here. */
export function ownCliConfig(env: NodeJS.ProcessEnv = process.env): string | undefined {
  const candidates = [env["TF_CLI_CONFIG_FILE"], path.join(homedir(), ".terraformrc")];
  return candidates.find((file) => file !== undefined && existsSync(file));
}

/**
 * Environment variables that make Terraform take the provider from the mirror; none where there is no mirror or the user has a
 * configuration of his own. The configuration file lies in the project, for its own children only.
 */
export function terraformEnvironment(env: NodeJS.ProcessEnv = process.env): { TF_CLI_CONFIG_FILE?: string } {
  const mirror = findProviderMirror(env);
  if (!mirror || ownCliConfig(env)) {
    return {};
  }
  const file = path.resolve(CLI_CONFIG);
  mkdirSync(path.dirname(file), { recursive: true });
  writeFileSync(file, cliConfig(mirror));
  return { TF_CLI_CONFIG_FILE: file };
}

/** Terraform asks the registry for whatever the mirror does not hold. */
function cliConfig(mirror: string): string {
  const held = foldersIn(path.join(mirror, REGISTRY)).flatMap((namespace) =>
    foldersIn(path.join(mirror, REGISTRY, namespace)).map((type) => `${REGISTRY}/${namespace}/${type}`),
  );
  return [
    "provider_installation {",
    `  filesystem_mirror { path = ${JSON.stringify(mirror)} }`,
    `  direct { exclude = ${JSON.stringify(held)} }`,
    "}",
    "",
  ].join("\n");
}

function foldersIn(folder: string): string[] {
  return existsSync(folder)
    ? readdirSync(folder, { withFileTypes: true })
        .filter((entry) => entry.isDirectory() || entry.isSymbolicLink())
        .map((entry) => entry.name)
        .sort()
    : [];
}
