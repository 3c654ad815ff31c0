import { TerraformOutput } from "cdktf";
import type { Construct } from "constructs";
import { Aspects } from "cdktf";
import type { Environment } from "../../config/environment";
import { EnvironmentStack } from "../environment-stack";
import { functionBoundary } from "../function-boundary";
import { functionBoundaryArn, functionLogGroupName, furtherFunctionName } from "../resource-names";
import { skipChecks } from "../skip-check";
import { invokeUrl, LANDING_PAGE_PATH, loginPagesOrigin } from "./addresses";
import { BackendFunction, type BackendFunctionProps } from "./backend-function";
import { CustomDomain } from "./custom-domain";
import { EveryMethodIsAuthorized } from "./every-method-is-authorized";
import { Firewall } from "./firewall";
import { LandingPage } from "./landing-page";
import { Observability } from "./observability";
import { Refusals } from "./refusals";
import { RestApi } from "./rest-api";
import { SignInClient } from "./sign-in-client";
import { TemplatesAreVelocitySafe } from "./templates-are-velocity-safe";
import { UserDirectory } from "./user-directory";

export { notSecret, secret } from "./function-environment";

/** What a further function says of itself; the rest is the environment's. */
export type FurtherFunctionProps = Omit<
  BackendFunctionProps,
  "name" | "region" | "account" | "logRetentionDays" | "encryptionKeyArn" | "permissionsBoundary"
>;

/** A Lambda behind API Gateway that only people signed in with Cognito can call: the tutorial's five steps, top to bottom. */
export class SecuredApiStack extends EnvironmentStack {
  /** What to add routes, functions and scopes to: see docs/routes.md. */
  readonly backend: BackendFunction;
  readonly api: RestApi;
  readonly users: UserDirectory;
  readonly #observability: Observability;

  constructor(
    scope: Construct,
    private readonly environment: Environment,
  ) {
    super(scope, "secured-api", environment);
    Aspects.of(this).add(new EveryMethodIsAuthorized());
    Aspects.of(this).add(new TemplatesAreVelocitySafe());
    const { names } = environment;
    const observability = new Observability(this, "observability", environment);
    this.#observability = observability;

    // Step 1: the function.
    const backend = new BackendFunction(this, "backend-function", {
      ...this.#ofEveryFunction(names.function),
      sourceFolder: "lambda-src",
      handler: "handler.lambda_handler",
    });

    // Step 2: the REST API and its stage.
    const api = new RestApi(this, "api", {
      name: names.api,
      stage: environment.stage,
      throttling: environment.throttling,
      observability,
      ownHostName: environment.customDomains.api !== undefined,
      onEmulator: environment.emulator !== undefined,
      allowedOrigin: environment.allowedOrigin,
      binaryMediaTypes: environment.binaryMediaTypes,
      resourceQuota: environment.resourceQuota,
    });
    const apiUrl = invokeUrl(api.api.id, environment);
    const landingPageUrl = `${apiUrl}${LANDING_PAGE_PATH}`;

    // Step 3: the user pool, its login pages and the app client.
    const users = new UserDirectory(this, "users", {
      name: names.userPool,
      domainPrefix: environment.signIn.domainPrefix,
      customDomain: environment.customDomains.loginPages,
      settings: environment.users,
      deletionProtection: !environment.throwAway,
    });
    const signIn = new SignInClient(this, "sign-in", {
      users,
      name: names.userPool,
      loginPages: loginPagesOrigin(users.domain.domain, environment),
      landingPageUrl,
      furtherCallbackUrls: [apiUrl, ...environment.signIn.callbackUrls],
      settings: environment.signIn,
    });

    // Step 4: the authorizer, and the route that it guards.
    api.secureWith(users, { name: names.authorizer, tokenHeader: environment.tokenHeader });
    api.addRoute({ method: "GET", path: "/", target: backend, scopes: ["email"] });
    new Refusals(this, "refusals", { api, signInUrl: signIn.signInUrl });

    // Step 5: the page that the browser comes back to. What it brings is in the URL's fragment, which a browser never sends, or is a code
    // for a token; the page puts the access token into the header that the authorizer reads.
    api.addRoute({
      method: "GET",
      path: LANDING_PAGE_PATH,
      target: new LandingPage({ apiUrl, tokenHeader: environment.tokenHeader, signIn }),
      public: "The browser arrives here from the login pages, before it can send a token. The page holds no secret and no data.",
    });

    // Beyond the tutorial, as far as the environment asks for it.
    observability.watchFunction({ functionName: names.function });
    if (environment.firewall) {
      new Firewall(this, "firewall", {
        name: names.api,
        ...environment.firewall,
        protects: { stage: api.stage.arn, "user-pool": users.pool.arn },
      });
      skipChecks(api.stage, {
        CKV2_AWS_77:
          "The rules against Log4j are on (AWSManagedRulesKnownBadInputsRuleSet). It also asks for AWSManagedRulesAnonymousIpList, which " +
          "refuses everybody who comes through a VPN.",
      });
    } else {
      skipChecks(api.stage, { CKV2_AWS_29: "The environment's choice, firewall: AWS WAF has a monthly price." });
    }
    const { api: apiDomain, loginPages: loginPagesDomain } = environment.customDomains;
    const customDomain = apiDomain && new CustomDomain(this, "custom-domain", { api, ...apiDomain });
    this.backend = backend;
    this.api = api;
    this.users = users;

    const outputs: Record<string, readonly [value: string, description: string]> = {
      invoke_url: [apiUrl, "The API: GET with an access token in the token header runs the function"],
      landing_page_url: [landingPageUrl, "The page that ends the sign-in and shows the function's answer"],
      sign_in_url: [signIn.signInUrl, "The login page: open it in a browser"],
      sign_out_url: [signIn.signOutUrl, "Ends the login pages' session"],
      user_pool_id: [users.pool.id, "Id of the Cognito user pool"],
      user_pool_client_id: [signIn.client.id, "Id of the app client"],
      rest_api_id: [api.api.id, "Id of the REST API"],
      function_name: [backend.function.functionName, "Name of the Lambda function"],
      ...(customDomain && { api_dns_target: [customDomain.target, "What the DNS record of the API's host name points to"] }),
      ...(loginPagesDomain && {
        login_pages_dns_target: [users.domain.cloudfrontDistribution, "What the DNS record of the login pages' host name points to"],
      }),
    };
    for (const [name, [value, description]] of Object.entries(outputs)) {
      new TerraformOutput(this, name, { value, description });
    }
  }

  /** What all functions of this environment have in common. */
  #ofEveryFunction(name: string) {
    const { region, account, logRetentionDays, allowedOrigin } = this.environment;
    return {
      name,
      region,
      account,
      logRetentionDays,
      tracing: this.#observability.tracing,
      encryptionKeyArn: this.#observability.encryptionKeyArnFor(functionLogGroupName(name)),
      // The deploying role of GitHub Actions may make no role without it (stacks/github-access). A person who deploys has no need of it.
      permissionsBoundary: this.environment.github && {
        arn: functionBoundaryArn(this.environment),
        statements: functionBoundary(this.environment),
      },
      // The gateway cannot add a header to a function's own answer: the function must, and learns here which.
      environment: allowedOrigin === undefined ? {} : { ALLOWED_ORIGIN: allowedOrigin },
    };
  }

  /**
   * Adds a function with what the functions of this environment have in common: its log, its traces, its alarms.
   *
   * @param name unique in the stack; the function is named `<names.function>-<name>`
   */
  addFunction(name: string, props: FurtherFunctionProps): BackendFunction {
    const common = this.#ofEveryFunction(furtherFunctionName(this.environment.names.function, name));
    const reservesConcurrency = props.reservedConcurrency !== undefined;
    this.#observability.watchFunction({ functionName: common.name, name, reservesConcurrency });
    return new BackendFunction(this, `${name}-function`, {
      ...common,
      ...props,
      environment: { ...common.environment, ...props.environment },
    });
  }
}
