import { mkdtempSync, readFileSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import path from "node:path";
import { buildPage } from "../../../../stacks/secured-api/landing-page/built-page";
import { refuseOversize, refuseSpecialsInSetting } from "../../../../stacks/secured-api/landing-page/gateway-template";
import { UserError } from "../../../../config/user-error";
import { securedApi } from "../../../support/synthesized";

const PAGE = '<link rel="stylesheet" href="page.css" />\n<script src="page.ts"></script>\n';

/** A page with these sources, built. */
function built(sources: Record<string, string>) {
  const folder = mkdtempSync(path.join(tmpdir(), "page-"));
  for (const [name, text] of Object.entries({
    "page.html": PAGE,
    "page.css": "p { margin: 0; }\n",
    "page.ts": "self.name = 'a';\n",
    ...sources,
  })) {
    writeFileSync(path.join(folder, name), text);
  }
  return buildPage(folder);
}

test.each<[string, Record<string, string>, string]>([
  ["a colour in hexadecimal", { "page.css": "p {\n  color: #fff;\n}\n" }, 'page.css:2:10: the page must not contain "#"'],
  ["a numeric character reference", { "page.html": `${PAGE}<p>&#39;</p>\n` }, 'page.html:3:5: the page must not contain "#"'],
  ["a link to a fragment", { "page.html": '<a href="#top">' }, 'page.html:1:10: the page must not contain "#"'],
  ["a price", { "page.html": "<p>5 $</p>" }, 'page.html:1:6: the page must not contain "$"'],
  ["a Terraform expression", { "page.html": "<p>${path.module}</p>" }, 'page.html:1:4: the page must not contain "$"'],
  ["a Terraform directive", { "page.html": "<p>%{ if true }</p>" }, 'page.html:1:4: the page must not contain "%{"'],
  ["a # in a string of the script", { "page.ts": "\nself.name = 'a#b';\n" }, 'page.ts:2:13: the page must not contain "#"'],
  [
    "a $ in a regular expression",
    { "page.ts": "\n\n  self.name = String(/a$/.test(self.name));\n" },
    'page.ts:3:22: the page must not contain "$"',
  ],
  [
    "a name with $",
    { "page.ts": "const $name = self.name + 1;\nself.name = $name + $name;\n" },
    'page.ts:1:7: the page must not contain "$"',
  ],
  [
    "a $ in a module",
    { "page.ts": 'import "./other";\n', "other.ts": "\nself.name = '$';\n" },
    'other.ts:2:13: the page must not contain "$"',
  ],
])("synth stops at %s, with line and column", (_, sources, message) => {
  expect(() => built(sources)).toThrow(UserError);
  expect(() => built(sources)).toThrow(message);
});

test("a template literal and a comment do not reach the page", () => {
  const { html } = built({ "page.ts": "// 5 $ #\nself.name = `a${self.name}b`;\n" });
  expect(html).toContain('"a".concat(self.name,"b")');
});

test("a script that does not compile is a person's mistake", () => {
  expect(() => built({ "page.ts": "self.name = ;\n" })).toThrow(
    /^.*page\.ts: esbuild could not build it:\n[^]*Unexpected ";"[^]*page\.ts:1:12/,
  );
});

test("the page holds all of its style and script, and asks for no file", () => {
  const { html } = buildPage();
  expect(html).toContain(readFileSync("stacks/secured-api/landing-page/page/page.css", "utf8"));
  expect(html).not.toMatch(/<link|src=|@import|url\(/);
});

test("a page that is larger than the gateway takes stops synth", () => {
  expect(() => {
    refuseOversize("page", "a".repeat(290 * 1024));
  }).not.toThrow();
  expect(() => {
    refuseOversize("page", "é".repeat(150 * 1024));
  }).toThrow("page: the page has 307200 bytes, and API Gateway takes 300 KB");
});

describe("a setting that the page shows", () => {
  test.each(["a#b", "5$", "%{if}"])("may not be %j", (value) => {
    expect(() => {
      refuseSpecialsInSetting("scope", value);
    }).toThrow(UserError);
  });

  test("may hold a Terraform expression, but not beside a special character", () => {
    const id = securedApi().node.findChild("api").node.findChild("rest-api") as unknown as { readonly id: string };
    expect(() => {
      refuseSpecialsInSetting("apiUrl", `https://${id.id}.example/demo`);
    }).not.toThrow();
    expect(() => {
      refuseSpecialsInSetting("apiUrl", `https://${id.id}.example/#demo`);
    }).toThrow('must not contain "#"');
  });
});
