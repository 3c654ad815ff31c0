import { execFileSync, spawnSync } from "node:child_process";
import { readFileSync, rmSync, writeFileSync } from "node:fs";
import path from "node:path";
import { routeSnippet, type WantedRoute } from "../../tools/route-snippet";
import { copyProject } from "../support/project-copy";

// Paths that no stack has.
const wanted: WantedRoute = { method: "GET", path: "/tried-out/{id}", scopes: ["email"], public: undefined };
const open: WantedRoute = { ...wanted, path: "/tried-out-by-all", scopes: [], public: 'The load balancer\'s "ping" has no token.' };
const newRoute = (...args: string[]) => spawnSync("npm", ["run", "--silent", "new-route", "--", ...args], { encoding: "utf8" });

test.each<[string, Partial<WantedRoute>, string]>([
  [
    "a method that HTTP does not have",
    { method: "FETCH" },
    "The route FETCH /tried-out/{id} has a method that API Gateway does not know: it takes ANY, GET",
  ],
  ["a path without a slash", { path: "tried-out" }, 'The route\'s path "tried-out" is not one that API Gateway takes'],
  ["neither scope nor reason", { scopes: [] }, "A route has either scopes or a reason to be public"],
  ["both", { public: "for all" }, "A route has either scopes or a reason to be public"],
  ["an empty reason", { scopes: [], public: " " }, "The route GET /tried-out/{id} is public without a reason"],
  ["a route that is there", { path: "/" }, "The route GET / exists already"],
  ["a scope that nobody declared", { scopes: ["tried-out/read"] }, 'requires the scope "tried-out/read", which no token can carry'],
  ["a scope that nobody gets", { scopes: ["email", "phone"] }, 'The scope is "phone": no environment\'s app client may ask for it'],
])("%s is refused", (_, change, message) => {
  expect(() => routeSnippet({ ...wanted, ...change })).toThrow(message);
});

test("the lines compile where the command says, and make a route each", () => {
  const copy = copyProject("new-route");
  const stack = path.join(copy, "stacks", "secured-api", "index.ts");
  const marker = 'path: "/", target: backend, scopes: ["email"] });\n';
  const before = readFileSync(stack, "utf8");
  expect(before.split(marker)).toHaveLength(2);
  writeFileSync(
    stack,
    before.replace(marker, () => `${marker}${routeSnippet(wanted)}\n${routeSnippet(open)}\n`),
  );

  execFileSync(process.execPath, [path.join("node_modules", "typescript", "bin", "tsc"), "--noEmit"], { cwd: copy });
  execFileSync(process.execPath, ["synth.mjs"], { cwd: copy });
  const json = readFileSync(path.join(copy, "cdktf.out", "stacks", "secured-api-dev", "cdk.tf.json"), "utf8");
  const { resource } = JSON.parse(json) as { resource: { aws_api_gateway_resource: Record<string, { path_part: string }> } };
  expect(Object.values(resource.aws_api_gateway_resource).map(({ path_part }) => path_part)).toEqual(
    expect.arrayContaining(["tried-out", "{id}", "tried-out-by-all"]),
  );
  rmSync(path.dirname(copy), { recursive: true });
});

test("the command prints the line, and where it goes", () => {
  const { stdout, status } = newRoute("get", "/tried-out/{id}", "--scope", "email");
  expect(stdout).toBe(`In stacks/secured-api/index.ts, below the routes that are there:\n\n    ${routeSnippet(wanted)}\n`);
  expect(status).toBe(0);
});

test("for a public route it names the list of the review, too", () => {
  const { stdout, status } = newRoute("GET", "/tried-out-by-all", "--public", "The load balancer has no token.");
  expect(stdout).toMatch(
    /public: "The load balancer has no token\." \}\);\n\nIn review\/guard\/public-routes\.ts.*\n\n {4}"GET \/tried-out-by-all"\n$/,
  );
  expect(status).toBe(0);
});

test.each([
  ["no path", ["GET"], 2, "A route is a method and a path"],
  ["an unknown option", ["GET", "/", "--scop", "email"], 2, "Unknown option '--scop'"],
])("with %s it says what is wrong, without a stack trace", (_, args, code, message) => {
  const { stderr, status } = newRoute(...args);
  expect(stderr).toContain(message);
  expect(stderr).not.toMatch(/^\s+at /m);
  expect(status).toBe(code);
});
