/**
 * The project's name that the unit tests are made for: a team changes that of config/project.ts first. What they run as a process of its own has
 * the real one.
 */
jest.mock("../../config/project", () => ({ project: { name: "cognito-integration-demo", repository: "cognito-integration-demo" } }));
