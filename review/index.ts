/** Reviews a Terraform plan: what it changes for access, what Terraform will do, and which rules of the guard it breaks. */
export { PUBLIC_ROUTES, RULE_NAMES, type RuleName, checkExceptions, type Exception } from "./guard";
export { exceptions } from "./exceptions";
export { parsePlan, UnreadablePlan } from "./plan/plan-json";
export { type Plan, type PlannedResource, readPlan } from "./plan/plan";
export { hasSensitive, type PlannedValue, UNKNOWN, valueAt } from "./plan/planned-value";
export { type Report, reviewPlan } from "./report";
export { renderJson } from "./render/json";
export { COMMENT_LIMIT, renderMarkdown } from "./render/markdown";
export { renderTerminal } from "./render/terminal";
