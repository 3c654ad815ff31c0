/** What the document calls the things that are measured, by their part of a measurement's id. */

export type Peers = Readonly<Record<string, string>>;

export const SYNTH_APPS: Peers = {
  "bare-node": "bare node",
  "this-project": "this project",
  "cdktf-template": "cdktf template (ts-node)",
  "cdktn-template": "CDK Terrain template (ts-node)",
  "solutions-constructs-tsx": "AWS Solutions Constructs (tsx)",
  "solutions-constructs-ts-node": "AWS Solutions Constructs (ts-node)",
  chalice: "AWS Chalice (synth and package)",
  osls: "osls (synth and package)",
};

export const SYNTH_PEERS: Peers = {
  "this-project": "this project",
  "cdktf-template": "cdktf template",
  "solutions-constructs-tsx": "AWS Solutions Constructs",
  chalice: "AWS Chalice",
};

export const PLAN_PEERS: Peers = { "this-project": "this project", "plain-hcl": "plain HCL", "for-each-hcl": "HCL with for_each" };

export const DEPLOY_WAYS: Peers = { "this-project": "this project", "cdktf-template": "cdktf template", "plain-hcl": "plain HCL" };

export const DEPLOY_STEPS: Peers = {
  first: "first deploy",
  unchanged: "deploy without a change",
  plan: "plan without a change",
  "changed-function": "deploy of a changed function",
};
