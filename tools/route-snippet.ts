import { App } from "cdktf";
import { environments } from "../config/environments";
import { UserError } from "../config/user-error";
import { SecuredApiStack } from "../stacks/secured-api";

/** A route as a person names it on a command line. */
export interface WantedRoute {
  readonly method: string;
  readonly path: string;
  /** OAuth scopes, one of which the access token must carry. */
  readonly scopes: readonly string[];
  /** Why everybody may call the route. */
  readonly public: string | undefined;
}

/**
 * The line of code that adds a route to the stack, tried out on the stack as it is.
 *
 * @throws UserError when the stack, or API Gateway, would refuse the route, or no access token would ever open it
 */
export function routeSnippet({ method, path, scopes, public: reason }: WantedRoute): string {
  if (scopes.length > 0 === (reason !== undefined)) {
    throw new UserError(
      'A route has either scopes or a reason to be public: give --scope <scope> or --public "<why everybody may call it>".',
    );
  }
  const { api, backend, users } = new SecuredApiStack(new App({ stackTraces: false }), environments.local);
  const route = { method, path, target: backend, ...(reason === undefined ? { scopes } : { public: reason }) };
  api.addRoute(route as Parameters<typeof api.addRoute>[0]); // whether it really is one, the stack says
  const standard = Object.values(environments).flatMap(({ signIn }) => signIn.scopes);
  const issued = new Set<string>([...standard, ...users.resourceServers.flatMap(({ names }) => names)]);
  const never = scopes.find((scope) => !issued.has(scope));
  if (never !== undefined) {
    throw new UserError(
      `The scope is "${never}": no environment's app client may ask for it, so no access token would open the route. Use one of ` +
        `${[...issued].join(", ")}, or add it to signIn.scopes in config/environments.ts.`,
    );
  }
  const access = reason === undefined ? `scopes: ${list(scopes)}` : `public: ${JSON.stringify(reason)}`;
  return `api.addRoute({ method: "${method}", path: "${path}", target: backend, ${access} });`;
}

function list(scopes: readonly string[]): string {
  return `[${scopes.map((scope) => JSON.stringify(scope)).join(", ")}]`;
}
