/** As much of GitHub's REST API as ci/github.ts uses, with its paging, on loopback. */
import { createServer, type IncomingMessage, type Server } from "node:http";
import type { AddressInfo } from "node:net";

const BOT = { login: "github-actions[bot]", type: "Bot" };
export const REPOSITORY = "octo-org/secured-api";
export const TOKEN = "a-token-of-this-test";

interface StoredComment {
  id: number;
  issue: number;
  body: string;
  user: { login: string; type: string };
}
interface StoredIssue {
  number: number;
  title: string;
  body: string;
  state: string;
  user: { login: string; type: string };
  pull_request?: object;
}

export class FakeGithub {
  readonly comments: StoredComment[] = [];
  readonly issues: StoredIssue[] = [];
  /** The pull requests of each commit. */
  readonly pulls: Record<string, { number: number; merged_at: string | null; merge_commit_sha: string }[]> = {};
  /** `<method> <path>` of each request. */
  readonly requests: string[] = [];
  readonly #server: Server = createServer((request, response) => {
    void this.#answer(request).then(({ status, body }) => {
      response.writeHead(status, { "content-type": "application/json" }).end(JSON.stringify(body));
    });
  });

  async start(): Promise<void> {
    await new Promise<void>((resolve) => this.#server.listen(0, "127.0.0.1", resolve));
  }

  async stop(): Promise<void> {
    await new Promise((resolve) => this.#server.close(resolve));
  }

  get url(): string {
    return `http://127.0.0.1:${(this.#server.address() as AddressInfo).port}`;
  }

  addComment(issue: number, body: string, user = BOT): StoredComment {
    const comment = { id: 1_000 + this.comments.length, issue, body, user };
    this.comments.push(comment);
    return comment;
  }

  addIssue(issue: Partial<StoredIssue>): StoredIssue {
    const whole = { number: 100 + this.issues.length, title: "", body: "", state: "open", user: BOT, ...issue };
    this.issues.push(whole);
    return whole;
  }

  async #answer(request: IncomingMessage): Promise<{ status: number; body: unknown }> {
    const url = new URL(request.url ?? "", this.url);
    const route = `${request.method ?? ""} ${url.pathname.replace(`/repos/${REPOSITORY}/`, "")}`;
    this.requests.push(route);
    if (request.headers.authorization !== `Bearer ${TOKEN}`) {
      return { status: 403, body: { message: "Resource not accessible by integration" } };
    }
    const sent = await bodyOf(request);
    const page = (items: readonly unknown[]) => {
      const size = Number(url.searchParams.get("per_page") ?? 30);
      const start = (Number(url.searchParams.get("page") ?? 1) - 1) * size;
      return { status: 200, body: items.slice(start, start + size) };
    };
    const [, commit] = /^GET commits\/(\w+)\/pulls$/.exec(route) ?? [];
    const [, method, issue] = /^(GET|POST) issues\/(\d+)\/comments$/.exec(route) ?? [];
    const [, comment] = /^PATCH issues\/comments\/(\d+)$/.exec(route) ?? [];
    const [, patched] = /^PATCH issues\/(\d+)$/.exec(route) ?? [];
    if (commit) {
      return page(this.pulls[commit] ?? []);
    }
    if (issue) {
      return method === "GET"
        ? page(this.comments.filter((stored) => stored.issue === Number(issue)))
        : { status: 201, body: this.addComment(Number(issue), sent["body"] ?? "") };
    }
    if (comment) {
      return {
        status: 200,
        body: Object.assign(
          this.comments.find(({ id }) => id === Number(comment))!,
          sent,
        ),
      };
    }
    if (patched) {
      return {
        status: 200,
        body: Object.assign(
          this.issues.find(({ number }) => number === Number(patched))!,
          sent,
        ),
      };
    }
    if (route === "GET issues") {
      return page(this.issues.filter(({ state, user }) => state === "open" && user.login === url.searchParams.get("creator")));
    }
    if (route === "POST issues") {
      return { status: 201, body: this.addIssue(sent) };
    }
    return { status: 404, body: { message: "Not Found" } };
  }
}

async function bodyOf(request: IncomingMessage): Promise<Record<string, string>> {
  let text = "";
  for await (const chunk of request) {
    text += String(chunk);
  }
  return text ? (JSON.parse(text) as Record<string, string>) : {};
}
