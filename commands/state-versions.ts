import { randomUUID } from "node:crypto";
import { hostname, userInfo } from "node:os";
import { DeleteObjectCommand, GetObjectCommand, ListObjectVersionsCommand, PutObjectCommand, S3Client } from "@aws-sdk/client-s3";
import { z } from "zod";
import { UserError } from "../config/user-error";
import { stateBucketName, stateKey } from "../stacks/environment-stack";
import type { EnvironmentContext } from "./environment-context";
import { httpStatus } from "./preflight";
import { lockHeld, readLock } from "./state-lock";

/** The newest ones: each is read to tell what is in it. */
const VERSIONS_SHOWN = 20;

const stateSchema = z.object({ version: z.literal(4), lineage: z.string().min(1), serial: z.int(), resources: z.array(z.unknown()) });

export interface StateContent {
  /** How many resource addresses it has. */
  readonly resources: number;
  readonly serial: number;
}

export interface StateVersion {
  readonly id: string;
  readonly written: Date;
  readonly current: boolean;
  /** `deleted` for the mark that a deletion leaves, `damaged` for what Terraform could not read. */
  readonly content: StateContent | "deleted" | "damaged";
}

/** The versions of a stack's state, newest first. */
export async function stateVersions(context: EnvironmentContext, kind: string): Promise<StateVersion[]> {
  const location = { Bucket: stateBucketName(context.environment), Key: stateKey(kind, context.environment) };
  const s3 = new S3Client(context.client);
  try {
    // One page: versions come by key and then newest first, and no other key that has this prefix, the lock's for one, sorts before it.
    const page = await s3.send(new ListObjectVersionsCommand({ Bucket: location.Bucket, Prefix: location.Key }));
    const listed = [
      ...(page.Versions ?? []).map((version) => ({ ...version, deleted: false })),
      ...(page.DeleteMarkers ?? []).map((mark) => ({ ...mark, deleted: true })),
    ]
      .filter(({ Key }) => Key === location.Key)
      .map(({ VersionId = "", LastModified = new Date(0), IsLatest = false, deleted }) => ({
        id: VersionId,
        written: LastModified,
        current: IsLatest,
        deleted,
      }));
    // Within a second the order of the dates says nothing; the current one is the newest in any case.
    listed.sort((a, b) => Number(b.current) - Number(a.current) || b.written.getTime() - a.written.getTime());
    return await Promise.all(
      listed.slice(0, VERSIONS_SHOWN).map(async ({ deleted, ...version }) => ({
        ...version,
        content: deleted ? "deleted" : (contentOf(await readVersion(s3, location, version.id)) ?? "damaged"),
      })),
    );
  } finally {
    s3.destroy();
  }
}

/**
 * Makes a version the current state, under the state's lock.
 *
 * @throws UserError when there is no such version, it is no state, or somebody holds the lock
 */
export async function restoreVersion(context: EnvironmentContext, kind: string, versionId: string): Promise<StateContent> {
  const location = { Bucket: stateBucketName(context.environment), Key: stateKey(kind, context.environment) };
  const s3 = new S3Client(context.client);
  try {
    const text = await readVersion(s3, location, versionId);
    const content = contentOf(text);
    if (!content) {
      throw new UserError(
        `Version ${versionId} is not a state that Terraform can read. List the others: npm run state -- ${context.environment.name} versions`,
      );
    }
    await withLock(s3, context, kind, () => s3.send(new PutObjectCommand({ ...location, Body: text, ContentType: "application/json" })));
    return content;
  } finally {
    s3.destroy();
  }
}

interface Location {
  readonly Bucket: string;
  readonly Key: string;
}

async function readVersion(s3: S3Client, location: Location, VersionId: string): Promise<string> {
  try {
    const { Body } = await s3.send(new GetObjectCommand({ ...location, VersionId }));
    return (await Body?.transformToString()) ?? "";
  } catch (error) {
    if ([400, 404, 405].includes(httpStatus(error) ?? 0)) {
      throw new UserError(`${location.Key} has no version ${JSON.stringify(VersionId)} that can be read.`, { cause: error });
    }
    throw error;
  }
}

function contentOf(text: string): StateContent | undefined {
  try {
    const { resources, serial } = stateSchema.parse(JSON.parse(text));
    return { resources: resources.length, serial };
  } catch {
    return undefined;
  }
}

/** Does something under the state's lock, which is Terraform's own: an object that only one can make. */
async function withLock(s3: S3Client, context: EnvironmentContext, kind: string, action: () => Promise<unknown>): Promise<void> {
  const { environment } = context;
  const lock = { Bucket: stateBucketName(environment), Key: `${stateKey(kind, environment)}.tflock` };
  const info = {
    ID: randomUUID(),
    Operation: "restore",
    Info: "",
    Who: `${userInfo().username}@${hostname()}`,
    Version: "",
    Created: new Date().toISOString(),
    Path: `${lock.Bucket}/${stateKey(kind, environment)}`,
  };
  try {
    await s3.send(new PutObjectCommand({ ...lock, Body: JSON.stringify(info), ContentType: "application/json", IfNoneMatch: "*" }));
  } catch (error) {
    const holder = httpStatus(error) === 412 ? await readLock(context, kind) : undefined;
    throw holder ? lockHeld(holder, environment.name, kind) : error;
  }
  try {
    await action();
  } finally {
    await s3.send(new DeleteObjectCommand(lock));
  }
}
