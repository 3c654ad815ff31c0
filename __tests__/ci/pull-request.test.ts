/** What the workflows do on GitHub, against a server that stands in for it. */
import { execFile } from "node:child_process";
import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import path from "node:path";
import { promisify } from "node:util";
import { applyReviewedPlan } from "../../ci/apply-reviewed-plan";
import { differences, fingerprint } from "../../ci/fingerprint";
import { Repository } from "../../ci/github";
import { makePlan } from "../../ci/make-plan";
import { bodyWithoutPlan, commentBody, fingerprintIn, marker, type Report, REVIEW_LIMIT, writeReport } from "../../ci/report";
import { reportDrift } from "../../ci/report-drift";
import { FakeGithub, REPOSITORY, TOKEN } from "./fake-github";

let github: FakeGithub;
let repository: Repository;

beforeEach(async () => {
  github = new FakeGithub();
  await github.start();
  repository = new Repository(REPOSITORY, TOKEN, github.url);
});
afterEach(() => github.stop());

function plan(changes: Record<string, { actions: string[]; after?: unknown }>): string {
  return JSON.stringify({
    format_version: "1.2",
    resource_changes: Object.entries(changes).map(([address, change]) => ({ address, change: { before: null, after: {}, ...change } })),
  });
}

const UPDATE = plan({ "aws_lambda_function.f": { actions: ["update"], after: { memory_size: 256 } } });
const EMPTY = plan({ "aws_lambda_function.f": { actions: ["no-op"] } });
const COMMIT = "c0ffee";

function report(planJson = UPDATE, more: Partial<Report> = {}): Report {
  return { environment: "dev", commit: COMMIT, passed: true, review: "The review.", fingerprint: fingerprint(planJson), ...more };
}

function merged(reviewed: Report, commit = COMMIT): void {
  github.pulls[commit] = [{ number: 7, merged_at: "2026-11-24T00:00:00Z", merge_commit_sha: commit }];
  github.addComment(7, commentBody(reviewed));
}

describe("the comment of a pull request", () => {
  test("is written once and then kept up to date, one for each environment, whatever others write", async () => {
    for (let i = 0; i < 120; i += 1) {
      github.addComment(7, "talk", { login: "somebody", type: "User" });
    }
    await repository.putComment(7, marker("plan", "dev"), commentBody(report()));
    await repository.putComment(7, marker("plan", "prod"), commentBody(report(UPDATE, { environment: "prod" })));
    await repository.putComment(7, marker("plan", "dev"), commentBody(report(EMPTY, { review: "The second review." })));
    const own = github.comments.filter(({ user }) => user.type === "Bot");
    expect(own.map(({ body }) => body.split("\n")[0])).toEqual([marker("plan", "dev"), marker("plan", "prod")]);
    expect(own[0]!.body).toContain("The second review.");
    expect(own[0]!.body).not.toContain("The review.");
  });

  test("is not taken from somebody who wrote one that looks the same", async () => {
    github.addComment(7, commentBody(report()), { login: "mallory", type: "User" });
    github.addComment(7, commentBody(report()), { login: "github-actions", type: "User" });
    expect(await repository.ownComment(7, marker("plan", "dev"))).toBeUndefined();
  });

  test("keeps GitHub's limit with the longest review beside the longest fingerprint", () => {
    const most = plan(
      Object.fromEntries(
        Array.from({ length: 290 }, (_, i) => [`aws_api_gateway_method.method${i}-${"x".repeat(6)}`, { actions: ["create"] }]),
      ),
    );
    const body = commentBody(report(most, { review: "x".repeat(REVIEW_LIMIT) }));
    expect(body.length).toBeGreaterThan(60_000);
    expect(body.length).toBeLessThanOrEqual(65_536);
    expect(fingerprintIn(body)).toEqual(fingerprint(most));
  });

  test("keeps GitHub's limit with an address that is longer when it is written into a comment", () => {
    const hostile = plan({ [`aws_x.y["${">".repeat(19_000)}"]`]: { actions: ["create"] } });
    const body = commentBody(report(hostile, { review: "x".repeat(REVIEW_LIMIT) }));
    expect(body.length).toBeLessThanOrEqual(65_536);
    expect(fingerprintIn(body)).toEqual({ digest: fingerprint(hostile).digest });
  });

  test("keeps the digest alone of a plan with thousands of changes", () => {
    const many = plan(
      Object.fromEntries(Array.from({ length: 1_000 }, (_, i) => [`aws_api_gateway_method.m${i}`, { actions: ["create"] }])),
    );
    const body = commentBody(report(many));
    expect(body.length).toBeLessThanOrEqual(65_536);
    expect(fingerprintIn(body)).toEqual({ digest: fingerprint(many).digest });
  });

  test("does not let an address end it, nor the review pass for its fingerprint", () => {
    const hostile = plan({ 'aws_x.y["--> <b>"]': { actions: ["create"] } });
    const body = commentBody(report(hostile, { review: `<!-- fingerprint {"digest":"forged"} -->` }));
    expect(fingerprintIn(body)).toEqual(fingerprint(hostile));
    expect(body.trimEnd().endsWith("-->")).toBe(true);
    expect(body.split("\n").at(-1)!.match(/-->/g)).toHaveLength(1);
  });
});

describe("a deployment", () => {
  const applied = () => {
    const apply = jest.fn(() => Promise.resolve());
    return {
      apply,
      deploy: (now: Report, acceptedDigest?: string) =>
        applyReviewedPlan({ report: now, terraform: { apply }, repository, acceptedDigest }),
    };
  };

  test("applies the plan that was reviewed", async () => {
    merged(report());
    const { apply, deploy } = applied();
    await expect(deploy(report())).resolves.toContain("applied");
    expect(apply).toHaveBeenCalledTimes(1);
  });

  test("applies nothing where there is nothing to do, reviewed or not", async () => {
    const { apply, deploy } = applied();
    await expect(deploy(report(EMPTY))).resolves.toContain("no changes");
    expect(apply).not.toHaveBeenCalled();
  });

  test("applies a plan that nobody reviewed in a pull request when somebody names its digest", async () => {
    const { apply, deploy } = applied();
    await expect(deploy(report(), fingerprint(UPDATE).digest)).resolves.toContain("applied");
    expect(apply).toHaveBeenCalledTimes(1);
  });

  const OTHER = plan({ "aws_lambda_function.f": { actions: ["update"], after: { memory_size: 512 } } });
  const WIDER = plan({
    "aws_lambda_function.f": { actions: ["update"], after: { memory_size: 256 } },
    "aws_cognito_user_pool.p": { actions: ["delete", "create"] },
  });
  test.each<[what: string, before: () => void, now: Report, accepted: string | undefined, says: string[]]>([
    [
      "with other values",
      () => {
        merged(report());
      },
      report(OTHER),
      undefined,
      ["is not the one that was reviewed", "aws_lambda_function.f: update, but with other values", fingerprint(OTHER).digest],
    ],
    [
      "with a change more",
      () => {
        merged(report());
      },
      report(WIDER),
      undefined,
      ["aws_cognito_user_pool.p: reviewed was nothing, now it would be delete and create"],
    ],
    [
      "with a change less",
      () => {
        merged(report(WIDER));
      },
      report(),
      undefined,
      ["aws_cognito_user_pool.p: reviewed was delete and create, now it would be nothing"],
    ],
    [
      "after a review that found nothing to do",
      () => {
        merged(report(EMPTY));
      },
      report(),
      undefined,
      ["reviewed was nothing"],
    ],
    ["of a commit that was pushed", () => undefined, report(), undefined, ["no pull request with a reviewed plan was merged"]],
    [
      "of a pull request that was closed unmerged",
      () => {
        merged(report());
        github.pulls[COMMIT]![0]!.merged_at = null;
      },
      report(),
      undefined,
      ["no pull request with a reviewed plan"],
    ],
    [
      "with a comment by somebody else",
      () => {
        merged(report());
        github.comments[0]!.user = { login: "mallory", type: "User" };
      },
      report(),
      undefined,
      ["no pull request with a reviewed plan"],
    ],
    [
      "that breaks a rule",
      () => {
        merged(report());
      },
      report(UPDATE, { passed: false }),
      undefined,
      ["a rule of the review fails"],
    ],
    [
      "that breaks a rule, by hand",
      () => undefined,
      report(UPDATE, { passed: false }),
      fingerprint(UPDATE).digest,
      ["a rule of the review fails"],
    ],
    [
      "with another digest than was named",
      () => {
        merged(report());
      },
      report(OTHER),
      "0123",
      ["not the one with digest 0123"],
    ],
    [
      "that was reviewed, by hand with another digest",
      () => {
        merged(report());
      },
      report(),
      "0123",
      ["not the one with digest 0123"],
    ],
  ])("stops: a plan %s", async (_, before, now, accepted, says) => {
    before();
    const { apply, deploy } = applied();
    const message = await deploy(now, accepted).then(
      () => "applied",
      (error: unknown) => (error as Error).message,
    );
    for (const text of [...says, "othing is applied"]) {
      expect(message).toContain(text);
    }
    expect(apply).not.toHaveBeenCalled();
  });
});

test("the fingerprint covers a resource and the old object at its address that is still to be deleted", () => {
  const withOldObject = (memory_size: number) =>
    JSON.stringify({
      format_version: "1.2",
      resource_changes: [
        { address: "aws_lambda_function.f", change: { actions: ["update"], before: {}, after: { memory_size } } },
        { address: "aws_lambda_function.f", deposed: "0a1b2c3d", change: { actions: ["delete"], before: {}, after: null } },
      ],
    });
  const [reviewed, now] = [fingerprint(withOldObject(128)), fingerprint(withOldObject(512))];
  expect(Object.keys(reviewed.changes)).toEqual(["aws_lambda_function.f", "aws_lambda_function.f (deposed object 0a1b2c3d)"]);
  expect(differences(reviewed.changes, now.changes)).toEqual(["aws_lambda_function.f: update, but with other values"]);
});

describe("drift", () => {
  test("opens an issue, keeps it up to date, closes it when the plan is empty, and opens another one for the next", async () => {
    github.addIssue({ title: "of a person", body: marker("drift", "dev"), user: { login: "somebody", type: "User" } });
    github.addIssue({ title: "a pull request", body: marker("drift", "dev"), pull_request: {} });
    await reportDrift(repository, report());
    await reportDrift(repository, report(UPDATE, { review: "Still." }));
    await reportDrift(repository, report(UPDATE, { environment: "prod" }));
    const own = () => github.issues.slice(2).map(({ title, state }) => `${title}: ${state}`);
    expect(own()).toEqual(["dev is not what the code says: open", "prod is not what the code says: open"]);
    expect(github.issues[2]!.body).toContain("Still.");
    await reportDrift(repository, report(EMPTY));
    expect(own()).toEqual(["dev is not what the code says: closed", "prod is not what the code says: open"]);
    expect(github.comments.at(-1)!.body).toContain("is empty");
    await reportDrift(repository, report());
    expect(own()).toContain("dev is not what the code says: open");
  });

  test("writes nothing while all is well", async () => {
    await reportDrift(repository, report(EMPTY));
    expect(github.requests.filter((request) => !request.startsWith("GET"))).toEqual([]);
  });
});

test("a refusal by GitHub is told without the token", async () => {
  const stranger = new Repository(REPOSITORY, "another-token", github.url);
  const error = await stranger.putComment(7, marker("plan", "dev"), "body").catch((thrown: unknown) => thrown as Error);
  expect(String(error)).toContain("GitHub answered 403");
  expect(String(error)).not.toContain("another-token");
});

test("a plan is reviewed and fingerprinted, and the report holds none of its sensitive values", async () => {
  const folder = mkdtempSync(path.join(tmpdir(), "plan-"));
  const secret = JSON.stringify({
    format_version: "1.2",
    resource_changes: [
      {
        address: "aws_x.y",
        change: {
          actions: ["update"],
          before: { a: "hunter2" },
          after: { a: "hunter3" },
          before_sensitive: { a: true },
          after_sensitive: { a: true },
        },
      },
    ],
  });
  const made = await makePlan({
    environment: "dev",
    commit: COMMIT,
    terraform: { plan: () => Promise.resolve(secret) },
    review: (environment, file) => Promise.resolve({ passed: false, markdown: `${environment} ${path.basename(file)}` }),
    folder,
  });
  rmSync(folder, { recursive: true });
  expect(made).toMatchObject({ environment: "dev", commit: COMMIT, passed: false, review: "dev plan.json" });
  expect(JSON.stringify(made)).not.toContain("hunter");
  expect(Object.keys(made.fingerprint.changes)).toEqual(["aws_x.y"]);
});

describe("the commands themselves", () => {
  const command = (name: string, args: string[], env: Record<string, string>) =>
    promisify(execFile)(process.execPath, ["--import", "tsx", `ci/${name}.ts`, ...args], {
      env: { ...process.env, GITHUB_API_URL: github.url, GITHUB_REPOSITORY: REPOSITORY, GITHUB_TOKEN: TOKEN, ...env },
    }).then(
      ({ stdout }) => ({ code: 0, text: stdout }),
      (error: unknown) => ({ code: (error as { code: number }).code, text: (error as { stderr: string }).stderr }),
    );

  test("ci:comment writes the report of ci:plan into the pull request", async () => {
    writeReport(report());
    expect(await command("comment", ["dev"], { PULL_REQUEST: "7" })).toEqual({ code: 0, text: "" });
    expect(github.comments.map(({ issue, body }) => [issue, body])).toEqual([[7, commentBody(report())]]);
  });

  test("ci:comment puts a plan that could not be made in the place of the plan before, which no merge applies any more", async () => {
    github.addComment(7, commentBody(report()));
    rmSync(path.dirname(writeReport(report())), { recursive: true });
    expect(await command("comment", ["dev"], { PULL_REQUEST: "7", GITHUB_SHA: COMMIT })).toEqual({ code: 0, text: "" });
    expect(github.comments.map(({ body }) => body)).toEqual([bodyWithoutPlan("dev", COMMIT)]);
    expect(fingerprintIn(github.comments[0]!.body)).toBeUndefined();
  });

  test.each(["comment", "drift"])("ci:%s says which report cannot be read, and how to make it", async (name) => {
    const file = writeReport(report());
    writeFileSync(file, "{");
    expect(await command(name, ["dev"], { PULL_REQUEST: "7" })).toEqual({
      code: 1,
      text: expect.stringMatching(/^\n\.local\/ci\/dev\/report\.json cannot be read: `npm run ci:plan -- dev` makes it\.\n$/) as string,
    });
    rmSync(path.dirname(file), { recursive: true });
  });

  test.each<[what: string, name: string, args: string[], env: Record<string, string>, code: number, message: string]>([
    ["an unknown environment", "comment", ["nowhere"], { PULL_REQUEST: "7" }, 2, '"nowhere" is no environment'],
    ["no environment", "drift", [], {}, 2, '"" is no environment'],
    ["no pull request", "comment", ["dev"], { PULL_REQUEST: "" }, 1, 'PULL_REQUEST is ""'],
    ["no token", "drift", ["dev"], { GITHUB_TOKEN: "" }, 1, "GITHUB_REPOSITORY and GITHUB_TOKEN are not both set"],
    [
      "an environment without GitHub",
      "environments",
      [],
      { ONLY_ENVIRONMENT: "local" },
      1,
      '"local" is no environment with the setting github',
    ],
  ])("%s ends with a message and no stack trace", async (_, name, args, env, expected, message) => {
    const { code, text } = await command(name, args, env);
    expect({ code, told: text.includes(message), trace: text.includes("    at ") }).toEqual({ code: expected, told: true, trace: false });
  });
});
