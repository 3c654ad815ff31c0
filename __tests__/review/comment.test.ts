/** What a comment must be whatever stands in the plan: safe, short enough, and without secrets. */
import MarkdownIt from "markdown-it";
import { COMMENT_LIMIT, parsePlan, readPlan, renderJson, renderMarkdown, renderTerminal, type Report, reviewPlan } from "../../review";
import { publicRoutes } from "../support/environments";
import { environmentOf } from "./fixtures/environment-of";
import { planJson, report, VARIANTS } from "./fixtures/fixture";
import { HOSTILE } from "./fixtures/records-variants";

/** Everything that a reader of Markdown would see as more than text, code spans and fences taken out. */
function activeContent(markdown: string): string[] {
  const tokens = new MarkdownIt({ html: true, linkify: true }).parse(markdown, {});
  return tokens
    .flatMap((token) => [token, ...(token.children ?? [])])
    .flatMap(({ type, content }) => {
      switch (type) {
        case "html_block":
        case "html_inline":
          return content.trim().split("\n");
        case "link_open":
        case "image":
          return [type];
        case "text":
          return content.includes("@") ? [content] : [];
        default:
          return [];
      }
    })
    .filter(
      (content) => !/^(?:<!-- plan-review: local -->|<details(?: open)?><summary>[\w ,:]+ \(\d+\)<\/summary>|<\/details>)$/.test(content),
    );
}

describe("hostile values", () => {
  test("the detector finds what it must", () => {
    expect(activeContent(HOSTILE)).not.toEqual([]);
  });

  test("nothing of a value becomes Markdown", () => {
    const markdown = renderMarkdown(report("hostile-values"));
    expect(markdown).toContain("@everyone");
    expect(activeContent(markdown)).toEqual([]);
  });

  test("nor does it when it is the lines of a text that changes", () => {
    const json = JSON.parse(planJson("hostile-values")) as { resource_changes: { type: string; change: Record<string, unknown> }[] };
    const key = json.resource_changes.find(({ type }) => type === "aws_kms_key")!.change as { before: object; after: object };
    key.before = { ...key.before, description: "Records\nof all\nkinds" };
    key.after = { ...key.after, description: HOSTILE };
    const markdown = renderMarkdown(reviewed(json));
    expect(markdown).toContain("+</code></pre><script>alert(1)</script>");
    expect(activeContent(markdown)).toEqual([]);
  });

  test.each<[format: string, render: (report: Report) => string]>([
    ["Markdown", renderMarkdown],
    ["the terminal", (one) => renderTerminal(one, false)],
  ])("%s gets no character that moves the cursor or turns the text around", (_, render) => {
    expect(render(report("hostile-values"))).not.toMatch(/[^\P{Cc}\n]|\p{Cf}/u);
  });
});

test.each(["secret-values", "records-no-changes", "bucket-destroyed"])("%s: no format shows a sensitive value", (name) => {
  expect(planJson(name)).toContain("correct-horse-battery");
  const one = report(name);
  for (const text of [renderMarkdown(one), renderTerminal(one, true), renderJson(one)]) {
    expect(text).not.toMatch(/correct-horse|tr0ub4dor/);
  }
});

test("nor where it drifts, moves, is imported, is put off, left behind, or stands in a policy", () => {
  const json = JSON.parse(planJson("secret-values")) as PlanWithSecrets;
  const account = json.resource_changes.find(({ type }) => type === "terraform_data")!;
  const like = (name: string, change: object, more: object = {}) => ({
    ...account,
    address: `terraform_data.${name}`,
    change: { ...account.change, ...change },
    ...more,
  });
  const statement = (Sid: string) => JSON.stringify({ Statement: [{ Sid, Effect: "Allow", Action: "a:B", Resource: "*" }] });
  const policy = {
    actions: ["update"],
    before: { policy: statement("correct-horse-battery") },
    after: { policy: statement("tr0ub4dor-and-3") },
    before_sensitive: { policy: true },
    after_sensitive: { policy: true },
  };
  json.resource_drift = [account];
  json.deferred_changes = [{ reason: "resource_config_unknown", resource_change: like("later", {}) }];
  json.resource_changes.push(
    like("moved", {}, { previous_address: "terraform_data.before" }),
    like("imported", { importing: { id: "1" } }),
    like("old", { actions: ["delete"], after: null }, { deposed: "0a1b2c3d" }),
    { ...account, type: "aws_iam_role_policy", address: "aws_iam_role_policy.secret", change: policy },
    {
      ...account,
      type: "aws_iam_role_policy",
      address: "aws_iam_role_policy.later",
      change: { ...policy, after: {}, after_unknown: { policy: true } },
    },
  );
  // Known and unknown parts side by side: the review looks up what is written, which here is the secret.
  const urls = { callback_urls: ["https://app.example.com/", "https://tr0ub4dor.example.com/"] };
  const client = {
    actions: ["create"],
    before: null,
    after: { callback_urls: [null, urls.callback_urls[1]] },
    after_unknown: { callback_urls: [true, false] },
    after_sensitive: { callback_urls: [false, true] },
  };
  json.resource_changes.push({
    ...account,
    type: "aws_cognito_user_pool_client",
    address: "aws_cognito_user_pool_client.one",
    change: client,
  });
  const { resources } = json.configuration.root_module;
  resources.push({ address: "aws_cognito_user_pool_client.one", expressions: { callback_urls: { constant_value: urls.callback_urls } } });
  const expressions = { policy: { constant_value: statement("tr0ub4dor-and-3") } };
  resources.push({ address: "aws_iam_role_policy.secret", expressions }, { address: "aws_iam_role_policy.later", expressions });

  const one = reviewed(json);
  for (const [format, text] of Object.entries({
    markdown: renderMarkdown(one),
    terminal: renderTerminal(one, true),
    json: renderJson(one),
  })) {
    expect({ format, shown: /correct-horse|tr0ub4dor/.test(text), told: text.includes("aws_iam_role_policy.later") }).toEqual({
      format,
      shown: false,
      told: true,
    });
  }
  for (const name of ["account", "moved", "imported", "old", "later"]) {
    expect(renderMarkdown(one)).toContain(`\`terraform_data.${name}\``);
  }
  expect(one.drift).toHaveLength(1);
});

test("that a sensitive value changes is said", () => {
  expect(renderMarkdown(report("secret-values"))).toContain("  - `input.password`: `(sensitive value)` → `(sensitive value)`\n");
});

test.each(["no-changes", "records-no-changes"])("%s: one line below the marker", (name) => {
  expect(renderMarkdown(report(name))).toBe("<!-- plan-review: local -->\nNo changes: `local` is as the configuration says.\n");
});

test("the terminal gets colour only where it is wanted", () => {
  const one = report("route-becomes-public");
  expect(renderTerminal(one, false)).not.toContain("\u001b");
  expect(renderTerminal(one, true)).toContain("\u001b[33mwider \u001b[39m");
});

test("the order does not depend on the plan's", () => {
  for (const { name, environment, declared, settings } of VARIANTS) {
    const json = JSON.parse(planJson(name)) as Record<string, unknown>;
    for (const list of ["resource_changes", "resource_drift"]) {
      json[list] = [...((json[list] ?? []) as unknown[])].reverse();
    }
    expect(renderMarkdown(reviewed(json, environmentOf(environment, declared ?? settings)))).toBe(renderMarkdown(report(name)));
  }
});

describe("the limit of a comment", () => {
  /** A plan that creates a resource many times over. */
  const many = (count: number, name: string, type: string) => {
    const json = JSON.parse(planJson(name)) as {
      resource_changes: { type: string; address: string }[];
      configuration: { root_module: { resources: { type: string; address: string }[] } };
    };
    const copies = <Resource extends { type: string; address: string }>(all: Resource[]) =>
      all
        .filter((one) => one.type === type)
        .flatMap((one) => Array.from({ length: count }, (_, index) => ({ ...one, address: `${one.address}_${index}` })));
    json.resource_changes.push(...copies(json.resource_changes));
    json.configuration.root_module.resources.push(...copies(json.configuration.root_module.resources));
    return reviewed(json, environmentOf("dev"));
  };

  test("a long plan is cut where Terraform's part is longest, and access is whole", () => {
    const whole = many(400, "create-dev", "aws_cloudwatch_log_group");
    const long = renderMarkdown(whole, Number.POSITIVE_INFINITY);
    const short = renderMarkdown(whole);
    expect(long.length).toBeGreaterThan(COMMENT_LIMIT);
    expect(short.length).toBeLessThanOrEqual(COMMENT_LIMIT);
    expect(short.length).toBeGreaterThan(COMMENT_LIMIT * 0.9);
    expect(short).toMatch(/_Shortened to 65536 characters\. More: `npm run review -- dev`\._\n$/);
    const access = (markdown: string) => markdown.slice(markdown.indexOf("### What changes"), markdown.indexOf("### What Terraform"));
    expect(access(short)).toBe(access(long));
    expect(short.match(/<details/g)).toHaveLength(short.match(/<\/details>/g)!.length);
  });

  test.each([1_000, 2_000, 5_000, 20_000])("a limit of %d characters is kept", (limit) => {
    for (const { name } of VARIANTS) {
      expect(renderMarkdown(report(name), limit).length).toBeLessThanOrEqual(limit);
    }
  });

  test("when access alone is too long, it is cut last and says so", () => {
    const markdown = renderMarkdown(many(1_500, "create-dev", "aws_cognito_user_pool"));
    expect(markdown.length).toBeLessThanOrEqual(COMMENT_LIMIT);
    expect(markdown).toContain("### What changes for access");
    expect(markdown).toMatch(/^- … \d+ more$/m);
  });
});

interface PlanWithSecrets {
  resource_changes: { type: string; address: string; change: object }[];
  resource_drift: object[];
  deferred_changes: object[];
  configuration: { root_module: { resources: { address: string; expressions: object }[] } };
}

function reviewed(json: unknown, environment = environmentOf()): Report {
  return reviewPlan(readPlan(parsePlan(JSON.stringify(json), "plan")), {
    environment,
    exceptions: [],
    publicRoutes,
    now: new Date("2026-01-15T12:00:00Z"),
  });
}
