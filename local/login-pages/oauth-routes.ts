/** What apps speak to: authorization, tokens, sign-out. */
import { Hono } from "hono";
import { cors } from "hono/cors";
import { AuthorizationError, UntrustedRequestError } from "./authorization-request";
import type { Services } from "./services";

/** What the token endpoint is asked for. Both need the code grant: the implicit one gives no refresh token. */
const GRANT_TYPES = ["authorization_code", "refresh_token"];

export function oauthRoutes(services: Services): Hono {
  const { clients, sessions, codeFlow } = services;
  const app = new Hono();

  /** Answers at once where the browser has a session, else leads to the login page with the same parameters. */
  app.get("/oauth2/authorize", async (c) => {
    const request = await services.authorizationRequest(c);
    const session = sessions.current(c, request.client.userPoolId);
    if (session?.signedIn && session.password !== undefined && request.prompt !== "login") {
      const result = await codeFlow.signIn(request, { username: session.username, password: session.password });
      if ("location" in result) {
        return c.redirect(result.location);
      }
      sessions.end(c); // the password was changed or the account disabled since
    }
    if (request.prompt === "none") {
      throw new AuthorizationError(request, "login_required", "Nobody is signed in");
    }
    return c.redirect(`/login${new URL(c.req.url).search}`);
  });

  /** Ends the session, and returns to a registered sign-out address or to the login page. */
  app.get("/logout", async (c) => {
    const client = await services.appClient(c);
    const logoutUri = c.req.query("logout_uri");
    if (logoutUri !== undefined) {
      if (!client.logoutUrls.includes(logoutUri)) {
        throw new UntrustedRequestError("logout_uri is not a sign-out URL of the app client. They are compared character by character.");
      }
      sessions.end(c);
      return c.redirect(logoutUri);
    }
    if (c.req.query("redirect_uri") === undefined) {
      throw new UntrustedRequestError("logout_uri or redirect_uri is missing.");
    }
    await services.authorizationRequest(c);
    sessions.end(c);
    return c.redirect(`/login${new URL(c.req.url).search}`);
  });

  // Any origin, as Cognito: what protects a code is its verifier, and no cookie is looked at.
  app.use("/oauth2/token", cors({ origin: "*", allowMethods: ["POST"], allowHeaders: ["Authorization", "Content-Type"] }));
  app.post("/oauth2/token", async (c) => {
    const form = new URLSearchParams(await c.req.text());
    const authorization = c.req.header("Authorization");
    const grantType = form.get("grant_type");
    // Two readers, here and in the emulator, could read two values: RFC 6749, section 3.2.
    if ([...form.keys()].some((name) => form.getAll(name).length > 1)) {
      return c.json({ error: "invalid_request" }, 400);
    }
    if (grantType === null || !GRANT_TYPES.includes(grantType)) {
      return c.json({ error: grantType === null ? "invalid_request" : "unsupported_grant_type" }, 400);
    }
    const client = await clients.find(clientIdOf(form, authorization));
    if (!client) {
      return c.json({ error: "invalid_client" }, 400);
    }
    if (!client.grants.includes("code")) {
      return c.json({ error: "unauthorized_client" }, 400);
    }
    const answer = await codeFlow.exchange(form, authorization);
    if (answer.status === 200) {
      return c.json(JSON.parse(answer.body) as object);
    }
    // The error code alone, as Cognito.
    return c.json({ error: (JSON.parse(answer.body) as { error: string }).error }, 400);
  });

  return app;
}

/** The client's id: in the form, or before the colon of HTTP Basic authentication. */
function clientIdOf(form: URLSearchParams, authorization = ""): string {
  const basic = /^Basic\s+(\S+)$/i.exec(authorization)?.[1];
  return basic === undefined ? (form.get("client_id") ?? "") : (Buffer.from(basic, "base64").toString("utf8").split(":")[0] ?? "");
}
