/** What the page says, and what it offers to do, in each state that is not plain success. */
import type { Refusal } from "./protocol";

/** The way on: a new sign-in, the end of this one, the same call once more, or the page once more. */
export type Action = "sign-in" | "sign-out" | "call-again" | "reload";

export interface Message {
  readonly title: string;
  readonly text: string;
  readonly action: Action;
}

export const GOING_TO_LOGIN_PAGES = { title: "One moment", text: "Taking you to the login pages …" } as const;
export const FINISHING_SIGN_IN = { title: "One moment", text: "Finishing your sign-in …" } as const;
export const CALLING_API = { title: "One moment", text: "Calling the API with your access token …" } as const;
export const SIGNING_OUT = { title: "One moment", text: "Signing you out …" } as const;

export const ANSWERED: Message = {
  title: "You are signed in",
  text: "The API accepted your access token and answered.",
  action: "call-again",
};

export const NOT_SIGNED_IN: Message = {
  title: "You are not signed in",
  text: "Sign in to see the API’s answer. Your sign-in is kept in this page only while it is open: after a reload, sign in once more.",
  action: "sign-in",
};

export const SIGN_IN_ENDED: Message = {
  title: "Your sign-in has ended",
  text: "The access token has reached the end of its life, so the API would no longer accept it. Sign in again to go on.",
  action: "sign-in",
};

export const STORAGE_BLOCKED: Message = {
  title: "The browser blocks what a sign-in needs",
  text: "This page keeps a secret of its own while you are at the login pages, to know that the answer is yours. Allow site data (cookies) for this address, then reload the page.",
  action: "reload",
};

export const INSECURE_CONTEXT: Message = {
  title: "This connection is not secure",
  text: "The browser offers cryptography only over https or on this machine. Open the page at its https address, then reload it.",
  action: "reload",
};

export const LOGIN_PAGES_UNREACHABLE: Message = {
  title: "The login pages could not be reached",
  text: "Your sign-in could not be finished. Check your connection, then sign in again.",
  action: "sign-in",
};

export const API_UNREACHABLE: Message = {
  title: "The API could not be reached",
  text: "No answer came back. Check your connection, then try again: you are still signed in.",
  action: "call-again",
};

const REFUSALS: Readonly<Record<Refusal, Message>> = {
  "wrong-state": {
    title: "This sign-in was not accepted",
    text: "The answer of the login pages does not belong to the sign-in that this page started (state). It was thrown away. Sign in again from here.",
    action: "sign-in",
  },
  "wrong-nonce": {
    title: "This sign-in was not accepted",
    text: "No ID token came back that was issued for the sign-in that this page started (nonce). The answer was thrown away. Sign in again from here.",
    action: "sign-in",
  },
  "wrong-grant": {
    title: "This sign-in was not accepted",
    text: "The login pages answered with another grant than this page asked for. The answer was thrown away. Sign in again from here.",
    action: "sign-in",
  },
  "not-asked-for": {
    title: "This sign-in was not accepted",
    text: "The page does not remember having started it, and has asked once more already. Perhaps the browser deletes site data on the way. Sign in again from here.",
    action: "sign-in",
  },
};

/** @see https://www.rfc-editor.org/rfc/rfc6749#section-4.1.2.1 */
const AUTHORIZATION_ERRORS: Readonly<Record<string, Message>> = {
  access_denied: {
    title: "Sign-in was declined",
    text: "You or the login pages stopped the sign-in. Sign in again if that was not meant.",
    action: "sign-in",
  },
  invalid_request: {
    title: "The login pages did not understand the request",
    text: "The address that led to them is incomplete or wrong (invalid_request). Sign in again from here: this page writes a complete one.",
    action: "sign-in",
  },
  invalid_scope: {
    title: "The login pages do not grant these scopes",
    text: "The app client may not ask for what was asked for (invalid_scope). Sign in again from here; if that fails too, its scopes in the environment’s settings are wrong.",
    action: "sign-in",
  },
  unauthorized_client: {
    title: "The app client may not sign in like this",
    text: "It is not allowed to use this grant (unauthorized_client). Sign in again from here; if that fails too, its grant in the environment’s settings is wrong.",
    action: "sign-in",
  },
  unsupported_response_type: {
    title: "The app client may not sign in like this",
    text: "The login pages do not know the kind of answer that was asked for (unsupported_response_type). Sign in again from here.",
    action: "sign-in",
  },
  server_error: {
    title: "The login pages failed",
    text: "Something went wrong on their side (server_error). Wait a moment, then sign in again.",
    action: "sign-in",
  },
  temporarily_unavailable: {
    title: "The login pages are busy",
    text: "They cannot answer just now (temporarily_unavailable). Wait a moment, then sign in again.",
    action: "sign-in",
  },
};

const UNKNOWN_AUTHORIZATION_ERROR: Message = {
  title: "The login pages reported an error",
  text: "It is not one that this page knows. Sign in again.",
  action: "sign-in",
};

/** @see https://www.rfc-editor.org/rfc/rfc6749#section-5.2 */
const TOKEN_ERRORS: Readonly<Record<string, Message>> = {
  invalid_grant: {
    title: "The sign-in could not be finished",
    text: "The code from the login pages was used before, is too old or belongs to another sign-in (invalid_grant). Sign in again to get a new one.",
    action: "sign-in",
  },
};

const UNKNOWN_TOKEN_ERROR: Message = {
  title: "The sign-in could not be finished",
  text: "The login pages gave no token for their code. Wait a moment, then sign in again.",
  action: "sign-in",
};

export function refusalMessage(reason: Refusal): Message {
  return REFUSALS[reason];
}

export function authorizationErrorMessage(error: string): Message {
  return own(AUTHORIZATION_ERRORS, error) ?? UNKNOWN_AUTHORIZATION_ERROR;
}

export function tokenErrorMessage(error: string | undefined): Message {
  return own(TOKEN_ERRORS, error ?? "") ?? UNKNOWN_TOKEN_ERROR;
}

/** What to say about an answer of the API that is not a success. */
export function apiMessage(status: number): Message {
  if (status === 401) {
    return {
      title: "The API did not accept the token",
      text: "It has ended, or was not issued for this API. Sign in again to get a new one.",
      action: "sign-in",
    };
  }
  if (status === 403) {
    return {
      title: "You may not call this API",
      text: "You are signed in, but this is not allowed for you. Ask the owner of the API, or sign out and come back as somebody who may.",
      action: "sign-out",
    };
  }
  if (status === 429) {
    return {
      title: "Too many calls at once",
      text: "The API asks callers to slow down. Wait a moment, then try again.",
      action: "call-again",
    };
  }
  if (status >= 500) {
    return {
      title: "The API failed",
      text: "Something went wrong on its side; you are still signed in. Wait a moment, then try again.",
      action: "call-again",
    };
  }
  return { title: "The API gave an unexpected answer", text: "It is shown below. You are still signed in.", action: "call-again" };
}

/** A table's own entry: not what every object inherits, such as `constructor`. */
function own(table: Readonly<Record<string, Message>>, key: string): Message | undefined {
  return Object.hasOwn(table, key) ? table[key] : undefined;
}

/** A time span for a person to read, e.g. `59 min 5 s`; `0 s` when it is over. */
export function timeLeft(milliseconds: number): string {
  const total = Math.max(0, Math.ceil(milliseconds / 1000));
  const [hours, minutes, seconds] = [Math.floor(total / 3600), Math.floor(total / 60) % 60, total % 60];
  return hours > 0 ? `${hours} h ${minutes} min` : minutes > 0 ? `${minutes} min ${seconds} s` : `${seconds} s`;
}

/** Text from outside, cut to what a page can show. */
export function bounded(text: string, length: number): string {
  return text.length > length ? `${text.slice(0, length)} …` : text;
}
