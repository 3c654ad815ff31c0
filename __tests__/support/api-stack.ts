import { ApiGatewayIntegration } from "@cdktf/provider-aws/lib/api-gateway-integration";
import { AwsProvider } from "@cdktf/provider-aws/lib/provider";
import { App, Aspects, TerraformStack, Testing } from "cdktf";
import { usersSchema } from "../../config/users";
import { EveryMethodIsAuthorized } from "../../stacks/secured-api/every-method-is-authorized";
import { RestApi, type RestApiProps } from "../../stacks/secured-api/rest-api";
import type { RouteTarget } from "../../stacks/secured-api/route";
import { UserDirectory } from "../../stacks/secured-api/user-directory";
import type { TerraformJson } from "./synthesized";

/** What every route here is answered by: the least integration that API Gateway takes. */
export const TARGET: RouteTarget = {
  integrate: ({ scope, api, method: { resourceId, httpMethod } }) => {
    new ApiGatewayIntegration(scope, "integration", { restApiId: api.id, resourceId, httpMethod, type: "MOCK" });
  },
};

/** A stack with nothing but an API and its users, held to {@link EveryMethodIsAuthorized}. */
export class ApiStack extends TerraformStack {
  readonly api: RestApi;
  readonly users: UserDirectory;

  constructor(props: Partial<RestApiProps> = {}) {
    super(Testing.stubVersion(new App({ stackTraces: false, outdir: Testing.app().outdir })), "test");
    new AwsProvider(this, "aws", { region: "eu-central-1" });
    Aspects.of(this).add(new EveryMethodIsAuthorized());
    this.users = new UserDirectory(this, "users", {
      name: "users",
      domainPrefix: undefined,
      settings: usersSchema.parse({}),
      deletionProtection: false,
    });
    this.api = this.addApi("api", props);
  }

  /** A further API, with a stage of its own. */
  addApi(id: string, props: Partial<RestApiProps> = {}): RestApi {
    return new RestApi(this, id, { name: id, stage: "demo", throttling: { requestsPerSecond: 1, burst: 1 }, onEmulator: false, ...props });
  }

  /** Makes the users the only ones that the API answers. */
  secured(): this {
    this.api.secureWith(this.users, { name: "authorizer", tokenHeader: "Token" });
    return this;
  }

  /** Adds to that a route that says so. */
  withAuthorizedRoute() {
    this.secured();
    return this.api.addRoute({ method: "GET", path: "/", target: TARGET, scopes: ["email"] });
  }

  /** Adds a route that everybody may call. */
  withPublicRoute(): this {
    this.api.addRoute({ method: "GET", path: "/", target: TARGET, public: "It is the front page." });
    return this;
  }

  /** The stack's JSON, as an app would write it: Aspects run. */
  synthesized(): TerraformJson {
    return JSON.parse(Testing.synth(this, true)) as TerraformJson;
  }
}
