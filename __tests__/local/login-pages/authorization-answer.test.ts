/** The addresses that browsers are sent back to apps with. */
import { codeAnswer, errorAnswer, tokenAnswer } from "../../../local/login-pages/authorization-answer";

const tokens = { id_token: "i", access_token: "a", refresh_token: "r", expires_in: 3600 };

test.each<[what: string, answer: string, expected: string]>([
  [
    "tokens go into the fragment, without the refresh token",
    tokenAnswer({ redirectUri: "https://a.example/b", state: "s" }, tokens),
    "https://a.example/b#id_token=i&access_token=a&token_type=Bearer&expires_in=3600&state=s",
  ],
  [
    "no ID token without the scope openid",
    tokenAnswer({ redirectUri: "https://a.example/b", state: undefined }, { access_token: "a", expires_in: 60 }),
    "https://a.example/b#access_token=a&token_type=Bearer&expires_in=60",
  ],
  ["a code goes into the query", codeAnswer({ redirectUri: "https://a.example/b", state: "s" }, "c"), "https://a.example/b?code=c&state=s"],
  ["a query stays", codeAnswer({ redirectUri: "https://a.example/b?c=d", state: undefined }, "e"), "https://a.example/b?c=d&code=e"],
  [
    "an address stays as it was registered",
    codeAnswer({ redirectUri: "HTTPS://A.example:443/../b", state: undefined }, "c"),
    "HTTPS://A.example:443/../b?code=c",
  ],
  [
    "an error goes into the query",
    errorAnswer({ redirectUri: "https://a.example/b", state: "s" }, "invalid_scope", "not that one"),
    "https://a.example/b?error=invalid_scope&error_description=not+that+one&state=s",
  ],
  [
    "state comes back as it was, and cannot add a parameter or a header",
    codeAnswer({ redirectUri: "https://a.example/b", state: "ü &code=x\r\nSet-Cookie: a=b" }, "c"),
    "https://a.example/b?code=c&state=%C3%BC+%26code%3Dx%0D%0ASet-Cookie%3A+a%3Db",
  ],
  ["an empty state is a state", codeAnswer({ redirectUri: "https://a.example/b", state: "" }, "c"), "https://a.example/b?code=c&state="],
])("%s", (_, answer, expected) => {
  expect(answer).toBe(expected);
});
