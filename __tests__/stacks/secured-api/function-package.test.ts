import { execFileSync } from "node:child_process";
import { chmodSync, mkdirSync, mkdtempSync, readFileSync, renameSync, rmSync, utimesSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import path from "node:path";
import { UserError } from "../../../config/user-error";
import { type FunctionPackage, packageFunction } from "../../../stacks/secured-api/function-package";

const FILES = { "handler.py": "def lambda_handler(event, context): ...\n", "orders/__init__.py": "", "orders/ä b.py": "x = 1\n" };

let folders: string[] = [];
afterEach(() => {
  folders.forEach((folder) => {
    rmSync(folder, { recursive: true });
  });
  folders = [];
});

/** A new folder with files, written in the order in which they are given. */
function folderWith(files: Record<string, string>, name = "code"): string {
  const parent = mkdtempSync(path.join(tmpdir(), "package-"));
  folders.push(parent);
  const folder = path.join(parent, name);
  mkdirSync(folder);
  for (const [file, content] of Object.entries(files)) {
    mkdirSync(path.dirname(path.join(folder, file)), { recursive: true });
    writeFileSync(path.join(folder, file), content);
  }
  return folder;
}

/** The package's files and their contents, as Python sees them, which is what Lambda runs. */
function contents({ file }: FunctionPackage): Record<string, string> {
  const script = `import json, sys, zipfile
archive = zipfile.ZipFile(sys.argv[1])
assert archive.testzip() is None
print(json.dumps({name: archive.read(name).decode() for name in archive.namelist()}))`;
  return JSON.parse(execFileSync("python3", ["-c", script, file], { encoding: "utf8" })) as Record<string, string>;
}

const reference = packageFunction(folderWith(FILES));

test("Python finds every file by its name, sorted, readable for all", () => {
  expect(contents(reference)).toEqual(FILES);
  expect(Object.keys(contents(reference))).toEqual(["handler.py", "orders/__init__.py", "orders/ä b.py"]);
  const modes = "import sys, zipfile; print({oct(i.external_attr >> 16) for i in zipfile.ZipFile(sys.argv[1]).infolist()})";
  expect(execFileSync("python3", ["-c", modes, reference.file], { encoding: "utf8" })).toBe("{'0o100644'}\n");
});

test("the hashes are the zip's own, and its file is named after them", () => {
  const [sum] = execFileSync("sha256sum", [reference.file], { encoding: "utf8" }).split(" ");
  expect(reference.sha256Hex).toBe(sum);
  expect(reference.sha256Base64).toBe(Buffer.from(sum!, "hex").toString("base64"));
  expect(path.basename(reference.file)).toBe(`${sum!.slice(0, 16)}.zip`);
});

describe("the same bytes come of", () => {
  test.each<[what: string, make: () => string]>([
    ["another path", () => folderWith(FILES, "other")],
    ["a path with blanks and letters of another language", () => folderWith(FILES, "my löcal code")],
    ["a relative path", () => path.relative(process.cwd(), folderWith(FILES))],
    ["a path that ends with a slash", () => `${folderWith(FILES)}/`],
    ["files written in another order", () => folderWith(Object.fromEntries(Object.entries(FILES).reverse()))],
    [
      "files of another time",
      () => {
        const folder = folderWith(FILES);
        utimesSync(path.join(folder, "handler.py"), new Date("1999-12-31"), new Date("1999-12-31"));
        return folder;
      },
    ],
    [
      "files of another mode, as another umask leaves them",
      () => {
        const folder = folderWith(FILES);
        chmodSync(path.join(folder, "handler.py"), 0o700);
        chmodSync(path.join(folder, "orders/__init__.py"), 0o600);
        return folder;
      },
    ],
    [
      "a folder in which Python has run, and an editor",
      () =>
        folderWith({
          ...FILES,
          "__pycache__/handler.cpython-313.pyc": "x",
          "orders/__pycache__/a.pyc": "x",
          ".DS_Store": "x",
          ".git/HEAD": "x",
        }),
    ],
  ])("%s", (_, make) => {
    const { sha256Hex, file } = packageFunction(make());
    expect(sha256Hex).toBe(reference.sha256Hex);
    expect(readFileSync(file)).toEqual(readFileSync(reference.file));
  });

  test.each([{ TZ: "Pacific/Kiritimati" }, { TZ: "America/Los_Angeles" }, { LC_ALL: "tr_TR.UTF-8" }, { LC_ALL: "C" }])(
    "a process with %j",
    (environment) => {
      const program = `console.log(require("./stacks/secured-api/function-package").packageFunction(process.argv[1]).sha256Hex)`;
      const printed = execFileSync(process.execPath, ["--require", "tsx/cjs", "-e", program, folderWith(FILES)], {
        env: { ...process.env, ...environment },
        encoding: "utf8",
      });
      expect(printed).toBe(`${reference.sha256Hex}\n`);
    },
  );
});

describe("another hash comes of", () => {
  test.each<[what: string, change: (folder: string) => void]>([
    [
      "another content",
      (folder) => {
        writeFileSync(path.join(folder, "handler.py"), "def lambda_handler(event, context): pass\n");
      },
    ],
    [
      "a renamed file",
      (folder) => {
        renameSync(path.join(folder, "handler.py"), path.join(folder, "handle.py"));
      },
    ],
    [
      "a moved file",
      (folder) => {
        renameSync(path.join(folder, "orders/ä b.py"), path.join(folder, "ä b.py"));
      },
    ],
    [
      "a file more, also an empty one",
      (folder) => {
        writeFileSync(path.join(folder, "empty.py"), "");
      },
    ],
    [
      "a file less",
      (folder) => {
        rmSync(path.join(folder, "orders/__init__.py"));
      },
    ],
  ])("%s", (_, change) => {
    const folder = folderWith(FILES);
    change(folder);
    expect(packageFunction(folder).sha256Hex).not.toBe(reference.sha256Hex);
  });
});

describe("a clear error comes of", () => {
  const noFolder = (folder: string) =>
    new UserError(`${folder} is not a folder: the function's code is expected there. Create it, or name another folder.`);
  const noFile = (folder: string) =>
    new UserError(`${folder} has no file to package: Lambda needs at least the handler's. Put it there, or name another folder.`);

  test.each<[what: string, make: () => string, error: (folder: string) => UserError]>([
    ["a folder that is missing", () => path.join(folderWith({}), "missing"), noFolder],
    ["a file in the folder's place", () => path.join(folderWith(FILES), "handler.py"), noFolder],
    ["an empty folder", () => folderWith({}), noFile],
    ["a folder with nothing but what is left out", () => folderWith({ "__pycache__/handler.pyc": "x", ".hidden": "x" }), noFile],
  ])("%s", (_, make, error) => {
    const folder = make();
    expect(() => packageFunction(folder)).toThrow(error(folder));
  });
});
