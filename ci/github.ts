/** The little of GitHub's REST API that the workflows need. */
import { UserError } from "../config/user-error";

/** The account under which the workflows' own token writes. Nobody else can. */
const BOT = "github-actions[bot]";
const PAGE = 100;
const TIMEOUT_MILLISECONDS = 30_000;

interface Written {
  readonly body: string | null;
  readonly user: { readonly login: string; readonly type: string } | null;
}
export interface Comment extends Written {
  readonly id: number;
}
export interface Issue extends Written {
  readonly number: number;
  readonly pull_request?: unknown;
}
interface PullRequest {
  readonly number: number;
  readonly merged_at: string | null;
  readonly merge_commit_sha: string | null;
}

/** A repository on GitHub, with a token that may do what the job's `permissions` say. */
export class Repository {
  constructor(
    private readonly name: string,
    private readonly token: string,
    private readonly api: string = "https://api.github.com",
  ) {}

  /** @throws UserError when this is not a job of GitHub Actions that hands over its token */
  static ofThisJob(env: NodeJS.ProcessEnv = process.env): Repository {
    const { GITHUB_REPOSITORY: name, GITHUB_TOKEN: token, GITHUB_API_URL: api } = env;
    if (!name || !token) {
      throw new UserError(
        "GITHUB_REPOSITORY and GITHUB_TOKEN are not both set: this command runs in a job of GitHub Actions, with the token in its env.",
      );
    }
    return new Repository(name, token, api);
  }

  /** The pull request whose merge made a commit, or undefined for a commit that was pushed. */
  async mergedPullRequest(commit: string): Promise<number | undefined> {
    const pulls = await this.#all<PullRequest>(`commits/${commit}/pulls`);
    return pulls.find((pull) => pull.merged_at !== null && pull.merge_commit_sha === commit)?.number;
  }

  /** The comment with a marker that a workflow wrote, or undefined. */
  async ownComment(pullRequest: number, marker: string): Promise<Comment | undefined> {
    const comments = await this.#all<Comment>(`issues/${pullRequest}/comments`);
    return comments.find((comment) => isOwn(comment, marker));
  }

  /** Writes a comment with a marker, over the one that is there already. */
  async putComment(pullRequest: number, marker: string, body: string): Promise<void> {
    const comment = await this.ownComment(pullRequest, marker);
    await (comment
      ? this.#request("PATCH", `issues/comments/${comment.id}`, { body })
      : this.#request("POST", `issues/${pullRequest}/comments`, { body }));
  }

  /** The open issue with a marker that a workflow wrote, or undefined. */
  async ownIssue(marker: string): Promise<Issue | undefined> {
    const issues = await this.#all<Issue>(`issues?state=open&creator=${encodeURIComponent(BOT)}`);
    return issues.find((issue) => issue.pull_request === undefined && isOwn(issue, marker));
  }

  /** Opens an issue with a marker, or writes over the open one. */
  async putIssue(marker: string, title: string, body: string): Promise<void> {
    const issue = await this.ownIssue(marker);
    await (issue ? this.#request("PATCH", `issues/${issue.number}`, { title, body }) : this.#request("POST", "issues", { title, body }));
  }

  /** Closes the open issue with a marker, where there is one. */
  async closeIssue(marker: string, reason: string): Promise<void> {
    const issue = await this.ownIssue(marker);
    if (issue) {
      await this.#request("POST", `issues/${issue.number}/comments`, { body: reason });
      await this.#request("PATCH", `issues/${issue.number}`, { state: "closed", state_reason: "completed" });
    }
  }

  async #all<Item>(path: string): Promise<Item[]> {
    const items: Item[] = [];
    for (let page = 1; ; page += 1) {
      const query = `${path.includes("?") ? "&" : "?"}per_page=${PAGE}&page=${page}`;
      const found = (await this.#request("GET", `${path}${query}`)) as Item[];
      items.push(...found);
      if (found.length < PAGE) {
        return items;
      }
    }
  }

  async #request(method: string, path: string, body?: unknown): Promise<unknown> {
    const answer = await fetch(`${this.api}/repos/${this.name}/${path}`, {
      method,
      headers: {
        accept: "application/vnd.github+json",
        authorization: `Bearer ${this.token}`,
        "x-github-api-version": "2022-11-28",
        ...(body !== undefined && { "content-type": "application/json" }),
      },
      ...(body !== undefined && { body: JSON.stringify(body) }),
      signal: AbortSignal.timeout(TIMEOUT_MILLISECONDS),
    });
    if (!answer.ok) {
      const { message } = (await answer.json().catch(() => ({}))) as { message?: string };
      throw new UserError(
        `GitHub answered ${answer.status} to ${method} ${path}: ${message ?? "no message"}. ` +
          `On 403, look at the job's permissions in .github/workflows/.`,
      );
    }
    return answer.status === 204 ? undefined : answer.json();
  }
}

function isOwn({ body, user }: Written, marker: string): boolean {
  return user?.login === BOT && user.type === "Bot" && body?.startsWith(marker) === true;
}
