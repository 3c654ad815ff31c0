/** The page of the optional settings says something of each, and of none that does not exist. */
import { readFileSync } from "node:fs";
import { environments } from "../../config/environments";
import { settings } from "../../docs/generate/settings-table";

/** The settings that cost something or need something, by what their names begin with. */
const ON_THE_PAGE = /^(?:observability|firewall|throttling|users|customDomains)\.|^logRetentionDays$/;

const page = readFileSync("docs/settings.md", "utf8");
/** The cells of each row, the setting's name first. */
const rows = [...page.matchAll(/^\| `([\w.]+)` \|(.*)\|$/gm)].map(([, name = "", cells = ""]) => ({
  name,
  cells: cells.split(" | ").map((cell) => cell.trim()),
}));

test("each setting of these groups has a row, and each row is a setting", () => {
  const expected = settings().map(({ name }) => name);
  expect(expected.filter((name) => ON_THE_PAGE.test(name)).length).toBeGreaterThan(20);
  expect(rows.map(({ name }) => name).sort()).toEqual(expected.filter((name) => ON_THE_PAGE.test(name)).sort());
});

test.each(rows)("$name: what it gives, what it costs, its default and the reason, what it needs", ({ cells }) => {
  expect(cells).toHaveLength(4);
  for (const cell of cells) {
    expect(cell).not.toBe("");
  }
});

test.each(settings().filter(({ name }) => ON_THE_PAGE.test(name)))("the default of $name is the schema's", ({ name, fallback }) => {
  const { cells } = rows.find((row) => row.name === name)!;
  const said = fallback.startsWith("**required**") ? "required" : fallback === "–" ? "none" : fallback.replaceAll('"', "");
  expect(cells[2]).toMatch(new RegExp(`^${said.replace(/[[\]]/g, "\\$&")}: `));
});

test("what prod has on is what the page says of it", () => {
  const [, said = ""] = /^`prod` has on: (.*)\.$/m.exec(page) ?? [];
  const { observability, firewall } = environments.prod;
  const on = Object.entries(observability).flatMap(([name, value]) =>
    value === true || value === "ERROR" ? [`\`observability.${name}\``] : [],
  );
  expect(said.split(", ").sort()).toEqual([...on, ...(firewall ? ["`firewall`"] : [])].sort());
});

test("the prices say where they are from and when they were read", () => {
  expect(page).toMatch(/^Prices: .*us-east-1.*read on \d{4}-\d\d-\d\d/m);
  for (const service of ["cloudwatch", "xray", "kms", "waf", "cognito", "ses", "sns", "api-gateway"]) {
    expect(page).toContain(`https://aws.amazon.com/${service}/pricing/`);
  }
});
