import type { Plan } from "../plan/plan";
import { text } from "../text";
import type { AccessChange } from "./access-change";
import { type Caller, type Route, routesOf } from "./routes";

/** Routes that come, go, or answer other callers than before. */
export function routeChanges(plan: Plan): AccessChange[] {
  const before = byName(routesOf(plan, "before"));
  const after = byName(routesOf(plan, "after"));
  return [...new Set([...before.keys(), ...after.keys()])].sort().flatMap((name) => changesOf(plan, before.get(name), after.get(name)));
}

function byName(routes: readonly Route[]): ReadonlyMap<string, Route> {
  return new Map(routes.map((route) => [route.name, route]));
}

const CALLERS: Readonly<Record<Caller, string>> = {
  everybody: "everybody may call it",
  "access token": "callers with an access token",
  "ID token": "callers with an ID token, whatever its scopes",
  other: "callers that another authorization lets in",
  "known after apply": "its callers are known after apply",
};
/** The fewer may call, the further down. */
const OPENNESS: readonly Caller[] = ["everybody", "known after apply", "other", "ID token", "access token"];

function scopeNames({ scopes }: Route): string {
  return scopes.map(String).sort().join(" ");
}

function changesOf(plan: Plan, before: Route | undefined, after: Route | undefined): AccessChange[] {
  const base = { topic: "routes" } as const;
  if (!after) {
    if (!before) {
      return [];
    }
    const forgotten = plan.byAddress.get(before.address)?.action === "forget";
    const what = forgotten ? text`${before.name} answers as before, but Terraform manages it no longer` : text`${before.name} is removed`;
    return [{ ...base, effect: forgotten ? "other" : "narrower", address: before.address, what }];
  }
  if (!before) {
    const effect = after.caller === "access token" ? "other" : "wider";
    const what =
      after.caller === "everybody"
        ? text`${after.name} is new and public: everybody may call it`
        : after.caller === "access token"
          ? text`${after.name} is new and authorized: it takes access tokens with one of the scopes ${scopeNames(after)}`
          : { words: ["", ` is new: ${CALLERS[after.caller]}`], values: [after.name] };
    return [{ ...base, effect, address: after.address, what }];
  }
  const changes: AccessChange[] = [];
  const { address, name } = after;
  if (before.caller !== after.caller) {
    const effect = OPENNESS.indexOf(after.caller) < OPENNESS.indexOf(before.caller) ? "wider" : "narrower";
    const becomes =
      after.caller === "everybody" ? " becomes public: " : before.caller === "everybody" ? " becomes authorized: " : " changes: ";
    const scopes =
      after.caller === "access token"
        ? [" with one of the scopes ", ` (before: ${CALLERS[before.caller]})`]
        : [` (before: ${CALLERS[before.caller]})`];
    const [first = "", ...rest] = scopes;
    const what = {
      words: ["", `${becomes}${CALLERS[after.caller]}${first}`, ...rest],
      values: [name, ...rest.map(() => scopeNames(after))],
    };
    changes.push({ ...base, effect, address, what });
  }
  const added = after.scopes.filter((scope) => !before.scopes.includes(scope));
  const removed = before.scopes.filter((scope) => !after.scopes.includes(scope));
  if (added.length + removed.length > 0 && before.caller === "access token" && after.caller === "access token") {
    const effect = added.length > 0 ? "wider" : "narrower"; // one of the scopes is enough
    changes.push({ ...base, effect, address, what: text`${name}: scopes, one of which a token must carry`, items: { added, removed } });
  }
  if (before.authorizer !== after.authorizer && before.caller !== "everybody" && after.caller !== "everybody") {
    changes.push({
      ...base,
      effect: "wider",
      address,
      what: text`${name}: authorizer`,
      value: { before: before.authorizer, after: after.authorizer },
    });
  }
  return changes;
}
