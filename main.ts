import { App } from "cdktf";
import { environments } from "./config/environments";
import { ApiGatewayAccountStack } from "./stacks/api-gateway-account";
import { githubAccess } from "./stacks/github-access";
import { SecuredApiStack } from "./stacks/secured-api";

const app = new App();
new SecuredApiStack(app, environments.local);
new SecuredApiStack(app, environments.dev);
new SecuredApiStack(app, environments.prod);
new ApiGatewayAccountStack(app, environments.prod);
githubAccess(app, environments.dev);
githubAccess(app, environments.prod);
app.synth();
