/** A report laid out for reading, before it becomes Markdown or lines on a terminal. */
import { type AccessChange, TOPICS } from "../access";
import { type AttributeChange, pathText, type ResourceChange } from "../changes";
import { fails, type Finding } from "../guard";
import type { Action } from "../plan/plan";
import { ACTIONS } from "../plan/plan";
import { isList, type PlannedValue } from "../plan/planned-value";
import { isWithoutChanges, type Report } from "../report";
import { Quoted, type Text, text } from "../text";
import { textDifference } from "./text-difference";

/** How an item strikes the eye. */
export type Mark = "bad" | "wider" | "narrower" | "plain";

export interface Line {
  readonly text: Text;
  /** Changed lines of a text, shown below the sentence. */
  readonly difference?: readonly string[];
}

export interface Item {
  readonly mark: Mark;
  readonly head: Line;
  readonly details: readonly Line[];
}

export interface Group {
  /** The review's own words. */
  readonly title: string;
  readonly items: readonly Item[];
}

export interface Section {
  readonly kind: "access" | "guard" | "terraform";
  readonly title: string;
  readonly groups: readonly Group[];
}

export interface ReportDocument {
  readonly title: Text;
  /** How the guard decided; undefined where there is nothing to decide. */
  readonly verdict: { readonly passed: boolean; readonly text: Text } | undefined;
  readonly sections: readonly Section[];
}

export function documentOf(report: Report): ReportDocument {
  if (isWithoutChanges(report)) {
    return { title: text`No changes: ${report.environment} is as the configuration says.`, verdict: undefined, sections: [] };
  }
  const sections: Section[] = [
    { kind: "access", title: "What changes for access", groups: accessGroups(report.access) },
    { kind: "guard", title: "What the guard says", groups: guardGroups(report) },
    { kind: "terraform", title: "What Terraform will do", groups: terraformGroups(report) },
  ];
  return {
    title: { words: ["Plan for ", `: ${summary(report)}`], values: [report.environment] },
    verdict: verdictOf(report),
    sections: sections.filter(({ kind, groups }) => kind === "access" || groups.length > 0),
  };
}

const ACTION_TITLES: Readonly<Record<Action, string>> = {
  delete: "Delete",
  replace: "Replace: the old one goes first",
  "replace before delete": "Replace: the new one comes first",
  forget: "Forget: it stays, and Terraform manages it no longer",
  create: "Create",
  update: "Update",
  read: "Read during the apply",
  import: "Import",
  move: "Move",
  "no-op": "Wait for a later plan",
};

function summary({ changes, outputs, errored, partial }: Report): string {
  const counts = ACTIONS.filter((action) => action !== "no-op").flatMap((action) => {
    const count = changes.filter((change) => change.action === action && change.deferredReason === undefined).length;
    return count > 0 ? [`${count} to ${action === "replace before delete" ? "replace (new one first)" : action}`] : [];
  });
  const deferred = changes.filter(({ deferredReason }) => deferredReason !== undefined).length;
  return [
    ...(errored ? ["not finished, Terraform stopped with an error"] : []),
    ...(partial ? ["not whole, a part of the configuration was left out"] : []),
    ...counts,
    ...(deferred > 0 ? [`${deferred} deferred`] : []),
    ...(counts.length === 0 && outputs.length > 0 ? [outputs.length === 1 ? "1 output changes" : `${outputs.length} outputs change`] : []),
    ...(counts.length + deferred + outputs.length === 0 && !errored ? ["no changes"] : []),
  ].join(", ");
}

function verdictOf({ passed, findings }: Report): ReportDocument["verdict"] {
  const broken = [...new Set(findings.filter(fails).map(({ rule }) => rule))];
  if (!passed) {
    const words = [broken.length === 1 ? "One rule fails: " : `${broken.length} rules fail: `, ...broken.slice(1).map(() => ", "), ""];
    return { passed, text: { words, values: broken } };
  }
  const excepted =
    findings.length === 0 ? "" : ` ${findings.length === 1 ? "An exception is" : `${findings.length} exceptions are`} in use.`;
  return { passed, text: { words: [`Every rule is kept.${excepted}`], values: [] } };
}

function accessGroups(access: readonly AccessChange[]): Group[] {
  if (access.length === 0) {
    return [{ title: "", items: [{ mark: "plain", head: { text: text`Nothing.` }, details: [] }] }];
  }
  return TOPICS.flatMap((topic) => {
    const items = access.filter((change) => change.topic === topic).map(accessItem);
    return items.length > 0 ? [{ title: topic.charAt(0).toUpperCase() + topic.slice(1), items }] : [];
  });
}

function accessItem({ effect, what, value, items, attributes, written }: AccessChange): Item {
  const note = written ? text` (as written: ${"${…}"} is known after apply)` : undefined;
  const change = value ? text`: ${value.before} → ${value.after}` : undefined;
  const all = [
    ...(items?.added ?? []).map((item) => ["+ ", item] as const),
    ...(items?.removed ?? []).map((item) => ["− ", item] as const),
  ];
  // A few items go into the sentence, many below it.
  const inline =
    all.length <= 3
      ? joined(all.map(([sign, item], index) => ({ words: [`${index === 0 ? ": " : ", "}${sign}`, ""], values: [item] })))
      : undefined;
  return {
    mark: effect === "other" ? "plain" : effect,
    head: { text: joined([what, change, inline, note].flatMap((part) => part ?? [])) },
    details: attributes
      ? attributes.map(({ name, value: one }) => ({ text: listed(name, one) }))
      : inline
        ? []
        : all.map(([sign, item]) => ({ text: { words: [sign, ""], values: [item] } })),
  };
}

/** A name and its value, the items of a list one by one: together they could be too long to be shown whole. */
function listed(name: string, value: PlannedValue): Text {
  const values = isList(value) && value.length > 0 ? value : [value];
  return { words: [`${name}: `, ...values.slice(1).map(() => ", "), ""], values };
}

function guardGroups({ findings, unusedExceptions }: Report): Group[] {
  const groups = [...new Set(findings.map(({ rule }) => rule))].map((rule) => {
    const own = findings.filter((finding) => finding.rule === rule);
    const [{ reason, remedy } = { reason: "", remedy: "" }] = own;
    return {
      title: rule,
      items: [
        ...own.map(findingItem),
        { mark: "plain" as const, head: { text: { words: [`Why: ${reason}`], values: [] } }, details: [] },
        { mark: "plain" as const, head: { text: { words: [`What to do: ${remedy}`], values: [] } }, details: [] },
      ],
    };
  });
  const unused = unusedExceptions.map(({ rule, address }): Item => ({
    mark: "plain",
    head: { text: text`${rule} at ${address}: nothing in this plan needs it. Remove it from review/exceptions.ts.` },
    details: [],
  }));
  return unused.length > 0 ? [...groups, { title: "Exceptions without a use", items: unused }] : groups;
}

function findingItem(finding: Finding): Item {
  const { exception } = finding;
  const details = !exception
    ? []
    : [
        exception.expired
          ? text`The exception for it expired on ${exception.expires}.`
          : text`Excepted until ${exception.expires}: ${exception.reason}`,
      ];
  return { mark: fails(finding) ? "bad" : "plain", head: { text: finding.what }, details: details.map((line) => ({ text: line })) };
}

function terraformGroups({ changes, drift, outputs }: Report): Group[] {
  const now = changes.filter(({ deferredReason }) => deferredReason === undefined);
  const groups = ACTIONS.map((action) => ({
    title: ACTION_TITLES[action],
    items: now.filter((change) => change.action === action).map(changeItem),
  }));
  const deferred = changes.filter(({ deferredReason }) => deferredReason !== undefined);
  return [
    ...groups,
    { title: "Deferred to a later plan", items: deferred.map(changeItem) },
    { title: "Changed without Terraform since the last apply", items: drift.map(driftItem) },
    {
      title: "Outputs",
      items: outputs.map(({ name, before, after }) => ({
        mark: "plain" as const,
        head: valueLine(text`${name}`, before, after),
        details: [],
      })),
    },
  ].filter(({ items }) => items.length > 0);
}

function driftItem(change: ResourceChange): Item {
  const item = changeItem(change);
  return change.action === "delete" ? { ...item, head: { text: joined([item.head.text, text` was deleted`]) } } : item;
}

function changeItem(change: ResourceChange): Item {
  const { address, action, attributes, previousAddress, importId, actionReason, deferredReason, deposedKey } = change;
  const notes = [
    deposedKey === undefined ? undefined : text`, its old object ${deposedKey} that an earlier apply could not delete`,
    previousAddress === undefined ? undefined : text`, moved from ${previousAddress}`,
    importId === undefined ? undefined : text`, imported by its id ${importId}`,
    actionReason === undefined ? undefined : text` (${actionReason})`,
    deferredReason === undefined ? undefined : text` (${deferredReason})`,
  ];
  return {
    mark: "plain",
    head: { text: joined([text`${address}`, ...notes.flatMap((note) => note ?? [])]) },
    details: attributes.map((attribute) => attributeLine(attribute, action === "create" || action === "read")),
  };
}

function attributeLine({ path, before, after, forcesReplacement }: AttributeChange, isNew: boolean): Line {
  const name = forcesReplacement ? text`${pathText(path)} forces the replacement` : text`${pathText(path)}`;
  return isNew ? { text: joined([name, text`: ${new Quoted(after)}`]) } : valueLine(name, before, after);
}

function valueLine(name: Text, before: PlannedValue, after: PlannedValue): Line {
  const difference = typeof before === "string" && typeof after === "string" ? textDifference(before, after) : undefined;
  return difference
    ? { text: joined([name, text` changes:`]), difference }
    : { text: joined([name, text`: ${new Quoted(before)} → ${new Quoted(after)}`]) };
}

/** Several sentences as one. */
function joined(texts: readonly Text[]): Text {
  return texts.reduce<Text>(
    (all, { words: [first = "", ...rest], values }) => ({
      words: [...all.words.slice(0, -1), (all.words.at(-1) ?? "") + first, ...rest],
      values: [...all.values, ...values],
    }),
    { words: [""], values: [] },
  );
}
