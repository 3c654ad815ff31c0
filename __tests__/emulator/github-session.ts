/** Jobs of GitHub Actions that take on a role on the emulator. */
import type { EmulatorCredentials } from "../../local/emulator";

export interface SessionCredentials extends EmulatorCredentials {
  readonly sessionToken: string;
}

/**
 * A token with these claims, as far as the emulator reads it: it evaluates the role's trust policy on the claims and takes the signature
 * for granted.
 */
function tokenWith(claims: Readonly<Record<string, unknown>>): string {
  const now = Math.floor(Date.now() / 1000);
  const parts = [
    { alg: "RS256", typ: "JWT" },
    { iss: "https://token.actions.githubusercontent.com", iat: now, exp: now + 300, ...claims },
  ].map((part) => Buffer.from(JSON.stringify(part)).toString("base64url"));
  return [...parts, Buffer.from("not checked").toString("base64url")].join(".");
}

/**
 * Takes on a role as aws-actions/configure-aws-credentials does.
 *
 * @throws Error with the answer when it is refused
 */
export async function assumeRole(
  emulatorUrl: string,
  roleArn: string,
  claims: Readonly<Record<string, unknown>>,
): Promise<SessionCredentials> {
  const answer = await fetch(emulatorUrl, {
    method: "POST",
    headers: { "content-type": "application/x-www-form-urlencoded" },
    body: new URLSearchParams({
      Action: "AssumeRoleWithWebIdentity",
      Version: "2011-06-15",
      RoleArn: roleArn,
      RoleSessionName: "job",
      WebIdentityToken: tokenWith(claims),
    }),
  });
  const text = await answer.text();
  const value = (name: string) => new RegExp(`<${name}>([^<]+)</${name}>`).exec(text)?.[1] ?? "";
  if (!answer.ok) {
    throw new Error(`${value("Code")}: ${value("Message")}`);
  }
  return { accessKeyId: value("AccessKeyId"), secretAccessKey: value("SecretAccessKey"), sessionToken: value("SessionToken") };
}
