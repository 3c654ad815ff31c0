/**
 * The most that the functions of an environment can be allowed to do, whatever their own statements say: the permissions boundary of their
 * roles where GitHub Actions deploys. The deploy role writes both the code of a function and what its role allows, so without a boundary it
 * could grant itself anything.
 */
import type { Environment } from "../config/environment";
import { functionLogGroupName, furtherFunctionName } from "./resource-names";

export interface BoundaryStatement {
  readonly sid: string;
  readonly actions: readonly string[];
  readonly resources: readonly string[];
}

/** Their own logs, traces, and what the setting `github.functionBoundary` adds. */
export function functionBoundary({ account, region, names, github }: Environment): BoundaryStatement[] {
  const streamsOf = (functionName: string) => `arn:aws:logs:${region}:${account}:log-group:${functionLogGroupName(functionName)}:*`;
  return [
    {
      sid: "WriteOwnLog",
      actions: ["logs:CreateLogStream", "logs:PutLogEvents"],
      resources: [streamsOf(names.function), streamsOf(furtherFunctionName(names.function, "*"))],
    },
    { sid: "WriteTraces", actions: ["xray:PutTelemetryRecords", "xray:PutTraceSegments"], resources: ["*"] }, // X-Ray knows no resource for them
    ...(github?.functionBoundary ?? []).map((statement, index) => ({ sid: `Own${index + 1}`, ...statement })),
  ];
}
