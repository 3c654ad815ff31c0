import type { Environment } from "../../config/environment";
import { project } from "../../config/project";
import { stateBucketName, stateKey } from "../environment-stack";
import {
  accessLogGroupName,
  anyFunctionRoleName,
  executionLogGroupName,
  alarmName,
  alarmTopicName,
  functionBoundaryArn,
  functionLogGroupName,
  furtherFunctionName,
  logKeyAlias,
} from "../resource-names";
import { stateKeyAlias } from "../state-backend";

type Tags = Readonly<Record<string, string>>;

/** The kind of stack that GitHub Actions plans and deploys. */
const KIND = "secured-api";

/**
 * What the roles may touch: the resources of one environment, by the names in the configuration.
 *
 * API Gateway, Cognito and KMS make up the ids of APIs, user pools and keys, so their ARNs are not known before they exist: there the tags
 * decide, which every resource of a stack has by default (stacks/environment-stack.ts). All resources below an API count as having its tags.
 * The stack is among them: the key of the state bucket belongs to the same environment.
 *
 * @see https://docs.aws.amazon.com/apigateway/latest/developerguide/apigateway-tagging-supported-resources.html
 */
export class Resources {
  /** The function, and all further ones: their names begin with its own (config/load-environments.ts). Likewise their roles and logs. */
  readonly functions: readonly string[];
  readonly functionRoles: string;
  readonly functionBoundary: string;
  /** The functions' log groups, and the one of the stage's access log where there is one. */
  readonly logGroups: readonly string[];
  /** The execution logs of every stage of that name: API Gateway puts the API's id into theirs. To be used with {@link tagged}. */
  readonly anyExecutionLog: string;
  /** The names of all log groups: CloudWatch Logs lists them by prefix, and authorizes that on all of them. */
  readonly anyLogGroup: string;
  /** The collection of REST APIs, which a new one is added to. */
  readonly apis: string;
  /** Every REST API with all that is below it: to be used with {@link tagged}. */
  readonly anyApi: string;
  /** The tags of every REST API and what is below it. The ARN of what is tagged stands percent-encoded in the ARN of its tags. */
  readonly anyApiTags: string;
  /** Every user pool: to be used with {@link tagged}. */
  readonly anyUserPool: string;
  readonly stateBucket: string;
  readonly stateKey: string;
  readonly lockKey: string;
  /** The KMS keys of the account: to be used with {@link stateKeyAlias} or {@link tagged}. */
  readonly anyKmsKey: string;
  readonly stateKeyAlias: string;
  readonly logKeyAlias: string;
  readonly webAcl: string;
  /** The rule groups that AWS manages: WAF asks for them where a web ACL uses one. */
  readonly managedRules: string;
  /** All alarms of the API: their names begin with the topic's and a blank. */
  readonly alarms: string;
  /** All alarms: CloudWatch authorizes their description on all of them. */
  readonly anyAlarm: string;
  readonly alarmTopic: string;
  readonly dashboard: string;
  /** The collection of custom domain names, which a new one is added to. */
  readonly domainNames: string;
  /** The API's own host name with its mapping, where it has one. */
  readonly domainName: readonly string[];
  /** The tags of that host name. */
  readonly domainNameTags: readonly string[];

  readonly #tags: Tags;

  constructor(environment: Environment) {
    const { account, region, names, stage, observability, customDomains } = environment;
    const regional = (service: string, resource: string) => `arn:aws:${service}:${region}:${account}:${resource}`;
    const apigateway = `arn:aws:apigateway:${region}::`;
    const functionNames = [names.function, furtherFunctionName(names.function, "*")];
    this.functions = functionNames.map((name) => regional("lambda", `function:${name}`));
    this.functionRoles = `arn:aws:iam::${account}:role/${anyFunctionRoleName(names.function, region)}`;
    this.functionBoundary = functionBoundaryArn(environment);
    this.logGroups = [
      ...functionNames.map((name) => regional("logs", `log-group:${functionLogGroupName(name)}`)),
      ...(observability.accessLog ? [regional("logs", `log-group:${accessLogGroupName(names.api, stage)}`)] : []),
    ];
    this.anyExecutionLog = regional("logs", `log-group:${executionLogGroupName("*", stage)}`);
    this.anyLogGroup = regional("logs", "log-group:*");
    this.apis = `${apigateway}/restapis`;
    this.anyApi = `${apigateway}/restapis/*`;
    this.anyApiTags = `${apigateway}/tags/${encodeURIComponent(`${apigateway}/restapis/`)}*`;
    this.anyUserPool = regional("cognito-idp", "userpool/*");
    this.stateBucket = `arn:aws:s3:::${stateBucketName(environment)}`;
    this.stateKey = stateKey(KIND, environment);
    this.lockKey = `${this.stateKey}.tflock`;
    this.anyKmsKey = regional("kms", "key/*");
    this.stateKeyAlias = stateKeyAlias(environment);
    this.logKeyAlias = regional("kms", logKeyAlias(names.api));
    this.webAcl = regional("wafv2", `regional/webacl/${names.api}/*`); // WAF's own id ends it
    this.managedRules = regional("wafv2", "regional/managedruleset/*/*");
    this.alarms = regional("cloudwatch", `alarm:${alarmName(names.api, "*")}`);
    this.anyAlarm = regional("cloudwatch", "alarm:*");
    this.alarmTopic = regional("sns", alarmTopicName(names.api));
    this.dashboard = `arn:aws:cloudwatch::${account}:dashboard/${names.api}`;
    this.domainNames = `${apigateway}/domainnames`;
    const domainName = `${this.domainNames}/${customDomains.api?.name ?? ""}`;
    this.domainName = customDomains.api ? [domainName, `${domainName}/basepathmappings`, `${domainName}/basepathmappings/*`] : [];
    this.domainNameTags = customDomains.api ? [`${apigateway}/tags/${encodeURIComponent(domainName)}`] : [];
    this.#tags = { project: project.name, environment: environment.name, stack: KIND };
  }

  /** Condition keys and values that hold for what has the environment's tags. */
  tagged(): Tags {
    return this.#conditionKeys("aws:ResourceTag");
  }

  /** Condition keys and values that hold for a request that gives the environment's tags. */
  givenTags(): Tags {
    return this.#conditionKeys("aws:RequestTag");
  }

  #conditionKeys(prefix: string): Tags {
    return Object.fromEntries(Object.entries(this.#tags).map(([key, value]) => [`${prefix}/${key}`, value]));
  }
}
