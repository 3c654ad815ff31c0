/** All routes, and what holds for each of them: its headers, its limits, and how it fails. */
import { type Context, Hono } from "hono";
import { bodyLimit } from "hono/body-limit";
import { HTTPException } from "hono/http-exception";
import { methodNotAllowed } from "hono/method-not-allowed";
import type { ContentfulStatusCode } from "hono/utils/http-status";
import { accountRoutes } from "./account-routes";
import { errorAnswer } from "./authorization-answer";
import { AuthorizationError, UntrustedRequestError } from "./authorization-request";
import { page } from "./layout";
import { mailbox } from "./mailbox";
import { oauthRoutes } from "./oauth-routes";
import type { Services } from "./services";

/** Far more than any form holds. */
const BODY_BYTES = 16 * 1024;

/** @param hosts the Host headers that are answered */
export function loginPagesApp(services: Services, emulatorUrl: string, hosts: readonly string[]): Hono {
  const app = new Hono();

  app.use(async (c, next) => {
    await next();
    c.header("Cache-Control", "no-store");
    c.header("X-Content-Type-Options", "nosniff");
    c.header("Referrer-Policy", "no-referrer");
  });
  app.use(
    methodNotAllowed({
      app,
      onMethodNotAllowed: (c, methods) => {
        c.header("Allow", methods.join(", "));
        return errorPage(c, 405, "Method not allowed", `This address answers ${methods.join(", ")}.`);
      },
    }),
  );
  app.use(async (c, next) => {
    // A page of another site whose name was made to point at 127.0.0.1 would otherwise read the mailbox.
    if (!hosts.includes(c.req.header("Host") ?? "")) {
      return errorPage(c, 421, "Wrong host", `These pages are at http://${hosts[0] ?? ""}.`);
    }
    return next();
  });
  app.use(bodyLimit({ maxSize: BODY_BYTES, onError: (c) => errorPage(c, 413, "Too large", "A form of these pages is never that large.") }));

  app.route("/", oauthRoutes(services));
  app.route("/", accountRoutes(services));
  app.route("/", mailbox(emulatorUrl));

  app.notFound((c) => errorPage(c, 404, "Not found", "There is no such page."));
  app.onError((error, c) => {
    if (error instanceof AuthorizationError) {
      return c.redirect(errorAnswer(error.answerTo, error.error, error.message));
    }
    if (error instanceof UntrustedRequestError) {
      return errorPage(c, 400, "Bad request", error.message);
    }
    if (error instanceof HTTPException) {
      return errorPage(c, error.status, "Not accepted", error.message);
    }
    // The path and the error's kind: its message and the query could hold what is nobody's business.
    console.error(`Login pages: ${c.req.method} ${c.req.path} failed: ${error.name}`);
    return errorPage(c, 500, "Something went wrong", "The login pages or the emulator failed. Try again.");
  });
  return app;
}

function errorPage(c: Context, status: ContentfulStatusCode, title: string, message: string): Promise<Response> {
  return page(c, { status, title, error: message });
}
