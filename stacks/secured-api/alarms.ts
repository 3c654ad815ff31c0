import { CloudwatchMetricAlarm, type CloudwatchMetricAlarmConfig } from "@cdktf/provider-aws/lib/cloudwatch-metric-alarm";
import { SnsTopic } from "@cdktf/provider-aws/lib/sns-topic";
import { SnsTopicPolicy } from "@cdktf/provider-aws/lib/sns-topic-policy";
import { SnsTopicSubscription } from "@cdktf/provider-aws/lib/sns-topic-subscription";
import { Construct } from "constructs";
import { alarmName, alarmTopicName } from "../resource-names";

export interface AlarmsProps {
  readonly account: string;
  readonly api: string;
  readonly stage: string;
  readonly functionName: string;
  readonly emails: readonly string[];
  /** Id of the KMS key that encrypts the topic, or undefined. */
  readonly encryptionKeyId: string | undefined;
}

/** CloudWatch alarms on the API and its function, and the SNS topic that they tell. */
export class Alarms extends Construct {
  readonly topic: SnsTopic;

  constructor(scope: Construct, id: string, props: AlarmsProps) {
    super(scope, id);
    this.topic = new SnsTopic(this, "topic", {
      name: alarmTopicName(props.api),
      ...(props.encryptionKeyId && { kmsMasterKeyId: props.encryptionKeyId }),
    });
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
    const ofFunction = { namespace: "AWS/Lambda", dimensions: { FunctionName: props.functionName } };
    const { api, functionName } = props;

    this.#alarm(props.api, "server-errors", `${api}: the API answered 5xx`, {
      ...ofApi,
      metricName: "5XXError",
      statistic: "Sum",
      threshold: 1,
    });
    this.#alarm(props.api, "client-errors", `${api}: more than half of the requests were refused (4xx) for a quarter of an hour`, {
      ...ofApi,
      metricName: "4XXError",
      statistic: "Average", // of ones and zeros: the share
      threshold: 0.5,
      evaluationPeriods: 3,
    });
    this.#alarm(props.api, "latency", `${api}: one request in a hundred took longer than 3 s for a quarter of an hour`, {
      ...ofApi,
      metricName: "Latency",
      extendedStatistic: "p99",
      threshold: 3_000,
      evaluationPeriods: 3,
    });
    this.#alarm(props.api, "function-errors", `${functionName}: the function failed`, {
      ...ofFunction,
      metricName: "Errors",
      statistic: "Sum",
      threshold: 1,
    });
    this.#alarm(props.api, "function-throttles", `${functionName}: Lambda refused to run the function, its concurrency is used up`, {
      ...ofFunction,
      metricName: "Throttles",
      statistic: "Sum",
      threshold: 1,
    });
    this.#alarm(props.api, "function-concurrency", `${functionName}: 80 % of an account's default quota of 1,000 run at once`, {
      ...ofFunction,
      metricName: "ConcurrentExecutions",
      statistic: "Maximum",
      threshold: 800,
    });
  }

  #alarm(
    api: string,
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
      alarmName: alarmName(api, id),
      alarmDescription,
      period: 300,
      comparisonOperator: "GreaterThanOrEqualToThreshold",
      treatMissingData: "notBreaching", // nobody called
      alarmActions: [this.topic.arn],
      okActions: [this.topic.arn],
    });
  }
}
