/** The app that bench/routes.ts measures: the tutorial's API and ROUTES routes beside it, four to each path. */
import { App } from "cdktf";
import { loadEnvironments } from "../config/load-environments";
import { SecuredApiStack } from "../stacks/secured-api";

const METHODS = ["GET", "POST", "PUT", "DELETE"] as const;

const { bench } = loadEnvironments({ bench: { account: "111111111111", region: "eu-central-1", resourceQuota: 10_000 } });
const app = new App();
const stack = new SecuredApiStack(app, bench);
const { read, write } = stack.users.addResourceServer({ identifier: "orders", scopes: { read: "Read", write: "Write" } }).scopes;
for (let index = 0; index < Number(process.env["ROUTES"]); index++) {
  const method = METHODS[index % METHODS.length] ?? "GET";
  const path = `/area-${Math.floor(index / 40)}/{id}/part-${Math.floor(index / 4)}`;
  stack.api.addRoute({ method, path, target: stack.backend, scopes: [method === "GET" ? read : write] });
}
app.synth();
