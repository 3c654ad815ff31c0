/** What stands in several files says the same in all of them. */
import { execFileSync } from "node:child_process";
import { existsSync, readdirSync, readFileSync } from "node:fs";
import path from "node:path";
import ts from "typescript";
import solutionsConstructs from "../bench/aws-solutions-constructs/package.json";
import { environments } from "../config/environments";
import { checkNode } from "../local/prerequisites";
import packageJson from "../package.json";
import portability from "../portability/package.json";

interface RenovateRule {
  readonly description?: string;
  readonly matchFileNames?: readonly string[];
  readonly matchPackageNames: readonly string[];
}

const read = (file: string) => readFileSync(file, "utf8");
const tools = Object.fromEntries(
  read(".tool-versions")
    .trim()
    .split("\n")
    .map((line) => line.split(" ") as [string, string]),
);
const workflows = readdirSync(".github/workflows").map((file) => read(path.join(".github/workflows", file)));

test("the tool versions are those that the project runs on", () => {
  expect(Object.keys(tools)).toEqual(["nodejs", "terraform", "python"]);
  expect(checkNode(tools["nodejs"])).toMatchObject({ ok: true });
  expect(tools["nodejs"]!.split(".")[0]).toBe(read(".nvmrc").trim());
});

test("the dev container has the same tools, and forwards the emulator's ports", () => {
  const container = JSON.parse(read(".devcontainer/devcontainer.json")) as {
    image: string;
    features: Record<string, { version: string }>;
    forwardPorts: number[];
  };
  expect(container.image).toContain(`typescript-node:${tools["nodejs"]!.split(".")[0]}-`);
  expect(container.features["ghcr.io/devcontainers/features/terraform:1"]!.version).toBe(tools["terraform"]);
  const { port, loginPagesPort } = environments.local.emulator!;
  expect(container.forwardPorts).toEqual([port, loginPagesPort]);
});

test("the workflows use that Terraform, and actions by their commit", () => {
  const used = workflows.flatMap((workflow) =>
    [...workflow.matchAll(/uses: (\S+)(.*)/g)].map(([, action, comment]) => `${action}${comment}`),
  );
  expect(used.length).toBeGreaterThan(5);
  expect(used.filter((action) => !/^[\w-]+\/[\w-]+@[0-9a-f]{40} # v\d+\.\d+\.\d+$/.test(action))).toEqual([]);
  const terraform = workflows.flatMap((workflow) => [...workflow.matchAll(/terraform_version: (\S+)/g)].map(([, version]) => version));
  expect(new Set(terraform)).toEqual(new Set([tools["terraform"]]));
});

test("the dependencies are audited each week and before each release, as SECURITY.md says", () => {
  const audits = workflows.filter((workflow) => workflow.includes("- run: npm run audit\n"));
  expect(audits.filter((workflow) => /^ {2}schedule:\n {4}- cron: "\d+ \d+ \* \* \d"$/m.test(workflow))).toHaveLength(1);
  expect(audits.filter((workflow) => workflow.includes('tags: ["v*"]'))).toHaveLength(1);
  expect(read("SECURITY.md").replace(/\s+/g, " ")).toContain("run weekly and before each release");
});

test("each of Renovate's rules has a reason, and is about something that is there", () => {
  const { packageRules } = JSON.parse(read("renovate.json")) as { packageRules: RenovateRule[] };
  const inFile: Record<string, readonly string[]> = {
    "package.json": Object.keys({
      ...packageJson.dependencies,
      ...packageJson.devDependencies,
      ...packageJson.overrides,
      ...packageJson.engines,
    }),
    "portability/package.json": Object.keys(portability.dependencies),
    "bench/aws-solutions-constructs/package.json": Object.keys(solutionsConstructs.dependencies),
    "local/requirements.in": read("local/requirements.in").match(/^[\w-]+/gm) ?? [],
    "policy/requirements.txt": read("policy/requirements.txt").match(/^[\w-]+(?===)/gm) ?? [],
  };
  for (const { description, matchFileNames = Object.keys(inFile), matchPackageNames } of packageRules) {
    expect(description).toMatch(/\.$/);
    const names = matchPackageNames.map((name) => name.replace(/^!/, "")); // all but this one
    expect(matchFileNames.flatMap((file) => inFile[file] ?? [])).toEqual(expect.arrayContaining(names));
  }
});

test("code owners are named for what is there, once each, and for all that a job with a role of AWS runs", () => {
  const paths = read(".github/CODEOWNERS").match(/^\/\S+/gm)!;
  expect(paths).toEqual([...new Set(paths)].sort());
  expect(paths.filter((owned) => !existsSync(`.${owned}`))).toEqual([]);
  const deploying = new Set([path.resolve("ci", "deploy.ts")]);
  for (const file of deploying) {
    for (const { fileName } of ts.preProcessFile(read(file)).importedFiles) {
      const imported = [".ts", "/index.ts"].map((end) => path.resolve(path.dirname(file), fileName) + end).find(existsSync);
      if (imported) {
        deploying.add(imported);
      }
    }
  }
  const folders = [...deploying].map((file) => `/${path.relative(".", file).split(path.sep)[0]!}/`);
  expect(folders).toContain("/review/"); // imports are followed
  const others = ["/.github/", "/.npmrc", "/main.ts", "/package-lock.json", "/package.json", "/review/", "/stacks/", "/synth.mjs"];
  const settings = ["/cdktf.json", "/tsconfig.json"]; // the app command, and where tsx takes the paths of imports from
  expect(paths).toEqual(expect.arrayContaining([...others, ...settings, ...folders]));
});

test("the test files that start first are there", () => {
  const named = [...read("__tests__/support/longest-first.mjs").matchAll(/^ {2}"(\w+\/[\w-]+)",$/gm)].map(([, name]) => name!);
  expect(named.length).toBeGreaterThan(5);
  expect(named.filter((name) => !existsSync(`__tests__/${name}.test.ts`))).toEqual([]);
});

test("the SBOM has every direct dependency, with its version", () => {
  const sbom = execFileSync("npm", ["run", "--silent", "sbom"], {
    encoding: "utf8",
    maxBuffer: 64 << 20,
    stdio: ["ignore", "pipe", "ignore"],
  });
  const { bomFormat, components } = JSON.parse(sbom) as { bomFormat: string; components: { purl: string }[] };
  expect(bomFormat).toBe("CycloneDX");
  const purls = Object.entries({ ...packageJson.dependencies, ...packageJson.devDependencies }).map(
    ([name, version]) => `pkg:npm/${name.replace("@", "%40")}@${version}`,
  );
  expect(components.map(({ purl }) => purl)).toEqual(expect.arrayContaining(purls));
});
