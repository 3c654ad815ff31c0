import { Construct } from "constructs";
import type { Environment } from "../../config/environment";
import { accessLogGroupName, executionLogGroupName, functionLogGroupName } from "../resource-names";
import { AccessLog } from "./access-log";
import { Alarms, type WatchedFunction } from "./alarms";
import { Dashboard } from "./dashboard";
import { EncryptionKey } from "./encryption-key";
import { LogGroup } from "./log-group";

/** What lets a team see what its API does: logs, traces, alarms and a dashboard, each as far as the environment asks for it. */
export class Observability extends Construct {
  /** Whether X-Ray traces requests. */
  readonly tracing: boolean;
  readonly executionLog: Environment["observability"]["executionLog"];
  /** Where the stage writes a line for each request, or undefined. */
  readonly accessLog: AccessLog | undefined;
  readonly #encryption: EncryptionKey | undefined;
  readonly #alarms: Alarms | undefined;
  readonly #dashboard: Dashboard | undefined;

  constructor(
    scope: Construct,
    id: string,
    private readonly environment: Environment,
  ) {
    super(scope, id);
    const { account, region, names, stage, observability, logRetentionDays } = environment;
    this.tracing = observability.tracing;
    this.executionLog = observability.executionLog;

    const accessLogGroup = accessLogGroupName(names.api, stage);
    this.#encryption = observability.encryptLogs
      ? new EncryptionKey(this, "encryption", { environment, logGroups: [functionLogGroupName(names.function), accessLogGroup] })
      : undefined;
    this.accessLog = observability.accessLog
      ? new AccessLog(this, "access-log", {
          name: accessLogGroup,
          retentionDays: logRetentionDays,
          encryptionKeyArn: this.encryptionKeyArnFor(accessLogGroup),
        })
      : undefined;

    const ofApi = { api: names.api, stage };
    this.#alarms = observability.alarms
      ? new Alarms(this, "alarms", { ...ofApi, account, emails: observability.alarmEmails, encryptionKeyId: this.#encryption?.key.keyId })
      : undefined;
    this.#dashboard = observability.dashboard ? new Dashboard(this, "dashboard", { ...ofApi, name: names.api, region }) : undefined;
  }

  /** ARN of the KMS key that encrypts a log group, or undefined. */
  encryptionKeyArnFor(logGroup: string): string | undefined {
    return this.#encryption?.arnFor(logGroup);
  }

  /**
   * The log group of a stage's execution log, or undefined. API Gateway would make one that is neither encrypted nor ever expires, so this one
   * goes before the settings that switch the log on.
   *
   * @see https://docs.aws.amazon.com/apigateway/latest/developerguide/set-up-logging.html
   */
  addExecutionLogGroup(restApiId: string): LogGroup | undefined {
    if (this.executionLog === "OFF") {
      return undefined;
    }
    const name = executionLogGroupName(restApiId, this.environment.stage);
    return new LogGroup(this, "execution-log", {
      name,
      retentionDays: this.environment.logRetentionDays,
      encryptionKeyArn: this.encryptionKeyArnFor(name),
    });
  }

  /** Alarms and charts for a function, as far as the environment asks for them. */
  watchFunction(watched: WatchedFunction): void {
    this.#alarms?.watchFunction(watched);
    this.#dashboard?.watchFunction(watched.functionName);
  }
}
