/** Frameworks whose one command synthesizes the API and packages the function. Each works in a copy: they write beside their sources. */
import { cpSync, writeFileSync } from "node:fs";
import path from "node:path";
import { findPython } from "../../local/prerequisites";
import { pythonEnvironment } from "../../local/python-environment";
import { installPackages } from "../../tools/packages";
import { measure, type Measurement } from "../measure";
import { benchRoutes } from "../routes";

const CHALICE = path.join("bench", "chalice");
export const CHALICE_REQUIREMENTS = path.join(CHALICE, "requirements.txt");
/** Has a package.json and node_modules of its own. */
export const OSLS = path.join("bench", "osls");

/** Packages the API with so many routes beside the tutorial's. */
type Packaging = (routes: number) => Promise<Measurement>;

/** Both frameworks look for a Region and for credentials, and use neither to package. */
const MOCK_ACCOUNT = {
  AWS_DEFAULT_REGION: "eu-central-1",
  AWS_ACCESS_KEY_ID: "mock",
  AWS_SECRET_ACCESS_KEY: "mock",
  AWS_EC2_METADATA_DISABLED: "true",
};

/**
 * AWS Chalice, which makes Terraform JSON: resources, and an OpenAPI body with the routes.
 *
 * @param parent an existing folder
 */
export async function chalice(parent: string, signal: AbortSignal): Promise<Packaging> {
  const python = await findPython();
  if (!python) {
    throw new Error("There is no Python, which npm run bench has looked for before.");
  }
  const program = await pythonEnvironment(python, signal, CHALICE_REQUIREMENTS);
  const app = path.join(parent, "chalice");
  for (const file of ["app.py", path.join(".chalice", "config.json")]) {
    cpSync(path.join(CHALICE, file), path.join(app, file));
  }
  writeFileSync(path.join(app, "requirements.txt"), ""); // the function's own packages
  return (routes) =>
    measure(program, ["-c", "from chalice.cli import main; main()", "package", "--pkg-format", "terraform", "packaged"], {
      cwd: app,
      env: { ...process.env, ...MOCK_ACCOUNT, BENCH_ROUTES: JSON.stringify(benchRoutes(routes)) },
      signal,
    });
}

/**
 * osls, which continues the Serverless Framework 3 and makes CloudFormation: the tutorial's route alone.
 *
 * @param parent an existing folder
 */
export async function osls(parent: string, signal: AbortSignal): Promise<() => Promise<Measurement>> {
  await installPackages(OSLS, signal);
  const app = path.join(parent, "osls");
  cpSync(path.join(OSLS, "serverless.yml"), path.join(app, "serverless.yml"));
  cpSync(path.join("lambda-src", "handler.py"), path.join(app, "handler.py"));
  const program = path.resolve(OSLS, "node_modules", ".bin", "osls");
  return () => measure(program, ["package"], { cwd: app, env: { ...process.env, ...MOCK_ACCOUNT }, signal });
}
