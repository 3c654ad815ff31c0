import { App } from "cdktf";
import { environments } from "./config/environments";
import { ApiGatewayAccountStack } from "./stacks/api-gateway-account";
import { githubAccess } from "./stacks/github-access";
import { SecuredApiStack } from "./stacks/secured-api";
import { StateBackendStack } from "./stacks/state-backend";

export const app = new App();

// One for each account and Region: environments that share them share the bucket.
new StateBackendStack(app, environments.local);
new StateBackendStack(app, environments.dev);
new StateBackendStack(app, environments.prod);

new SecuredApiStack(app, environments.local);
new SecuredApiStack(app, environments.dev);
new SecuredApiStack(app, environments.prod);
new ApiGatewayAccountStack(app, environments.prod);
githubAccess(app, environments.dev);
githubAccess(app, environments.prod);

app.synth();
