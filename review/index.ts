export type RuleName = string;
