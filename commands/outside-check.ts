/** What a deployed system must answer to somebody outside: the smoke check of every environment. */
import { loopbackRequest } from "../local/loopback-request";

export interface OutsideTarget {
  readonly invokeUrl: string;
  readonly landingPageUrl: string;
  readonly signInUrl: string;
  readonly tokenHeader: string;
  /** An access token with the scope that the API asks for; without one, nobody is let in. */
  readonly accessToken: string | undefined;
}

/** One thing that was looked at. */
export interface OutsideResult {
  readonly what: string;
  /** What is not as it should be; nothing when all is well. */
  readonly faults: readonly string[];
}

interface Answer {
  readonly status: number;
  readonly body: string;
  readonly header: (name: string) => string;
}

/** Calls the landing page and the API, and says of each answer what is wrong with it. */
export async function checkFromOutside(target: OutsideTarget): Promise<OutsideResult[]> {
  const { invokeUrl, landingPageUrl, signInUrl, tokenHeader, accessToken } = target;
  const checks: [what: string, url: string, headers: Record<string, string>, faults: (answer: Answer) => (string | false)[]][] = [
    ["the landing page", landingPageUrl, {}, landingPageFaults],
    ["the API without a token", invokeUrl, {}, (answer) => refusalFaults(answer, signInUrl)],
    ["the API with a token that is none", invokeUrl, { [tokenHeader]: "none" }, (answer) => refusalFaults(answer, signInUrl)],
  ];
  if (accessToken !== undefined) {
    checks.push([
      "the API with an access token",
      invokeUrl,
      { [tokenHeader]: accessToken },
      ({ status }) => [unless(status === 200, `status ${status}, expected 200`)],
    ]);
  }
  return Promise.all(
    checks.map(async ([what, url, headers, faultsOf]) => {
      try {
        const faults = faultsOf(await get(url, headers));
        return { what, faults: faults.filter((fault) => fault !== false) };
      } catch (error) {
        return { what, faults: [`no answer from ${url}: ${reason(error)}`] };
      }
    }),
  );
}

/** The page that holds an access token must run no foreign code, be framed by nobody, and stay in no cache. */
function landingPageFaults({ status, header }: Answer): (string | false)[] {
  const policy = header("content-security-policy");
  return [
    unless(status === 200, `status ${status}, expected 200`),
    unless(header("content-type").startsWith("text/html"), `Content-Type is "${header("content-type")}", expected text/html`),
    unless(policy.includes("default-src 'none'"), "Content-Security-Policy lacks default-src 'none'"),
    unless(policy.includes("frame-ancestors 'none'"), "Content-Security-Policy lacks frame-ancestors 'none'"),
    unless(!policy.includes("unsafe"), "Content-Security-Policy allows something unsafe"),
    ...Object.entries({ "Cache-Control": "no-store", "Referrer-Policy": "no-referrer", "X-Content-Type-Options": "nosniff" }).map(
      ([name, value]) => unless(header(name) === value, `${name} is "${header(name)}", expected ${value}`),
    ),
  ];
}

/** A refused caller learns why, and where to sign in; no cache keeps the answer. */
function refusalFaults({ status, body, header }: Answer, signInUrl: string): (string | false)[] {
  const json = parsed(body);
  return [
    unless(status === 401, `status ${status}, expected 401`),
    unless(typeof json["message"] === "string", "its body is not JSON with a message"),
    unless(json["sign_in_url"] === signInUrl, "its body does not have the sign-in address"),
    unless(header("cache-control") === "no-store", `Cache-Control is "${header("cache-control")}", expected no-store`),
  ];
}

function unless(well: boolean, fault: string): string | false {
  return !well && fault;
}

function parsed(body: string): Record<string, unknown> {
  try {
    return JSON.parse(body) as Record<string, unknown>;
  } catch {
    return {};
  }
}

async function get(url: string, headers: Record<string, string>): Promise<Answer> {
  if (new URL(url).hostname.endsWith("localhost")) {
    const { status, body, headers: answered } = await loopbackRequest(url, { headers });
    return { status, body, header: (name) => String(answered[name.toLowerCase()] ?? "") };
  }
  const response = await fetch(url, { headers, redirect: "manual", signal: AbortSignal.timeout(30_000) });
  return { status: response.status, body: await response.text(), header: (name) => response.headers.get(name) ?? "" };
}

function reason(error: unknown): string {
  const cause = error instanceof Error && error.cause instanceof Error ? error.cause : error;
  return cause instanceof Error ? cause.message : String(cause);
}
