import { TerraformOutput } from "cdktf";
import type { Construct } from "constructs";
import { Aspects } from "cdktf";
import type { Environment } from "../../config/environment";
import { EnvironmentStack } from "../environment-stack";
import { functionBoundaryArn, functionRoleName } from "../resource-names";
import { invokeUrl, LANDING_PAGE_PATH, loginPagesOrigin } from "./addresses";
import { BackendFunction } from "./backend-function";
import { EveryMethodIsAuthorized } from "./every-method-is-authorized";
import { LandingPage } from "./landing-page";
import { Refusals } from "./refusals";
import { RestApi } from "./rest-api";
import { SignInClient } from "./sign-in-client";
import { UserDirectory } from "./user-directory";

/** A Lambda behind API Gateway that only people signed in with Cognito can call: the tutorial's five steps, top to bottom. */
export class SecuredApiStack extends EnvironmentStack {
  constructor(scope: Construct, environment: Environment) {
    super(scope, "secured-api", environment);
    Aspects.of(this).add(new EveryMethodIsAuthorized());
    const { names } = environment;

    // Step 1: the function.
    const backend = new BackendFunction(this, "backend-function", {
      name: names.function,
      roleName: functionRoleName(environment),
      // The deploying role of GitHub Actions may make no other (stacks/github-access). A person who deploys has no need of it.
      permissionsBoundary: environment.github && functionBoundaryArn(environment),
      sourceFolder: "lambda-src",
      handler: "handler.lambda_handler",
      logRetentionDays: environment.logRetentionDays,
    });

    // Step 2: the REST API and its stage.
    const api = new RestApi(this, "api", {
      name: names.api,
      stage: environment.stage,
      throttling: environment.throttling,
      onEmulator: environment.emulator !== undefined,
    });
    const apiUrl = invokeUrl(api.api.id, environment);
    const landingPageUrl = `${apiUrl}${LANDING_PAGE_PATH}`;

    // Step 3: the user pool, its login pages and the app client.
    const users = new UserDirectory(this, "users", {
      name: names.userPool,
      domainPrefix: environment.signIn.domainPrefix,
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

    // Step 5: the page that the browser comes back to. The tokens are in the URL's fragment, which a browser never sends; the page puts
    // the access token into the header that the authorizer reads.
    api.addRoute({
      method: "GET",
      path: LANDING_PAGE_PATH,
      target: new LandingPage({ apiUrl, tokenHeader: environment.tokenHeader }),
      public: "The browser arrives here from the login pages, before it can send a token. The page holds no secret and no data.",
    });

    const outputs = {
      invoke_url: [apiUrl, "The API: GET with an access token in the token header runs the function"],
      landing_page_url: [landingPageUrl, "The page that ends the sign-in and shows the function's answer"],
      sign_in_url: [signIn.signInUrl, "The login page: open it in a browser"],
      sign_out_url: [signIn.signOutUrl, "Ends the login pages' session"],
      user_pool_id: [users.pool.id, "Id of the Cognito user pool"],
      user_pool_client_id: [signIn.client.id, "Id of the app client"],
      rest_api_id: [api.api.id, "Id of the REST API"],
      function_name: [backend.function.functionName, "Name of the Lambda function"],
    } as const;
    for (const [name, [value, description]] of Object.entries(outputs)) {
      new TerraformOutput(this, name, { value, description });
    }
  }
}
