/** `npm run new-route`: the line of code for a route, checked before it is pasted. */
import { parseArgs } from "node:util";
import { ArgumentError, runCommand } from "../local/command";
import { routeSnippet } from "./route-snippet";

const HELP = `npm run new-route -- <method> <path> --scope <scope> [--scope <scope>]
npm run new-route -- <method> <path> --public "<why everybody may call it>"

Prints the line that adds a route to stacks/secured-api/index.ts, answered by the function there is. Tries it out on the stack, and
changes nothing.

  --scope <scope>  an OAuth scope that opens the route; with more than one, any of them does
  --public <why>   the route answers everybody, for this reason
  --help           show this

For example: npm run new-route -- GET '/orders/{id}' --scope email`;

void runCommand(HELP, (args) => {
  const { values, positionals } = parseArgs({
    args,
    allowPositionals: true,
    options: { scope: { type: "string", multiple: true, default: [] }, public: { type: "string" } },
  });
  const [method, path, ...more] = positionals;
  if (method === undefined || path === undefined || more.length > 0) {
    throw new ArgumentError(`A route is a method and a path, got ${positionals.length} words.`);
  }
  const wanted = { method: method.toUpperCase(), path, scopes: values.scope, public: values.public };
  console.log(`In stacks/secured-api/index.ts, below the routes that are there:\n\n    ${routeSnippet(wanted)}`);
  if (wanted.public !== undefined) {
    console.log(
      `\nIn review/guard/public-routes.ts, without which the review lets no public route through:\n\n    "${wanted.method} ${path}"`,
    );
  }
  return Promise.resolve();
});
