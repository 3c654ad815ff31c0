/** What the page shows. Whatever comes from outside is only ever set as text, and cut to a bounded length. */
import { type Action, bounded, type Message } from "./messages";

export interface View {
  readonly tone: "busy" | "neutral" | "success" | "failure";
  /** Without an action while the page is busy. */
  readonly message: Omit<Message, "action"> & { readonly action?: Action };
  /** Who is signed in, if anybody is. */
  readonly session: { readonly person: string | undefined } | undefined;
  readonly answer?: { readonly status: number; readonly body: string };
  /** The login pages' own words about an error. */
  readonly description?: string | undefined;
}

const SHOWN_CHARACTERS = { answer: 20_000, description: 300, person: 128 };

const LABELS: Readonly<Record<Action, string>> = {
  "sign-in": "Sign in",
  "sign-out": "Sign out",
  "call-again": "Call the API again",
  reload: "Reload the page",
};

const actionButton = part("action");
const signOutButton = part("sign-out");
let action: Action = "sign-in";

/** Says what the buttons do. */
export function whenPressed(run: Readonly<Record<Action, () => void>>): void {
  actionButton.addEventListener("click", () => {
    run[action]();
  });
  signOutButton.addEventListener("click", () => {
    run["sign-out"]();
  });
}

export function show({ tone, message, session, answer, description }: View): void {
  const hadFocus = document.activeElement === actionButton || document.activeElement === signOutButton;
  document.title = message.title;
  part("page").hidden = false;
  part("page").dataset["tone"] = tone;
  part("title").textContent = message.title;
  part("text").textContent = message.text;

  part("description").hidden = description === undefined;
  part("description-text").textContent = bounded(description ?? "", SHOWN_CHARACTERS.description);

  part("answer").hidden = answer === undefined;
  part("answer-status").textContent = answer ? String(answer.status) : "";
  part("answer-body").textContent = bounded(answer?.body ?? "", SHOWN_CHARACTERS.answer);

  part("session").hidden = session === undefined;
  part("person").textContent = session ? bounded(session.person ?? "not known", SHOWN_CHARACTERS.person) : "";

  actionButton.hidden = message.action === undefined || message.action === "sign-out"; // that one has its own button
  signOutButton.hidden = session === undefined;
  if (message.action !== undefined) {
    action = message.action;
    actionButton.textContent = LABELS[action];
  }
  if (hadFocus) {
    part("title").focus(); // the button may be gone, and with it the keyboard's place
  }
}

/** Shows how long the session lasts. It is no part of what a screen reader is told unasked: that would be once a second. */
export function showTimeLeft(text: string): void {
  part("time-left").textContent = text;
}

function part(id: string): HTMLElement {
  const found = document.getElementById(id);
  if (!found) {
    throw new Error(`the page has no part ${id}`);
  }
  return found;
}
