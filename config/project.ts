/** What is the same in every environment. A team that starts from this repository changes these two lines first. */
export const project = {
  /** Lower-case letters, digits and hyphens, at most 29: it begins the state bucket's name. */
  name: "cognito-integration-demo",
  /** Where the code lives, for the tag `repository`. */
  repository: "cognito-integration-demo",
} as const;
