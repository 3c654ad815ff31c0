import * as messages from "../../../../stacks/secured-api/landing-page/page/messages";

test.each([
  "access_denied",
  "invalid_request",
  "invalid_scope",
  "unauthorized_client",
  "unsupported_response_type",
  "server_error",
  "temporarily_unavailable",
])("the error %s of the login pages has words of its own", (error) => {
  expect(messages.authorizationErrorMessage(error).text).not.toBe(messages.authorizationErrorMessage("unknown").text);
});

test.each(["unknown", "constructor", "__proto__", "toString", ""])("the error %j, which nobody defined, is told as such", (error) => {
  expect(messages.authorizationErrorMessage(error).title).toBe("The login pages reported an error");
  expect(messages.tokenErrorMessage(error).title).toBe("The sign-in could not be finished");
});

test.each<[number, messages.Action, RegExp]>([
  [401, "sign-in", /did not accept/],
  [403, "sign-out", /may not call/],
  [404, "call-again", /unexpected/],
  [429, "call-again", /too many/i],
  [500, "call-again", /failed/],
  [504, "call-again", /failed/],
])("status %i of the API has words of its own and a way on", (status, action, title) => {
  const message = messages.apiMessage(status);
  expect(message.action).toBe(action);
  expect(message.title).toMatch(title);
});

test.each([
  [3_600_000, "1 h 0 min"],
  [3_599_000, "59 min 59 s"],
  [60_000, "1 min 0 s"],
  [59_001, "1 min 0 s"],
  [1, "1 s"],
  [0, "0 s"],
  [-5_000, "0 s"],
])("%i ms are left: %s", (left, expected) => {
  expect(messages.timeLeft(left)).toBe(expected);
});

test("text from outside is cut", () => {
  expect(messages.bounded("abcdef", 6)).toBe("abcdef");
  expect(messages.bounded("abcdefg", 6)).toBe("abcdef …");
});
