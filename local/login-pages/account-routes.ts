/** Signing in and up, confirming the e-mail address, and a new password for a forgotten one. */
import { type Context, Hono } from "hono";
import { AccountError } from "./accounts";
import type { AuthorizationRequest } from "./authorization-request";
import type { Credentials, Refusal } from "./code-flow";
import { confirmForgotPasswordPage, confirmUserPage, type Form, forgotPasswordPage, loginPage, signUpPage } from "./pages";
import type { Services } from "./services";

/** Cognito's words for a wrong password and for an unknown address: they tell nobody who has an account. */
const REFUSALS: Readonly<Record<Exclude<Refusal, "unconfirmed">, string>> = {
  incorrect: "Incorrect username or password.",
  "temporary-password":
    "This account has a temporary password, which these local pages cannot replace. Set one with admin-set-user-password.",
};

type FormPage = (c: Context, form: Form) => Promise<Response>;

export function accountRoutes(services: Services): Hono {
  const { accounts, sessions, formTokens, codeFlow } = services;
  const app = new Hono();

  const show = (c: Context, formPage: FormPage, request: AuthorizationRequest, more: Partial<Form> = {}) =>
    formPage(c, { request, formToken: formTokens.issue(c), ...more });
  const goTo = (c: Context, path: string) => c.redirect(`${path}${new URL(c.req.url).search}`, 303);

  /** Sends the browser back to the app, or on to what is missing. */
  async function signIn(c: Context, request: AuthorizationRequest, credentials: Credentials): Promise<Response> {
    const { userPoolId } = request.client;
    const result = await codeFlow.signIn(request, credentials);
    if ("location" in result) {
      sessions.start(c, { userPoolId, ...credentials, signedIn: true });
      return c.redirect(result.location);
    }
    if (result.refusal === "unconfirmed") {
      sessions.start(c, { userPoolId, ...credentials, signedIn: false });
      return goTo(c, "/confirmUser");
    }
    sessions.end(c);
    return show(c, loginPage, request, { username: credentials.username, error: REFUSALS[result.refusal] });
  }

  /** A page that shows its form, and what happens when that is posted. */
  function formRoute(
    path: string,
    formPage: FormPage,
    submit: (c: Context, request: AuthorizationRequest, field: (name: string) => string) => Promise<Response>,
  ): void {
    app.get(path, async (c) => {
      const request = await services.authorizationRequest(c);
      const session = sessions.current(c, request.client.userPoolId);
      if (session?.notice !== undefined) {
        sessions.start(c, { ...session, notice: undefined }); // said once
      }
      const signedInAs = session?.signedIn && request.prompt !== "login" ? session.username : undefined;
      return show(c, formPage, request, { username: session?.username, notice: session?.notice, signedInAs });
    });
    app.post(path, async (c) => {
      const form = await services.postedForm(c);
      const request = await services.authorizationRequest(c);
      const field = (name: string) => form.get(name) ?? "";
      try {
        return await submit(c, request, field);
      } catch (error) {
        if (error instanceof AccountError) {
          return show(c, formPage, request, { username: field("username"), error: error.message });
        }
        throw error;
      }
    });
  }

  formRoute("/login", loginPage, (c, request, field) =>
    signIn(c, request, { username: field("username").trim(), password: field("password") }),
  );

  formRoute("/signup", signUpPage, async (c, request, field) => {
    const credentials = { username: field("username").trim(), password: field("password") };
    if (await accounts.signUp(request.client, credentials.username, credentials.password)) {
      return signIn(c, request, credentials);
    }
    sessions.start(c, { userPoolId: request.client.userPoolId, ...credentials, signedIn: false });
    return goTo(c, "/confirmUser");
  });

  formRoute("/confirmUser", confirmUserPage, async (c, request, field) => {
    const { userPoolId } = request.client;
    const username = field("username").trim();
    if (field("resend")) {
      await accounts.resendCode(request.client, username);
      return show(c, confirmUserPage, request, { username, notice: "A new code was sent." });
    }
    await accounts.confirm(request.client, username, field("code").trim());
    const session = sessions.current(c, userPoolId);
    if (session?.username === username && session.password !== undefined) {
      return signIn(c, request, { username, password: session.password });
    }
    sessions.start(c, { userPoolId, username, signedIn: false, notice: "Your account is confirmed. Sign in with your password." });
    return goTo(c, "/login");
  });

  formRoute("/forgotPassword", forgotPasswordPage, async (c, request, field) => {
    const username = field("username").trim();
    await accounts.forgotPassword(request.client, username);
    sessions.start(c, { userPoolId: request.client.userPoolId, username, signedIn: false });
    return goTo(c, "/confirmForgotPassword");
  });

  formRoute("/confirmForgotPassword", confirmForgotPasswordPage, async (c, request, field) => {
    const username = field("username").trim();
    await accounts.resetPassword(request.client, username, field("code").trim(), field("password"));
    const notice = "Your password is changed. Sign in with the new one.";
    sessions.start(c, { userPoolId: request.client.userPoolId, username, signedIn: false, notice });
    return goTo(c, "/login");
  });

  return app;
}
