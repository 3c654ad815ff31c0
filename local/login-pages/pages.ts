/** The forms that people meet. Each carries the authorization request in its address, as Cognito's do. */
import type { Context } from "hono";
import { html } from "hono/html";
import type { AuthorizationRequest } from "./authorization-request";
import { FORM_TOKEN_FIELD } from "./form-tokens";
import { type Html, page } from "./layout";

/** What a form is shown with. */
export interface Form {
  readonly request: AuthorizationRequest;
  readonly formToken: string;
  /** What the person typed before, or is known by. */
  readonly username?: string | undefined;
  /** What was not accepted. */
  readonly error?: string | undefined;
  /** What was just done. */
  readonly notice?: string | undefined;
  /** Who the browser's session belongs to. */
  readonly signedInAs?: string | undefined;
}

const MAILBOX = html`<a href="/mailbox" target="_blank" rel="noopener">mailbox</a>`;

export function loginPage(c: Context, form: Form): Promise<Response> {
  return formPage(c, form, "Sign in", (link) => [
    form.signedInAs === undefined
      ? html``
      : html`<p class="notice">You are signed in. <a href="${link("/oauth2/authorize")}">Continue as ${form.signedInAs}</a></p>`,
    postForm(form, link("/login"), [
      emailField(form.username),
      passwordField("Password", "current-password"),
      html`<button>Sign in</button>`,
    ]),
    html`<p><a href="${link("/forgotPassword")}">Forgot your password?</a></p>
      <p>No account yet? <a href="${link("/signup")}">Create an account</a></p>`,
  ]);
}

export function signUpPage(c: Context, form: Form): Promise<Response> {
  return formPage(c, form, "Create an account", (link) => [
    postForm(form, link("/signup"), [emailField(form.username), passwordField("Password", "new-password"), html`<button>Sign up</button>`]),
    html`<p>You have an account? <a href="${link("/login")}">Sign in</a></p>`,
  ]);
}

export function confirmUserPage(c: Context, form: Form): Promise<Response> {
  return formPage(c, form, "Confirm your account", (link) => [
    html`<p>A mail with a code was sent to you: see the ${MAILBOX}.</p>`,
    postForm(form, link("/confirmUser"), [
      emailField(form.username),
      codeField(),
      html`<button>Confirm account</button> <button class="quiet" name="resend" value="true" formnovalidate>Send a new code</button>`,
    ]),
    html`<p><a href="${link("/login")}">Back to sign in</a></p>`,
  ]);
}

export function forgotPasswordPage(c: Context, form: Form): Promise<Response> {
  return formPage(c, form, "Forgot your password?", (link) => [
    html`<p>A code to set a new one will be mailed to you.</p>`,
    postForm(form, link("/forgotPassword"), [emailField(form.username), html`<button>Send the code</button>`]),
    html`<p><a href="${link("/login")}">Back to sign in</a></p>`,
  ]);
}

export function confirmForgotPasswordPage(c: Context, form: Form): Promise<Response> {
  return formPage(c, form, "Set a new password", (link) => [
    html`<p>If there is an account with this address, a mail with a code was sent to it: see the ${MAILBOX}.</p>`,
    postForm(form, link("/confirmForgotPassword"), [
      emailField(form.username),
      codeField(),
      passwordField("New password", "new-password"),
      html`<button>Change password</button>`,
    ]),
    html`<p><a href="${link("/login")}">Back to sign in</a></p>`,
  ]);
}

/** @param content gets what makes another page's address with the same authorization request */
function formPage(c: Context, form: Form, title: string, content: (link: (path: string) => string) => Html[]): Promise<Response> {
  const { search } = new URL(c.req.url);
  return page(c, {
    title,
    error: form.error,
    redirectUri: form.request.redirectUri,
    content: html`${form.notice === undefined ? "" : html`<p class="notice" role="status">${form.notice}</p>`}
    ${content((path) => `${path}${search}`)}`,
  });
}

function postForm({ formToken }: Form, action: string, fields: Html[]): Html {
  return html`<form method="post" action="${action}">
    <input type="hidden" name="${FORM_TOKEN_FIELD}" value="${formToken}" />
    ${fields}
  </form>`;
}

function emailField(value = ""): Html {
  return html`<label for="username">Email</label>
    <input id="username" name="username" type="email" autocomplete="username" value="${value}" required />`;
}

function passwordField(label: string, autocomplete: "current-password" | "new-password"): Html {
  return html`<label for="password">${label}</label>
    <input id="password" name="password" type="password" autocomplete="${autocomplete}" required />`;
}

function codeField(): Html {
  return html`<label for="code">Code</label> <input id="code" name="code" inputmode="numeric" autocomplete="one-time-code" required />`;
}
