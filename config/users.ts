/** The settings of the user pool: who may have an account, and how well it is protected. */
import { z } from "zod";
import { wholeNumber } from "./whole-number";

/** @see https://docs.aws.amazon.com/cognito/latest/developerguide/user-pool-email.html */
const emailSenderSchema = z.strictObject({
  from: z
    .string()
    .regex(/^(?:[^<>"@\s][^<>"@]* <[^<>\s@]+@[^<>\s@]+>|[^<>\s@]+@[^<>\s@]+)$/, "it must be an address, or a name with the address in < >")
    .describe("Sender, e.g. `Orders <no-reply@example.com>`"),
  identityArn: z
    .string()
    .regex(
      /^arn:aws:ses:[a-z0-9-]+:\d{12}:identity\/.+$/,
      "an SES identity's ARN is arn:aws:ses:<region>:<account>:identity/<domain or address>",
    )
    .describe("ARN of the verified SES identity that sends. Without it Cognito sends at most 50 messages a day"),
});

export const usersSchema = z
  .strictObject({
    selfSignUp: z.boolean().default(true).describe("Whether people may create their own account; otherwise only an administrator does"),
    /** @see https://docs.aws.amazon.com/cognito/latest/developerguide/user-pool-settings-mfa-totp.html */
    mfa: z
      .enum(["OFF", "OPTIONAL", "ON"])
      .default("OFF")
      .describe("Whether a sign-in needs a time-based code from an authenticator app: never, for those who set one up, for everybody"),
    /** @see https://pages.nist.gov/800-63-4/sp800-63b.html#passwordver */
    minimumPasswordLength: wholeNumber(8, 99, "characters").default(12).describe("Least length of a password (8 to 99)"),
    /** @see https://docs.aws.amazon.com/cognito/latest/developerguide/cognito-sign-in-feature-plans.html */
    tier: z.enum(["LITE", "ESSENTIALS", "PLUS"]).default("ESSENTIALS").describe("Feature plan of the user pool, which sets its price"),
    /** @see https://docs.aws.amazon.com/cognito/latest/developerguide/cognito-user-pool-settings-threat-protection.html */
    threatProtection: z
      .enum(["OFF", "AUDIT", "ENFORCED"])
      .default("OFF")
      .describe("Whether Cognito watches for taken-over accounts, or stops them too. Needs tier PLUS"),
    emailSender: emailSenderSchema.optional().describe("SES identity that sends the pool's mails"),
    groups: z
      .array(z.string().regex(/^[\p{L}\p{M}\p{S}\p{N}\p{P}]{1,128}$/u, "a group's name has 1 to 128 characters and no space"))
      .default([])
      .describe("Groups of the user pool; a member's tokens name them in the claim `cognito:groups`"),
  })
  .superRefine((users, context) => {
    if (users.threatProtection !== "OFF" && users.tier !== "PLUS") {
      context.addIssue({
        code: "custom",
        path: ["threatProtection"],
        message: 'Cognito has it in tier "PLUS" only. Set users.tier, or "OFF"',
      });
    }
    if (new Set(users.groups).size < users.groups.length) {
      context.addIssue({ code: "custom", path: ["groups"], message: "a group is named twice. Remove one" });
    }
  });

export type Users = z.output<typeof usersSchema>;
