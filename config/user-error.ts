/**
 * A mistake of a person, not of the program: in a setting, in a route, in what is installed.
 *
 * Commands print its message alone, without a stack trace (`--verbose` shows that too). The message names the field or file, the value,
 * the rule and the way out.
 */
export class UserError extends Error {
  override readonly name = "UserError";
}

/** Whether an error is a {@link UserError}, also when it comes from another copy of this module (the bundled app). */
export function isUserError(error: unknown): error is UserError {
  return error instanceof Error && error.name === "UserError";
}
