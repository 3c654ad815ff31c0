/** Ends the sign-in: takes the tokens from the address, calls the API with the access token and shows the answer. */
import * as messages from "./messages";
import * as protocol from "./protocol";
import { SETTING_NAMES, type Settings } from "./settings";
import { show, showTimeLeft, type View, whenPressed } from "./view";

// Before anything else: what the login pages handed over leaves the address bar and the history.
let handedOver: protocol.AuthorizationResponse | undefined = takeResponse();

const settings = Object.fromEntries(
  SETTING_NAMES.map((name) => [name, document.querySelector<HTMLMetaElement>(`meta[name=${name}]`)?.content ?? ""]),
) as unknown as Settings;

/** Where the pending request is kept while the browser is at the login pages. Each tab has a storage of its own. */
const PENDING_REQUEST = "pending-sign-in";
/** API Gateway itself gives up after 29 s. */
const PATIENCE_MS = 30_000;

/** Somebody who is signed in: only here, in memory. */
interface Session {
  readonly accessToken: string;
  readonly person: string | undefined;
  /** In milliseconds of this machine's clock. */
  readonly endsAt: number | undefined;
}
let session: Session | undefined;

/** Replaced whenever what the page does is overtaken, by the end of the session or by leaving; late answers are then dropped. */
let current = Symbol();

whenPressed({
  "sign-in": () => void signIn(),
  "sign-out": signOut,
  "call-again": () => void callApi(),
  reload: () => {
    location.reload();
  },
});
setInterval(lookAtTheClock, 1000);
document.addEventListener("visibilitychange", lookAtTheClock); // timers stand still while a machine sleeps
// A browser may keep the page as it was left, and bring it back by its back button, after somebody signed out.
addEventListener("pagehide", () => {
  forget();
  say("neutral", messages.NOT_SIGNED_IN);
});
void begin();

function takeResponse(): protocol.AuthorizationResponse {
  const { hash, search } = location;
  history.replaceState(null, "", location.pathname);
  return protocol.readResponse({ hash, search });
}

async function begin(): Promise<void> {
  const response = handedOver ?? { kind: "none" };
  handedOver = undefined; // its tokens live on in the session alone, and are forgotten with it
  let pending: protocol.PendingRequest | undefined;
  try {
    pending = response.kind === "none" ? undefined : takePendingRequest();
  } catch {
    say("failure", messages.STORAGE_BLOCKED);
    return;
  }
  await proceed(protocol.nextStep(settings.oauthGrant, response, pending));
}

async function proceed(next: protocol.NextStep): Promise<void> {
  switch (next.step) {
    case "offer-sign-in":
      say("neutral", messages.NOT_SIGNED_IN);
      return;
    case "start-again":
      await signIn({ startedAgain: true });
      return;
    case "exchange-code":
      await exchangeCode(next.code, next.pending);
      return;
    case "call-api":
      session = {
        accessToken: next.tokens.accessToken,
        person: protocol.personOf(next.tokens),
        endsAt: protocol.endOf(next.tokens, Date.now()),
      };
      lookAtTheClock();
      await callApi();
      return;
    case "refuse":
      say("failure", messages.refusalMessage(next.reason));
      return;
    case "show-error":
      say("failure", messages.authorizationErrorMessage(next.error), { description: next.description });
  }
}

/** The request that waits for a response. It serves once: whatever the response is, it is gone from the storage. */
function takePendingRequest(): protocol.PendingRequest | undefined {
  const kept = sessionStorage.getItem(PENDING_REQUEST);
  sessionStorage.removeItem(PENDING_REQUEST);
  return protocol.readPendingRequest(kept);
}

async function signIn({ startedAgain = false } = {}): Promise<void> {
  forget();
  say("busy", messages.GOING_TO_LOGIN_PAGES);
  try {
    const { url, pending } = await protocol.authorizationRequest(settings, { startedAgain });
    sessionStorage.setItem(PENDING_REQUEST, JSON.stringify(pending));
    if (startedAgain) {
      location.replace(url); // the back button skips a page that would only lead here again
    } else {
      location.assign(url);
    }
  } catch {
    say("failure", isSecureContext ? messages.STORAGE_BLOCKED : messages.INSECURE_CONTEXT);
  }
}

async function exchangeCode(code: string, pending: protocol.PendingRequest): Promise<void> {
  say("busy", messages.FINISHING_SIGN_IN);
  const started = current;
  const body = protocol.tokenRequest(settings, code, pending);
  const answer = await request(settings.tokenEndpoint, { method: "POST", body });
  if (started !== current) {
    return;
  }
  if (!answer) {
    say("failure", messages.LOGIN_PAGES_UNREACHABLE);
    return;
  }
  const result = protocol.readTokenResponse(answer.body);
  if ("tokens" in result) {
    await proceed(protocol.useTokens(result.tokens, pending));
  } else {
    say("failure", messages.tokenErrorMessage(result.error));
  }
}

async function callApi(): Promise<void> {
  if (!session) {
    return;
  }
  say("busy", messages.CALLING_API);
  const started = current;
  const answer = await request(settings.apiUrl, { headers: { [settings.tokenHeader]: session.accessToken } });
  if (started !== current) {
    return;
  }
  if (!answer) {
    say("failure", messages.API_UNREACHABLE);
    return;
  }
  if (answer.status === 401) {
    forget();
  }
  if (answer.ok) {
    say("success", messages.ANSWERED, { answer });
  } else {
    say("failure", messages.apiMessage(answer.status), { answer });
  }
}

interface Answer {
  readonly ok: boolean;
  readonly status: number;
  readonly body: string;
}

/** Sends a request that nothing keeps and that follows no redirect. Undefined when no whole answer came back. */
async function request(url: string, options: RequestInit): Promise<Answer | undefined> {
  try {
    const response = await fetch(url, {
      ...options,
      cache: "no-store",
      credentials: "omit",
      redirect: "error",
      referrerPolicy: "no-referrer",
      signal: AbortSignal.timeout(PATIENCE_MS),
    });
    return { ok: response.ok, status: response.status, body: await response.text() };
  } catch {
    return undefined;
  }
}

function signOut(): void {
  forget();
  say("busy", messages.SIGNING_OUT);
  location.assign(settings.signOutUrl);
}

function forget(): void {
  session = undefined;
  current = Symbol();
}

/** Shows how long the session still lasts, and ends it in time. */
function lookAtTheClock(): void {
  if (session?.endsAt === undefined) {
    showTimeLeft("not known");
  } else if (session.endsAt > Date.now()) {
    showTimeLeft(messages.timeLeft(session.endsAt - Date.now()));
  } else {
    forget();
    say("neutral", messages.SIGN_IN_ENDED);
  }
}

function say(tone: View["tone"], message: View["message"], further: Pick<View, "answer" | "description"> = {}): void {
  show({ tone, message, session, ...further });
}
