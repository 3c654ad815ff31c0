import { ListTagsForResourceCommand, paginateDescribeLogGroups } from "@aws-sdk/client-cloudwatch-logs";
import { GetRoleCommand, GetRolePolicyCommand } from "@aws-sdk/client-iam";
import { GetFunctionCommand, GetPolicyCommand } from "@aws-sdk/client-lambda";
import { z } from "zod";
import { ifThere, made, type Search, searchBy, tagsOf } from "./search";

const policySchema = z.object({
  Statement: z.array(
    z.object({
      Sid: z.string(),
      Action: z.string(),
      Principal: z.union([z.string(), z.record(z.string(), z.unknown())]),
      Condition: z.record(z.string(), z.record(z.string(), z.unknown())).optional(),
    }),
  ),
});

/** How a function and what it needs are found: by their names, and its permissions by what they say. */
export const FUNCTION_SEARCHES: Readonly<Record<string, Search>> = {
  aws_lambda_function: searchBy(["function_name"], async ({ function_name }, { lambda }) => {
    const answer = await ifThere(lambda.send(new GetFunctionCommand({ FunctionName: function_name })));
    return answer
      ? [
          {
            importId: function_name,
            attributes: { id: function_name, arn: answer.Configuration?.FunctionArn ?? "", role: answer.Configuration?.Role ?? "" },
            tags: tagsOf(answer.Tags),
          },
        ]
      : [];
  }),

  // Its statement ID is made up by Terraform or by the console: what it allows tells which one it is.
  aws_lambda_permission: searchBy(["function_name", "action", "principal", "source_arn"], async (args, { lambda }) => {
    const answer = await ifThere(lambda.send(new GetPolicyCommand({ FunctionName: args.function_name })));
    const { Statement } = policySchema.parse(JSON.parse(answer?.Policy ?? '{"Statement":[]}'));
    return Statement.filter(
      ({ Action, Principal, Condition }) =>
        Action === args.action &&
        typeof Principal === "object" &&
        Principal["Service"] === args.principal &&
        Condition?.["ArnLike"]?.["AWS:SourceArn"] === args.source_arn,
    ).map(({ Sid }) => ({ importId: `${args.function_name}/${Sid}`, attributes: { id: Sid } }));
  }),

  aws_iam_role: searchBy(["name"], async ({ name }, { iam }) => {
    const answer = await ifThere(iam.send(new GetRoleCommand({ RoleName: name })));
    const tags = Object.fromEntries((answer?.Role?.Tags ?? []).map(({ Key, Value }) => [Key ?? "", Value]));
    return answer?.Role
      ? [
          {
            importId: name,
            attributes: { id: name, arn: answer.Role.Arn ?? "" },
            tags: tagsOf(tags),
            details: made(answer.Role.CreateDate),
          },
        ]
      : [];
  }),

  aws_iam_role_policy: searchBy(["role", "name"], async ({ role, name }, { iam }) => {
    const policy = await ifThere(iam.send(new GetRolePolicyCommand({ RoleName: role, PolicyName: name })));
    const id = `${role}:${name}`;
    return policy ? [{ importId: id, attributes: { id } }] : [];
  }),

  aws_cloudwatch_log_group: searchBy(["name"], async ({ name }, { logs }) => {
    for await (const { logGroups } of paginateDescribeLogGroups({ client: logs }, { logGroupNamePrefix: name })) {
      const group = logGroups?.find(({ logGroupName }) => logGroupName === name);
      if (group) {
        const arn = (group.logGroupArn ?? group.arn ?? "").replace(/:\*$/, "");
        const { tags } = await logs.send(new ListTagsForResourceCommand({ resourceArn: arn }));
        return [{ importId: name, attributes: { id: name, arn }, tags: tagsOf(tags) }];
      }
    }
    return [];
  }),
};
