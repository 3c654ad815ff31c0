import { addressesOf, configOf, type Ambiguity, type Match, type Matches, typeOf } from "./match";
import { NOT_SEARCHED, SEARCHES } from "./searches";
import type { SynthesizedStack } from "../stack-terraform";
import type { StateAttributes } from "./state-attributes";

/** What a search has found, in a person's words: a heading with indented lines for each kind of it. */
export function findings(stack: SynthesizedStack, state: StateAttributes, { found, notAdopted, leftOver }: Matches): string {
  const unsearched = addressesOf(stack).filter(
    (address) => !state.has(address) && !SEARCHES[typeOf(address)] && !NOT_SEARCHED.includes(typeOf(address)),
  );
  return [
    ...section(`Exists and is not in the state of ${stack.name}, to be imported:`, found.map(line)),
    ...section("Has the name that the stack means, and is not adopted:", notAdopted.map(reason)),
    ...section(
      "Stays as it is:",
      found.flatMap((match) => otherRole(stack, match)),
    ),
    ...section("Left over: this stack's by its tags or its place, in no state. Look at each and remove it:", leftOver.map(removal)),
    ...section("No search for resources of this type. If one exists, import it by hand (terraform import):", unsearched),
  ].join("\n");
}

/** The question that the search could not answer, and how to answer it. */
export function question(ambiguities: readonly Ambiguity[]): string {
  return [
    "Several resources could be what the stack means. Nothing was changed. Look at them, and choose one of each:",
    ...ambiguities.flatMap(({ address, candidates }) => [
      `  ${address}:`,
      ...candidates.map(({ importId, details }) => `    --choose ${address}=${importId}${details ? `  (${details})` : ""}`),
    ]),
  ].join("\n");
}

function section(heading: string, lines: readonly string[]): string[] {
  return lines.length === 0 ? [] : [heading, ...lines.map((one) => `  ${one}`)];
}

function line({ address, existing: { importId, details } }: Match): string {
  return `${address}  ${importId}${details ? `  (${details})` : ""}`;
}

function reason(match: Match): string {
  return `${line(match)}: ${match.existing.unfit ?? "its tags say that another stack made it"}`;
}

function removal(match: Match): string {
  const command = SEARCHES[typeOf(match.address)]?.removal?.(match.existing);
  return line(match) + (command ? `\n    ${command}` : "");
}

/** The console gives a function's role a name of its own making. */
function otherRole(stack: SynthesizedStack, { address, existing }: Match): string[] {
  const role = existing.attributes["role"]?.split("/").at(-1);
  const reference = configOf(stack, address)["role"];
  const [, roleAddress] = (typeof reference === "string" && /^\$\{(\w+\.[\w-]+)\.arn\}$/.exec(reference)) || [];
  const name = roleAddress && configOf(stack, roleAddress)["name"];
  return typeOf(address) === "aws_lambda_function" && role && typeof name === "string" && role !== name
    ? [`The role ${role}: the function ${existing.importId} gets the role ${name} instead. Delete the old one when nothing else uses it.`]
    : [];
}
