/**
 * A stand-in for Cognito's login pages, for development only: the emulator has accounts and tokens, but no sign-up page and no implicit
 * grant. It keeps Cognito's paths and contract, so that an app cannot tell the difference; it offers neither Cognito's branding nor MFA,
 * federation or passkeys.
 *
 * @see https://docs.aws.amazon.com/cognito/latest/developerguide/managed-login-endpoints.html
 */
// hono (MIT): routing, cookies, limits and templates that escape, in a small library without dependencies.
import { serve, type ServerType } from "@hono/node-server";
import { UserError } from "../../config/user-error";
import { loginPagesApp } from "./app";
import { Services, type ServicesOptions } from "./services";

export interface LoginPagesOptions extends ServicesOptions {
  /** The loopback port to listen on. */
  readonly port: number;
  /** Closes the pages when raised. */
  readonly signal?: AbortSignal;
}

export interface LoginPages {
  /** `http://localhost:<port>`, the counterpart of `https://<prefix>.auth.<region>.amazoncognito.com`. */
  readonly url: string;
  readonly port: number;
  /** Every mail that the emulator has sent: a page, or JSON for a client that asks for it. */
  readonly mailboxUrl: string;
  /** Ends all connections. Does nothing the second time. */
  close(): Promise<void>;
}

/**
 * Starts the pages on 127.0.0.1.
 *
 * @throws UserError when the port is taken
 */
export async function startLoginPages({ port, signal, ...options }: LoginPagesOptions): Promise<LoginPages> {
  signal?.throwIfAborted();
  const services = new Services(options);
  const app = loginPagesApp(services, options.emulatorUrl, [`localhost:${port}`, `127.0.0.1:${port}`]);
  const server = await listen(app.fetch, port);

  let closed: Promise<void> | undefined;
  const close = () =>
    (closed ??= new Promise((resolve) => {
      server.close(() => {
        services.close();
        resolve();
      });
      if ("closeAllConnections" in server) {
        server.closeAllConnections();
      }
    }));
  signal?.addEventListener("abort", () => void close(), { once: true });

  const url = `http://localhost:${port}`;
  return { url, port, mailboxUrl: `${url}/mailbox`, close };
}

function listen(fetch: Parameters<typeof serve>[0]["fetch"], port: number): Promise<ServerType> {
  return new Promise((resolve, reject) => {
    const server = serve({ fetch, port, hostname: "127.0.0.1" }, () => {
      resolve(server);
    });
    server.once("error", (error: Error) => {
      reject(new UserError(`The login pages cannot listen on port ${port}: ${error.message}. Name another in LOCAL_LOGIN_PAGES_PORT.`));
    });
  });
}
