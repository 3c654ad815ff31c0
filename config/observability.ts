/** The settings that let a team see what its API does. All of them are off unless an environment asks: each costs something. */
import { z } from "zod";

export const observabilitySchema = z
  .strictObject({
    /** @see https://docs.aws.amazon.com/apigateway/latest/developerguide/set-up-logging.html */
    accessLog: z
      .boolean()
      .default(false)
      .describe("Whether the stage writes one JSON line for each request. Needs the stack `api-gateway-account` in the account and Region"),
    executionLog: z
      .enum(["OFF", "ERROR"])
      .default("OFF")
      .describe("What API Gateway logs about its own work. INFO would log headers, tokens included. Needs `api-gateway-account` too"),
    /** @see https://docs.aws.amazon.com/xray/latest/devguide/xray-services-apigateway.html */
    tracing: z.boolean().default(false).describe("Whether AWS X-Ray traces requests through the gateway and the functions"),
    alarms: z.boolean().default(false).describe("Whether CloudWatch alarms watch errors, latency and throttling and tell an SNS topic"),
    alarmEmails: z
      .array(z.email("it must be an e-mail address"))
      .default([])
      .describe("E-mail addresses that the SNS topic writes to, each after its owner confirmed it"),
    dashboard: z.boolean().default(false).describe("Whether there is a CloudWatch dashboard of the API and the functions"),
    encryptLogs: z
      .boolean()
      .default(false)
      .describe("Whether a KMS key of the project's own, which rotates, encrypts the log groups and the SNS topic"),
  })
  .superRefine(({ alarms, alarmEmails }, context) => {
    if (alarmEmails.length > 0 && !alarms) {
      context.addIssue({
        code: "custom",
        path: ["alarmEmails"],
        message: "nobody writes to them without alarms. Set observability.alarms, or leave them out",
      });
    }
  });
