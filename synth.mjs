/**
 * The app command of cdktf.json: bundles main.ts and runs it in this process.
 *
 * The cdktf template's own command, ts-node, checks types on every synth and loads the libraries file by file, which takes more than ten
 * times as long (`npm run bench`). Here types are checked by `npm test`, and the libraries are bundled and compiled once for each lock
 * file: what a synth builds anew is the project's own code.
 */
import { execFileSync } from "node:child_process";
import { createHash } from "node:crypto";
import { existsSync, mkdirSync, readFileSync, renameSync, rmSync, writeFileSync } from "node:fs";
import { createRequire, isBuiltin } from "node:module";
import path from "node:path";
import { fileURLToPath } from "node:url";
import v8 from "node:v8";
import vm from "node:vm";

// A short run gains little from a large nursery: a small one keeps the process below 90 MiB.
v8.setFlagsFromString("--max-semi-space-size=4");
v8.setFlagsFromString("--semi-space-growth-factor=1");

const ROOT = path.dirname(fileURLToPath(import.meta.url));
const CACHE = path.join(ROOT, ".build");
const ENTRY = process.argv[2] ?? "main.ts"; // another only to measure: bench/routes-app.ts
const requireFromRoot = createRequire(import.meta.url);
const verbose = Boolean(process.env.VERBOSE);

// esbuild's program, called as such: its JavaScript interface would take longer to load than the program to run.
const ESBUILD = requireFromRoot.resolve("esbuild/bin/esbuild");
const BUNDLE = ["--bundle", "--platform=node", "--format=cjs", "--target=node20", "--log-level=warning"];

/** Runs esbuild in the project's root. It prints what is wrong with the code itself, with file and line. */
function esbuild(args, input = "") {
  try {
    execFileSync(ESBUILD, [...BUNDLE, ...args], { cwd: ROOT, input, stdio: ["pipe", "inherit", "inherit"] });
  } catch (error) {
    throw Object.assign(new Error("esbuild could not bundle the app", { cause: error }), { printed: true });
  }
}

/** The project's own code, and the names of the library modules that it imports. */
function bundleApp() {
  const file = path.join(CACHE, `app-${process.pid}.cjs`);
  const metafile = `${file}.json`;
  esbuild([ENTRY, `--outfile=${file}`, "--packages=external", "--sourcemap=inline", "--sources-content=false", `--metafile=${metafile}`]);
  const code = readFileSync(file, "utf8");
  const { outputs } = JSON.parse(readFileSync(metafile, "utf8"));
  rmSync(file);
  rmSync(metafile);
  const imports = Object.values(outputs).flatMap((output) => output.imports.map((imported) => imported.path));
  return { code, libraries: [...new Set(imports)].filter((name) => !isBuiltin(name)).sort() };
}

/** A script that yields a function from a module's name to the module, bundled from node_modules or taken from the cache. */
function loadLibraries(names) {
  const key = createHash("sha256")
    .update(JSON.stringify([names, readFileSync(path.join(ROOT, "package-lock.json"), "utf8"), process.version]))
    .digest("hex")
    .slice(0, 16);
  const bundle = path.join(CACHE, `libraries-${key}.cjs`);
  const compiled = path.join(CACHE, `libraries-${key}.bin`);

  if (!existsSync(bundle)) {
    const entry = names.map((name) => `case ${JSON.stringify(name)}: return require(${JSON.stringify(name)});`).join("\n");
    const temporary = `${bundle}.${process.pid}`;
    esbuild(
      ["--minify-whitespace", "--minify-syntax", `--outfile=${temporary}`],
      `module.exports = (name) => { switch (name) {\n${entry}\n} };`,
    );
    renameSync(temporary, bundle);
  }
  const cachedData = existsSync(compiled) ? readFileSync(compiled) : undefined;
  const script = new vm.Script(`(function (module, require) {${readFileSync(bundle, "utf8")}\n})`, { filename: bundle, cachedData });
  const module = { exports: undefined };
  script.runInThisContext()(module, requireFromRoot);
  return {
    library: module.exports,
    /** Keeps what V8 compiled by the end of the run for the next one. */
    keepCompiled: () => {
      if (!cachedData || script.cachedDataRejected) {
        const temporary = `${compiled}.${process.pid}`;
        writeFileSync(temporary, script.createCachedData());
        renameSync(temporary, compiled); // a synth that runs at the same time sees all of it or nothing
      }
    },
  };
}

/** cdktf takes a stack trace for each token, which only its own developers read. Errors keep theirs. */
function traceErrorsOnly() {
  const capture = Error.captureStackTrace;
  Error.captureStackTrace = (target, below) => {
    if (target instanceof Error) {
      capture(target, below);
    }
  };
}

try {
  mkdirSync(CACHE, { recursive: true });
  if (!verbose) {
    traceErrorsOnly();
  }
  const { code, libraries } = bundleApp();
  const { library, keepCompiled } = loadLibraries(libraries);
  const run = vm.compileFunction(code, ["require", "module", "exports"], { filename: path.join(CACHE, "app.cjs") });
  const module = { exports: {} };
  run((name) => (libraries.includes(name) ? library(name) : requireFromRoot(name)), module, module.exports);
  keepCompiled();
} catch (error) {
  // A person's mistake is told in one message; what esbuild found wrong, it has printed already.
  if (verbose || (error?.name !== "UserError" && !error?.printed)) {
    throw error;
  }
  if (!error.printed) {
    console.error(error.message);
  }
  process.exitCode = 1;
}
