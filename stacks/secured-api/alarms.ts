import { CloudwatchMetricAlarm, type CloudwatchMetricAlarmConfig } from "@cdktf/provider-aws/lib/cloudwatch-metric-alarm";
import { SnsTopic } from "@cdktf/provider-aws/lib/sns-topic";
import { SnsTopicPolicy } from "@cdktf/provider-aws/lib/sns-topic-policy";
import { SnsTopicSubscription } from "@cdktf/provider-aws/lib/sns-topic-subscription";
import { Construct } from "constructs";
import { alarmName, alarmTopicName } from "../resource-names";
import { skipChecks } from "../skip-check";

export interface AlarmsProps {
  readonly account: string;
  readonly api: string;
  readonly stage: string;
  readonly emails: readonly string[];
  /** Id of the KMS key that encrypts the topic, or undefined. */
  readonly encryptionKeyId: string | undefined;
}

/** A function as those who watch it know it. */
export interface WatchedFunction {
  /** The function's name. */
  readonly functionName: string;
  /** What tells its alarms from those of the other functions: `orders` makes `orders-function-errors`. Default: nothing. */
  readonly name?: string;
  /** Whether it has a concurrency of its own, kept free for it, instead of its part of the account's. Default: no. */
  readonly reservesConcurrency?: boolean;
}

/** CloudWatch alarms on the API and its functions, and the SNS topic that they tell. */
export class Alarms extends Construct {
  readonly topic: SnsTopic;

  constructor(
    scope: Construct,
    id: string,
    private readonly props: AlarmsProps,
  ) {
    super(scope, id);
    this.topic = new SnsTopic(this, "topic", {
      name: alarmTopicName(props.api),
      ...(props.encryptionKeyId && { kmsMasterKeyId: props.encryptionKeyId }),
    });
    if (!props.encryptionKeyId) {
      skipChecks(this.topic, {
        CKV_AWS_26:
          "The environment's choice, observability.encryptLogs: alarms cannot publish under AWS's own key, and one of your own has a " +
          "monthly price. A message holds an alarm's name and its numbers.",
      });
    }
    new SnsTopicPolicy(this, "topic-policy", {
      arn: this.topic.arn,
      policy: JSON.stringify({
        Version: "2012-10-17",
        Statement: [
          {
            Sid: "AlarmsOfThisAccount",
            Effect: "Allow",
            Principal: { Service: "cloudwatch.amazonaws.com" },
            Action: "sns:Publish",
            Resource: this.topic.arn,
            Condition: { StringEquals: { "aws:SourceAccount": props.account } },
          },
        ],
      }),
    });
    props.emails.forEach((endpoint, index) => {
      new SnsTopicSubscription(this, `email-${index}`, { topicArn: this.topic.arn, protocol: "email", endpoint });
    });

    const ofApi = { namespace: "AWS/ApiGateway", dimensions: { ApiName: props.api, Stage: props.stage } };
    const { api } = props;

    this.#alarm("server-errors", `${api}: the API answered 5xx`, {
      ...ofApi,
      metricName: "5XXError",
      statistic: "Sum",
      threshold: 1,
    });
    this.#alarm("client-errors", `${api}: more than half of the requests were refused (4xx) for a quarter of an hour`, {
      ...ofApi,
      metricName: "4XXError",
      statistic: "Average", // of ones and zeros: the share
      threshold: 0.5,
      evaluationPeriods: 3,
    });
    this.#alarm("latency", `${api}: one request in a hundred took longer than 3 s for a quarter of an hour`, {
      ...ofApi,
      metricName: "Latency",
      extendedStatistic: "p99",
      threshold: 3_000,
      evaluationPeriods: 3,
    });
  }

  watchFunction({ functionName, name, reservesConcurrency = false }: WatchedFunction): void {
    const ofFunction = { namespace: "AWS/Lambda", dimensions: { FunctionName: functionName } };
    const id = (what: string) => (name === undefined ? `function-${what}` : `${name}-function-${what}`);

    this.#alarm(id("errors"), `${functionName}: the function failed`, {
      ...ofFunction,
      metricName: "Errors",
      statistic: "Sum",
      threshold: 1,
    });
    this.#alarm(id("throttles"), `${functionName}: Lambda refused to run the function, its concurrency is used up`, {
      ...ofFunction,
      metricName: "Throttles",
      statistic: "Sum",
      threshold: 1,
    });
    if (!reservesConcurrency) {
      this.#alarm(id("concurrency"), `${functionName}: 80 % of an account's default quota of 1,000 run at once`, {
        ...ofFunction,
        metricName: "ConcurrentExecutions",
        statistic: "Maximum",
        threshold: 800,
      });
    }
  }

  #alarm(
    id: string,
    alarmDescription: string,
    metric: Pick<CloudwatchMetricAlarmConfig, "namespace" | "dimensions" | "metricName" | "statistic" | "extendedStatistic"> & {
      threshold: number;
      evaluationPeriods?: number;
    },
  ): void {
    new CloudwatchMetricAlarm(this, id, {
      evaluationPeriods: 1,
      ...metric,
      alarmName: alarmName(this.props.api, id),
      alarmDescription,
      period: 300,
      comparisonOperator: "GreaterThanOrEqualToThreshold",
      treatMissingData: "notBreaching", // nobody called
      alarmActions: [this.topic.arn],
      okActions: [this.topic.arn],
    });
  }
}
