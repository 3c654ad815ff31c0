/** The app that is measured by its number of routes: the tutorial's API on the emulator, and ROUTES routes beside its own. */
import { App } from "cdktf";
import { environments } from "../config/environments";
import { SecuredApiStack } from "../stacks/secured-api";
import { benchRoutes, SCOPE } from "./routes";

const app = new App();
const stack = new SecuredApiStack(app, { ...environments.local, resourceQuota: 10_000 });
for (const { method, path } of benchRoutes(Number(process.env["ROUTES"]))) {
  stack.api.addRoute({ method, path, target: stack.backend, scopes: [SCOPE] });
}
app.synth();
