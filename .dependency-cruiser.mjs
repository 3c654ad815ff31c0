/** Which part of the project may import which: `depcruise`, a part of `npm run lint`. */

/** What is deployed. The rest are tools around it. */
const PRODUCT = "^(main\\.ts$|config/|stacks/)";

export default {
  forbidden: [
    {
      name: "no-cycle",
      comment: "Files that import each other, be it only for types, cannot be read or changed one at a time.",
      severity: "error",
      from: {},
      to: { circular: true },
    },
    {
      name: "front-door",
      comment: "A folder's index.ts is its front door. Tests look inside.",
      severity: "error",
      from: { pathNot: "^(stacks|__tests__)/" },
      // addresses.ts is all that a review needs of the stack, and loads neither CDKTF nor the provider, which takes a second.
      to: { path: "^stacks/[^/]+/", pathNot: "^stacks/([^/]+/index|secured-api/addresses)\\.ts$" },
    },
    {
      name: "front-door-between-stacks",
      comment: "A stack imports another one by its front door too.",
      severity: "error",
      from: { path: "^stacks/([^/]+)" },
      to: { path: "^stacks/[^/]+/", pathNot: ["^stacks/[^/]+/index\\.ts$", "^stacks/$1/"] },
    },
    {
      name: "front-door-inside-a-stack",
      comment: "A folder inside a stack has a front door too.",
      severity: "error",
      from: { path: "^(stacks/[^/]+)/[^/]+$" },
      to: { path: "^stacks/[^/]+/[^/]+/", pathNot: "^stacks/[^/]+/[^/]+/index\\.ts$" },
    },
    {
      name: "product-without-tools",
      comment: "What is deployed does not depend on what starts, tests, measures or documents it.",
      severity: "error",
      from: { path: PRODUCT },
      to: { path: "^[^/]+/", pathNot: ["^(config|stacks)/", "(^|/)node_modules/"] },
    },
    {
      name: "settings-without-stacks",
      comment: "The settings of an environment do not depend on what is made from them.",
      severity: "error",
      from: { path: "^config/" },
      to: { path: "^stacks/" },
    },
    {
      name: "product-without-development-dependencies",
      comment: "What a synth loads is a dependency, not a development dependency.",
      severity: "error",
      from: { path: PRODUCT },
      to: { dependencyTypes: ["npm-dev", "npm-no-pkg", "npm-unknown"] },
    },
  ],
  options: {
    doNotFollow: { path: "node_modules" },
    exclude: { path: "^(cdktf\\.out|coverage|\\.build|\\.local|portability/node_modules|bench/aws-solutions-constructs)/" },
    tsPreCompilationDeps: true,
    tsConfig: { fileName: "tsconfig.json" },
  },
};
