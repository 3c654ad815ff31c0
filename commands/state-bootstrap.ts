/**
 * Makes the state bucket and puts its own state into it.
 *
 * What is done and what is left is read from AWS each time, never from notes of an earlier run, so a run that was stopped anywhere, on any
 * machine, is simply repeated:
 *
 *   no bucket, or one without this state   apply with the state in a local folder; what exists already is imported
 *   applied, the state still local         put it into the bucket, which either happens or does not
 *   the state in the bucket                check it against the configuration, and remove the local folder
 */
import { cpSync, mkdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import path from "node:path";
import { HeadObjectCommand, PutObjectCommand, S3Client } from "@aws-sdk/client-s3";
import { UserError } from "../config/user-error";
import type { Terraform } from "../local/terraform";
import { stateBucketName } from "../stacks/environment-stack";
import type { EnvironmentContext } from "./environment-context";
import { planAndApply } from "./plan-and-apply";
import { httpStatus, stateBucketExists } from "./preflight";
import { stateBucketImports } from "./state-bucket-imports";
import { requireUnlocked } from "./state-lock";
import { stateBackendStack, type SynthesizedStack, terraformIn } from "./stack-terraform";

const FOLDER = path.join(".local", "bootstrap");

/** @throws UserError when the bucket is another account's, the answer is no, or Terraform fails */
export async function bootstrap(context: EnvironmentContext, yes: boolean): Promise<void> {
  const { environment } = context;
  const bucket = stateBucketName(environment);
  const stack = await stateBackendStack(context);
  // The stack can be that of another environment in the same account and Region.
  const owner = { ...context, environment: { ...environment, name: path.dirname(stack.json.terraform.backend.s3.key) } };
  const exists = await stateBucketExists(environment, context);
  const holdsItsState = exists && (await stateIsIn(bucket, stack, context));
  const found = holdsItsState ? "exists and holds its own state" : exists ? "exists, without its own state in it" : "does not exist yet";
  console.log(`The state bucket ${bucket} ${found}.`);

  await requireUnlocked(owner, stack.kind);

  const local = path.join(FOLDER, bucket);
  if (!holdsItsState) {
    console.log(`Applying ${stack.name} with its state in ${local}.`);
    await planAndApply(await localTerraform(local, stack, context), context, { yes });
    console.log("Moving the state into the bucket.");
    await moveState(path.join(local, "terraform.tfstate"), bucket, stack, context);
  }
  console.log(`Checking ${stack.name} against the state in the bucket.`);
  await planAndApply(await terraformIn(stack.folder, stack.kind, owner), context, { yes });
  rmSync(local, { recursive: true, force: true });
  console.log(`Done: ${environment.name} keeps its state in ${bucket}. Next: npm run deploy -- ${environment.name}`);
}

/** Terraform on a copy of the stack whose state is a local file. */
async function localTerraform(folder: string, stack: SynthesizedStack, context: EnvironmentContext): Promise<Terraform> {
  mkdirSync(folder, { recursive: true, mode: 0o700 });
  cpSync(path.join(stack.folder, "cdk.tf.json"), path.join(folder, "cdk.tf.json"));
  // Terraform lets a file of this name replace the backend of the others.
  writeJson(path.join(folder, "backend_override.tf.json"), { terraform: { backend: { local: {} } } });
  // What the local state has already, Terraform does not import again.
  writeJson(path.join(folder, "imports.tf.json"), { import: await stateBucketImports(stack, context) });
  // The S3 backend's own arguments for `init` (the emulator's) are not this backend's.
  return terraformIn(folder, stack.kind, { ...context, env: { ...context.env, TF_CLI_ARGS_init: "" } });
}

async function stateIsIn(bucket: string, stack: SynthesizedStack, { client }: EnvironmentContext): Promise<boolean> {
  const s3 = new S3Client(client);
  try {
    await s3.send(new HeadObjectCommand({ Bucket: bucket, Key: stack.json.terraform.backend.s3.key }));
    return true;
  } catch (error) {
    if (httpStatus(error) === 404) {
      return false;
    }
    throw error;
  } finally {
    s3.destroy();
  }
}

/**
 * Puts the local state into the bucket, unless there is one.
 *
 * One conditional write instead of `terraform init -migrate-state`: it needs no lock, which a killed run would leave behind, and cannot
 * overwrite what a run on another machine has put there.
 */
async function moveState(file: string, bucket: string, stack: SynthesizedStack, { client }: EnvironmentContext): Promise<void> {
  const s3 = new S3Client(client);
  try {
    await s3.send(
      new PutObjectCommand({
        Bucket: bucket,
        Key: stack.json.terraform.backend.s3.key,
        Body: readFileSync(file),
        ContentType: "application/json",
        IfNoneMatch: "*",
      }),
    );
  } catch (error) {
    const status = httpStatus(error);
    if (status === 412 || status === 409) {
      throw new UserError("Another bootstrap has put its state into the bucket meanwhile. Run this one again: it goes on from there.", {
        cause: error,
      });
    }
    throw error;
  } finally {
    s3.destroy();
  }
}

function writeJson(file: string, content: unknown): void {
  writeFileSync(file, `${JSON.stringify(content, null, 2)}\n`);
}
