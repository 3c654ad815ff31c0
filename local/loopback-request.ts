/**
 * HTTP requests to this machine, also under names below localhost such as `<api id>.execute-api.localhost`: browsers resolve those by
 * themselves, Node.js does not.
 */
import { type IncomingHttpHeaders, request } from "node:http";

export interface LoopbackRequest {
  readonly method?: string;
  readonly headers?: Readonly<Record<string, string>>;
  readonly body?: string;
}

export interface LoopbackResponse {
  readonly status: number;
  readonly headers: IncomingHttpHeaders;
  readonly body: string;
}

/** A form as browsers post it. */
export function postedForm(fields: URLSearchParams | Readonly<Record<string, string>>): LoopbackRequest {
  return {
    method: "POST",
    headers: { "content-type": "application/x-www-form-urlencoded" },
    body: new URLSearchParams(fields).toString(),
  };
}

const TIMEOUT_MILLISECONDS = 30_000;

/**
 * Sends a request to 127.0.0.1, with the address's own host name and port. Redirects are not followed.
 *
 * @throws Error when nothing answers within 30 s
 */
export function loopbackRequest(url: string, { method = "GET", headers = {}, body }: LoopbackRequest = {}): Promise<LoopbackResponse> {
  return new Promise((resolve, reject) => {
    const { host, port, pathname, search } = new URL(url);
    const sent = request({
      host: "127.0.0.1",
      port: port || 80,
      path: `${pathname}${search}`,
      method,
      headers: { ...headers, host, ...(body !== undefined && { "content-length": String(Buffer.byteLength(body)) }) },
      timeout: TIMEOUT_MILLISECONDS,
      agent: false,
    });
    sent.once("timeout", () => sent.destroy(new Error(`${host} did not answer within ${TIMEOUT_MILLISECONDS / 1000} s`)));
    sent.once("error", reject);
    sent.once("response", (response) => {
      const chunks: Buffer[] = [];
      response.on("data", (chunk: Buffer) => chunks.push(chunk));
      response.once("error", reject);
      response.once("end", () => {
        resolve({ status: response.statusCode ?? 0, headers: response.headers, body: Buffer.concat(chunks).toString("utf8") });
      });
    });
    sent.end(body);
  });
}
