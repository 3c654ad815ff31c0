import { readFileSync } from "node:fs";
import { architecture } from "../../docs/generate/architecture";
import { documents } from "../../docs/generate/documents";
import { sections, withSections } from "../../docs/generate/sections";
import { ARCHITECTURE_SVG, svg } from "../../docs/generate/svg";
import { synthesizedStack } from "../../docs/generate/synthesized-stack";
import { securedApi, synthesized } from "../support/synthesized";

let made: Awaited<ReturnType<typeof sections>>;
beforeAll(async () => {
  made = await sections();
});

test.each(documents())("the generated sections of %s are those of the code; npm run docs writes them", (file) => {
  const document = readFileSync(file, "utf8");
  expect(withSections(document, made)).toBe(document);
});

test("the README has the picture and both tables", () => {
  const readme = readFileSync("README.md", "utf8");
  expect([...readme.matchAll(/<!-- begin (\S+) -->/g)].map(([, name]) => name)).toEqual(["architecture", "settings", "outputs"]);
});

test("the SVG is the same picture", async () => {
  expect(readFileSync(ARCHITECTURE_SVG, "utf8")).toBe(await svg(architecture(synthesizedStack())));
});

test("the picture shows who guards the route, and what answers it", () => {
  expect(made["architecture"]).toMatch(/(n\d+)\["Authorizer Authorizerdemo"\][^]*(n\d+)\["GET \/"\][^]*\2 -->\|"scope email"\| \1/);
  expect(made["architecture"]).toMatch(/(n\d+)\["Lambda function<br>testing"\][^]*(n\d+)\["GET \/"\][^]*\2 -->\|"4 · runs"\| \1/);
});

test("the picture tells a public route from the way back of the sign-in, whatever answers it", () => {
  const stack = securedApi();
  stack.api.addRoute({ method: "GET", path: "/pinged", target: stack.backend, public: "For the load balancer." });
  const { nodes, edges } = architecture(synthesized(stack));
  const edgesOf = (route: string) => {
    const id = nodes.find(({ lines }) => lines[0] === route)!.id;
    return edges.filter(({ from, to }) => from === id || to === id).map(({ lines }) => lines.join());
  };
  expect(edgesOf("GET /pinged")).toEqual(["public", "runs"]);
  expect(edgesOf("GET /signed-in")).toEqual(["2 · back with the tokens", ""]);
  expect(edgesOf("GET /")).toEqual(["3 · Token: access token", "scope email", "4 · runs"]);
});

test("a section that no code makes, or that does not end, is an error", () => {
  expect(() => withSections("<!-- begin nothing --><!-- end nothing -->", made)).toThrow('The section "nothing" is made by no code.');
  expect(() => withSections("<!-- begin outputs -->", made)).toThrow('The section "outputs" has no <!-- end outputs -->.');
});
