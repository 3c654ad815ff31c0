import { only, securedApi, synthesized, type TerraformJson, withoutFurtherFunctions } from "../../support/synthesized";

const watched = (observability: object) => withoutFurtherFunctions(synthesized(securedApi({ observability })));

/** How many resources there are of each type that the first has and the second has not. */
function added(json: TerraformJson, base: TerraformJson = watched({})): Record<string, number> {
  const count = (from: TerraformJson, type: string) => Object.keys(from.resource[type] ?? {}).length;
  return Object.fromEntries(
    Object.keys(json.resource)
      .map((type) => [type, count(json, type) - count(base, type)] as const)
      .filter(([, more]) => more !== 0),
  );
}

test.each<[setting: object, resources: Record<string, number>]>([
  [{}, {}],
  [{ accessLog: true }, { aws_cloudwatch_log_group: 1 }],
  [{ executionLog: "ERROR" }, { aws_cloudwatch_log_group: 1 }],
  [{ tracing: true }, { aws_iam_role_policy: 1 }], // the function writes its traces by itself
  [{ alarms: true }, { aws_cloudwatch_metric_alarm: 6, aws_sns_topic: 1, aws_sns_topic_policy: 1 }],
  [
    { alarms: true, alarmEmails: ["a@example.com", "b@example.com"] },
    { aws_cloudwatch_metric_alarm: 6, aws_sns_topic: 1, aws_sns_topic_policy: 1, aws_sns_topic_subscription: 2 },
  ],
  [{ dashboard: true }, { aws_cloudwatch_dashboard: 1 }],
  [{ encryptLogs: true }, { aws_kms_key: 1, aws_kms_alias: 1 }],
])("%j adds %j", (setting, resources) => {
  expect(added(watched(setting))).toEqual(resources);
});

test("a line of the access log names the request, its outcome and the subject, and nothing that a caller sent", () => {
  const stage = only(watched({ accessLog: true }), "aws_api_gateway_stage");
  const { format, destination_arn } = stage["access_log_settings"] as { format: string; destination_arn: string };
  expect(destination_arn).toMatch(/^\$\{aws_cloudwatch_log_group\.observability_access-log_log-group_[0-9A-F]{8}\.arn\}$/);
  expect(Object.values(JSON.parse(format) as Record<string, string>).sort()).toEqual([
    "$context.authorizer.claims.sub",
    "$context.authorizer.error",
    "$context.error.responseType",
    "$context.httpMethod",
    "$context.integration.latency",
    "$context.integration.status",
    "$context.requestId",
    "$context.requestTimeEpoch",
    "$context.resourcePath",
    "$context.responseLatency",
    "$context.status",
    "$context.waf.status",
    "$context.xrayTraceId",
  ]);
});

test("the execution log holds errors at most, and never whole requests", () => {
  const settings = only(watched({ executionLog: "ERROR" }), "aws_api_gateway_method_settings")["settings"];
  expect(settings).toMatchObject({ logging_level: "ERROR", data_trace_enabled: false });
  expect(() => watched({ executionLog: "INFO" })).toThrow('test.observability.executionLog is "INFO": it must be one of OFF, ERROR.');
});

test("the execution log goes to a group that expires and that is there before the gateway would make one", () => {
  const json = watched({ executionLog: "ERROR", encryptLogs: true });
  const [address, group] = Object.entries(json.resource["aws_cloudwatch_log_group"]!).find(([name]) => name.includes("execution-log"))!;
  expect(group).toMatchObject({
    name: "API-Gateway-Execution-Logs_${aws_api_gateway_rest_api.api_rest-api_FFFBAE81.id}/demo",
    retention_in_days: 30,
    kms_key_id: expect.stringMatching(/^\$\{aws_kms_key\./) as string,
  });
  expect(only(json, "aws_api_gateway_method_settings")["depends_on"]).toEqual([`aws_cloudwatch_log_group.${address}`]);
  expect(only(json, "aws_kms_key")["policy"]).toContain(
    "arn:aws:logs:eu-central-1:111111111111:log-group:API-Gateway-Execution-Logs_${aws_api_gateway_rest_api.api_rest-api_FFFBAE81.id}/demo",
  );
});

test("every log group is encrypted with the project's key, which only CloudWatch can use, for these log groups alone", () => {
  const json = watched({ encryptLogs: true, accessLog: true, alarms: true });
  const key = only(json, "aws_kms_key");
  expect(key).toMatchObject({ enable_key_rotation: true, deletion_window_in_days: 30 });
  const groups = Object.values(json.resource["aws_cloudwatch_log_group"]!);
  expect(groups.map((group) => [group["name"], group["kms_key_id"], group["retention_in_days"]])).toEqual([
    ["/aws/lambda/testing", expect.stringMatching(/^\$\{aws_kms_key\..*\.arn\}$/), 30],
    ["/aws/apigateway/cognito-integration-demo/demo", expect.stringMatching(/^\$\{aws_kms_key\..*\.arn\}$/), 30],
  ]);
  expect(only(json, "aws_sns_topic")["kms_master_key_id"]).toMatch(/^\$\{aws_kms_key\..*\.key_id\}$/);

  const ofFurtherFunctions = /,"[^"]*:log-group:\/aws\/lambda\/testing-[^"]*"/g;
  const { Statement } = JSON.parse((key["policy"] as string).replaceAll(ofFurtherFunctions, "")) as {
    Statement: { Sid: string; Principal: object; Action: string[]; Condition?: object }[];
  };
  expect(Statement.map(({ Sid, Principal, Condition }) => [Sid, Principal, Condition])).toEqual([
    ["Administration", { AWS: "arn:aws:iam::111111111111:root" }, undefined],
    [
      "LogGroups",
      { Service: "logs.eu-central-1.amazonaws.com" },
      {
        ArnEquals: {
          "kms:EncryptionContext:aws:logs:arn": [
            "arn:aws:logs:eu-central-1:111111111111:log-group:/aws/lambda/testing",
            "arn:aws:logs:eu-central-1:111111111111:log-group:/aws/apigateway/cognito-integration-demo/demo",
          ],
        },
      },
    ],
    ["Alarms", { Service: "cloudwatch.amazonaws.com" }, { StringEquals: { "aws:SourceAccount": "111111111111" } }],
  ]);
  expect(Statement.flatMap(({ Action }) => Action).filter((action) => action.includes("*"))).toEqual([]);
});

test("each alarm watches this API or this function, tells the topic, and is quiet when nobody calls", () => {
  const alarms = Object.values(watched({ alarms: true }).resource["aws_cloudwatch_metric_alarm"]!);
  expect(
    alarms.map((alarm) => [
      alarm["metric_name"],
      alarm["statistic"] ?? alarm["extended_statistic"],
      alarm["threshold"],
      alarm["dimensions"],
    ]),
  ).toEqual([
    ["4XXError", "Average", 0.5, { ApiName: "cognito-integration-demo", Stage: "demo" }],
    ["ConcurrentExecutions", "Maximum", 800, { FunctionName: "testing" }],
    ["Errors", "Sum", 1, { FunctionName: "testing" }],
    ["Throttles", "Sum", 1, { FunctionName: "testing" }],
    ["Latency", "p99", 3_000, { ApiName: "cognito-integration-demo", Stage: "demo" }],
    ["5XXError", "Sum", 1, { ApiName: "cognito-integration-demo", Stage: "demo" }],
  ]);
  for (const alarm of alarms) {
    expect(alarm["alarm_actions"]).toEqual([expect.stringMatching(/^\$\{aws_sns_topic\./)]);
    expect(alarm["treat_missing_data"]).toBe("notBreaching");
  }
});

test("tracing follows a request through the gateway and into every function", () => {
  const stack = securedApi({ observability: { tracing: true } });
  stack.addFunction("sample", { sourceFolder: "lambda-src", handler: "handler.lambda_handler" });
  const json = synthesized(stack);
  expect(only(json, "aws_api_gateway_stage")["xray_tracing_enabled"]).toBe(true);
  const functions = Object.values(json.resource["aws_lambda_function"]!);
  expect(functions.map(({ function_name }) => function_name)).toEqual(expect.arrayContaining(["testing", "testing-sample"]));
  expect(functions.filter(({ tracing_config }) => (tracing_config as { mode?: string }).mode !== "Active")).toEqual([]);
});

test("further functions have alarms and charts of their own; one with a concurrency of its own is told of by its throttles", () => {
  const stack = securedApi({ observability: { alarms: true, dashboard: true } });
  const code = { sourceFolder: "lambda-src", handler: "handler.lambda_handler" };
  stack.addFunction("sample", code);
  stack.addFunction("limited-sample", { ...code, reservedConcurrency: 5 });
  const json = synthesized(stack);
  const alarms = Object.values(json.resource["aws_cloudwatch_metric_alarm"]!);
  const further = alarms.filter(({ dimensions }) => /-sample$/.test((dimensions as { FunctionName?: string }).FunctionName ?? ""));
  expect(further.map(({ alarm_name, metric_name, dimensions }) => [alarm_name, metric_name, dimensions])).toEqual([
    ["cognito-integration-demo-alarms limited-sample-function-errors", "Errors", { FunctionName: "testing-limited-sample" }],
    ["cognito-integration-demo-alarms limited-sample-function-throttles", "Throttles", { FunctionName: "testing-limited-sample" }],
    ["cognito-integration-demo-alarms sample-function-concurrency", "ConcurrentExecutions", { FunctionName: "testing-sample" }],
    ["cognito-integration-demo-alarms sample-function-errors", "Errors", { FunctionName: "testing-sample" }],
    ["cognito-integration-demo-alarms sample-function-throttles", "Throttles", { FunctionName: "testing-sample" }],
  ]);
  const { dashboard_body } = only(json, "aws_cloudwatch_dashboard") as { dashboard_body: string };
  for (const name of ["testing", "testing-sample", "testing-limited-sample"]) {
    expect(dashboard_body).toContain(`["AWS/Lambda","Duration","FunctionName","${name}",{"stat":"p99"}]`);
  }
});

test("the dashboard's charts show this API and this function in this Region", () => {
  const { dashboard_body } = only(watched({ dashboard: true }), "aws_cloudwatch_dashboard") as { dashboard_body: string };
  const { widgets } = JSON.parse(dashboard_body) as { widgets: { properties: { title: string; region: string; metrics: unknown[][] } }[] };
  expect(widgets.map(({ properties }) => properties.title)).toHaveLength(6);
  for (const { properties } of widgets) {
    expect(properties.region).toBe("eu-central-1");
    for (const metric of properties.metrics) {
      expect(metric.slice(2, -1)).toEqual(
        metric[0] === "AWS/Lambda"
          ? ["FunctionName", expect.stringMatching(/^testing(-|$)/)]
          : ["ApiName", "cognito-integration-demo", "Stage", "demo"],
      );
    }
  }
});
