import { CloudwatchDashboard } from "@cdktf/provider-aws/lib/cloudwatch-dashboard";
import { Lazy } from "cdktf";
import { Construct } from "constructs";

export interface DashboardProps {
  readonly name: string;
  readonly region: string;
  readonly api: string;
  readonly stage: string;
}

/** A CloudWatch dashboard: what an operator looks at first. */
export class Dashboard extends Construct {
  readonly #functions: string[] = [];

  constructor(
    scope: Construct,
    id: string,
    private readonly props: DashboardProps,
  ) {
    super(scope, id);
    new CloudwatchDashboard(this, "dashboard", {
      dashboardName: props.name,
      // Lazy: functions may be added later.
      dashboardBody: Lazy.stringValue({ produce: () => this.#body() }),
    });
  }

  /** Shows a function, beside those that it shows already. */
  watchFunction(functionName: string): void {
    this.#functions.push(functionName);
  }

  #body(): string {
    const { api, stage, region } = this.props;
    const ofApi = (metric: string, stat: string) => ["AWS/ApiGateway", metric, "ApiName", api, "Stage", stage, { stat }];
    const ofFunctions = (metric: string, stat: string) =>
      this.#functions.map((functionName) => ["AWS/Lambda", metric, "FunctionName", functionName, { stat }]);
    const charts = [
      { title: "Requests", metrics: [ofApi("Count", "Sum")] },
      { title: "Refused and failed requests", metrics: [ofApi("4XXError", "Sum"), ofApi("5XXError", "Sum")] },
      { title: "Latency (ms)", metrics: [ofApi("Latency", "p50"), ofApi("Latency", "p99"), ofApi("IntegrationLatency", "p99")] },
      {
        title: "Functions: runs, errors, throttles",
        metrics: ["Invocations", "Errors", "Throttles"].flatMap((metric) => ofFunctions(metric, "Sum")),
      },
      { title: "Functions: duration (ms)", metrics: [...ofFunctions("Duration", "p50"), ...ofFunctions("Duration", "p99")] },
      { title: "Functions: runs at once", metrics: ofFunctions("ConcurrentExecutions", "Maximum") },
    ];
    return JSON.stringify({
      widgets: charts.map((chart, index) => ({
        type: "metric",
        x: (index % 2) * 12,
        y: Math.floor(index / 2) * 6,
        width: 12,
        height: 6,
        properties: { ...chart, region, view: "timeSeries", period: 300 },
      })),
    });
  }
}
