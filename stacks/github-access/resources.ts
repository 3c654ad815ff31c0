import type { Environment } from "../../config/environment";
import { project } from "../../config/project";
import { stateBucketName } from "../environment-stack";
import { functionBoundaryArn, functionLogGroupName, functionRoleName } from "../resource-names";

type Tags = Readonly<Record<string, string>>;

/**
 * What the roles may touch: the resources of one environment, by the names in the configuration.
 *
 * API Gateway and Cognito make up the ids of APIs and user pools, so their ARNs are not known before they exist: there the tags decide,
 * which every resource of the environment has by default (stacks/environment-stack.ts). All resources below an API count as having its tags.
 *
 * @see https://docs.aws.amazon.com/apigateway/latest/developerguide/apigateway-tagging-supported-resources.html
 */
export class Resources {
  readonly function: string;
  readonly functionRole: string;
  readonly functionBoundary: string;
  readonly logGroup: string;
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
  /** The KMS keys of the account: to be used with {@link stateKeyAlias}. */
  readonly anyKmsKey: string;
  readonly stateKeyAlias: string;

  readonly #tags: Tags;

  constructor(environment: Environment) {
    const { account, region, names } = environment;
    const apigateway = `arn:aws:apigateway:${region}::`;
    const bucket = stateBucketName(environment);
    this.function = `arn:aws:lambda:${region}:${account}:function:${names.function}`;
    this.functionRole = `arn:aws:iam::${account}:role/${functionRoleName(environment.names.function, region)}`;
    this.functionBoundary = functionBoundaryArn(environment);
    this.logGroup = `arn:aws:logs:${region}:${account}:log-group:${functionLogGroupName(environment.names.function)}`;
    this.anyLogGroup = `arn:aws:logs:${region}:${account}:log-group:*`;
    this.apis = `${apigateway}/restapis`;
    this.anyApi = `${apigateway}/restapis/*`;
    this.anyApiTags = `${apigateway}/tags/${encodeURIComponent(`${apigateway}/restapis/`)}*`;
    this.anyUserPool = `arn:aws:cognito-idp:${region}:${account}:userpool/*`;
    this.stateBucket = `arn:aws:s3:::${bucket}`;
    this.stateKey = `${environment.name}/secured-api.tfstate`;
    this.lockKey = `${this.stateKey}.tflock`;
    this.anyKmsKey = `arn:aws:kms:${region}:${account}:key/*`;
    this.stateKeyAlias = `alias/${bucket}`;
    this.#tags = { project: project.name, environment: environment.name };
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
