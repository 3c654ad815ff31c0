export { RULE_NAMES, type RuleName } from "./guard";
