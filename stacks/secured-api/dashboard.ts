import { CloudwatchDashboard } from "@cdktf/provider-aws/lib/cloudwatch-dashboard";
import { Construct } from "constructs";

export interface DashboardProps {
  readonly name: string;
  readonly region: string;
  readonly api: string;
  readonly stage: string;
  readonly functionName: string;
}

/** A CloudWatch dashboard: what an operator looks at first. */
export class Dashboard extends Construct {
  constructor(scope: Construct, id: string, { name, region, api, stage, functionName }: DashboardProps) {
    super(scope, id);
    const ofApi = (metric: string, stat: string) => ["AWS/ApiGateway", metric, "ApiName", api, "Stage", stage, { stat }];
    const ofFunction = (metric: string, stat: string) => ["AWS/Lambda", metric, "FunctionName", functionName, { stat }];
    const charts = [
      { title: "Requests", metrics: [ofApi("Count", "Sum")] },
      { title: "Refused and failed requests", metrics: [ofApi("4XXError", "Sum"), ofApi("5XXError", "Sum")] },
      { title: "Latency (ms)", metrics: [ofApi("Latency", "p50"), ofApi("Latency", "p99"), ofApi("IntegrationLatency", "p99")] },
      {
        title: "Function: runs, errors, throttles",
        metrics: ["Invocations", "Errors", "Throttles"].map((metric) => ofFunction(metric, "Sum")),
      },
      { title: "Function: duration (ms)", metrics: [ofFunction("Duration", "p50"), ofFunction("Duration", "p99")] },
      { title: "Function: runs at once", metrics: [ofFunction("ConcurrentExecutions", "Maximum")] },
    ];
    new CloudwatchDashboard(this, "dashboard", {
      dashboardName: name,
      dashboardBody: JSON.stringify({
        widgets: charts.map((chart, index) => ({
          type: "metric",
          x: (index % 2) * 12,
          y: Math.floor(index / 2) * 6,
          width: 12,
          height: 6,
          properties: { ...chart, region, view: "timeSeries", period: 300 },
        })),
      }),
    });
  }
}
