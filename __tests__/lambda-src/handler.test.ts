import { execFileSync } from "node:child_process";

test("every event gets 200 and the tutorial's body, and nothing of it is printed", () => {
  const call = "import handler, json; print(json.dumps(handler.lambda_handler({'headers': {'Token': 'secret'}}, None)))";
  const printed = execFileSync("python3", ["-B", "-c", call], { cwd: "lambda-src", encoding: "utf8" }); // -B: no __pycache__
  expect(printed).not.toContain("secret");
  expect(JSON.parse(printed)).toEqual({ statusCode: 200, body: '"Hello from Liwanag Backend!"' });
});
