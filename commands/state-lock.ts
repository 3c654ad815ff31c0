/** The lock on a stack's state: who holds it, and since when. */
import { GetObjectCommand, S3Client } from "@aws-sdk/client-s3";
import { z } from "zod";
import { UserError } from "../config/user-error";
import { utcTime } from "../local/utc-time";
import { stateBucketName, stateKey } from "../stacks/environment-stack";
import type { EnvironmentContext } from "./environment-context";

const lockSchema = z.object({ ID: z.string(), Operation: z.string(), Who: z.string(), Created: z.string() });

/** A lock as Terraform writes it. */
export type StateLock = z.output<typeof lockSchema>;

/** The lock on the state of a stack, or undefined. */
export async function readLock({ environment, client }: EnvironmentContext, kind: string): Promise<StateLock | undefined> {
  const s3 = new S3Client(client);
  try {
    const { Body } = await s3.send(
      new GetObjectCommand({ Bucket: stateBucketName(environment), Key: `${stateKey(kind, environment)}.tflock` }),
    );
    return lockSchema.safeParse(JSON.parse((await Body?.transformToString()) ?? "")).data;
  } catch {
    return undefined; // there is none, or it may not be read: Terraform itself takes the lock and has the last word
  } finally {
    s3.destroy();
  }
}

/** The lock that Terraform's "Error acquiring the state lock" tells about, or undefined when the text has no such error. */
export function lockInError(text: string): StateLock | undefined {
  if (!text.includes("Error acquiring the state lock")) {
    return undefined;
  }
  const field = (name: string) => new RegExp(`\\b${name}:\\s+(.+?)\\s*$`, "m").exec(text)?.[1];
  return lockSchema.safeParse({ ID: field("ID"), Operation: field("Operation"), Who: field("Who"), Created: field("Created") }).data;
}

/** What to tell somebody whose command the lock stops. */
export function lockHeld(lock: StateLock, environment: string, kind: string, now = new Date()): UserError {
  return new UserError(
    `The state of ${kind}-${environment} is locked: ${lock.Who} holds the lock since ${since(lock.Created, now)} ` +
      `(${lock.Operation}, lock ID ${lock.ID}).\n` +
      `If that run still goes on, wait for its end. If it was killed, read "A lock that stayed" in docs/operations.md, then:\n` +
      `  npm run unlock -- ${environment} ${lock.ID}${kind === "secured-api" ? "" : ` --stack ${kind}`}`,
  );
}

/** @throws UserError when somebody holds the lock on the state of a stack */
export async function requireUnlocked(context: EnvironmentContext, kind: string): Promise<void> {
  const lock = await readLock(context, kind);
  if (lock) {
    throw lockHeld(lock, context.environment.name, kind);
  }
}

/** E.g. `2026-11-24 22:10:03 UTC, 3 minutes ago`. Terraform writes `2026-11-24T22:10:03.1Z` or `2026-11-24 22:10:03.1 +0000 UTC`. */
function since(created: string, now: Date): string {
  const [, day, time] = /^(\d{4}-\d\d-\d\d)[T ](\d\d:\d\d:\d\d)/.exec(created) ?? [];
  const moment = new Date(`${day}T${time}Z`);
  if (Number.isNaN(moment.getTime())) {
    return created;
  }
  const minutes = Math.max(0, Math.round((now.getTime() - moment.getTime()) / 60_000));
  return `${utcTime(moment)}, ${minutes === 0 ? "less than a minute" : `${minutes} minute${minutes === 1 ? "" : "s"}`} ago`;
}
