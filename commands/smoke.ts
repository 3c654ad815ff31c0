/** `npm run smoke`: whether a deployed environment answers as it should, seen from outside. */
import { parseArgs } from "node:util";
import { UserError } from "../config/user-error";
import { runCommand } from "../local/command";
import { newPerson, signIn, signUp } from "../local/smoke-check";
import { type EnvironmentContext, openBootstrappedEnvironment } from "./environment-context";
import { checkFromOutside } from "./outside-check";
import { stackOutputs } from "./stack-outputs";

const HELP = `npm run smoke -- <environment>

Calls a deployed environment from outside: the landing page and its security headers, and the API, which must answer 401 without a token
and, with an access token, 200. Exit code 1 when an answer is not as it should be.

The access token is taken from the environment variable SMOKE_ACCESS_TOKEN: sign in on the landing page and copy the token header of its
request to the API from the browser's network tools. In local the check signs somebody up by itself.

  --verbose   show stack traces
  --help      show this`;

void runCommand(HELP, async (args, signal) => {
  const { positionals } = parseArgs({ args, allowPositionals: true });
  const context = await openBootstrappedEnvironment(positionals, signal);
  const outputs = await stackOutputs(context, "secured-api");
  const token = await accessToken(context, outputs);
  const results = await checkFromOutside({
    invokeUrl: outputs["invoke_url"] ?? "",
    landingPageUrl: outputs["landing_page_url"] ?? "",
    signInUrl: outputs["sign_in_url"] ?? "",
    tokenHeader: context.environment.tokenHeader,
    accessToken: token,
  });
  for (const { what, faults } of results) {
    console.log(`${faults.length === 0 ? "ok    " : "failed"}  ${[what, ...faults].join("\n          ")}`);
  }
  if (token === undefined) {
    console.log("not checked: the API with an access token, for want of one (SMOKE_ACCESS_TOKEN)");
  }
  const failed = results.filter(({ faults }) => faults.length > 0).length;
  if (failed > 0) {
    throw new UserError(
      `${failed} of ${results.length} answers are not as they should be. Deploy again, or compare with: npm run plan -- ${context.environment.name}`,
    );
  }
});

async function accessToken(
  { environment, client }: EnvironmentContext,
  outputs: Readonly<Record<string, string>>,
): Promise<string | undefined> {
  const given = process.env["SMOKE_ACCESS_TOKEN"];
  if (given || !client.endpoint) {
    return given;
  }
  const target = {
    emulatorUrl: client.endpoint,
    region: environment.region,
    tokenHeader: environment.tokenHeader,
    invokeUrl: outputs["invoke_url"] ?? "",
    landingPageUrl: outputs["landing_page_url"] ?? "",
    clientId: outputs["user_pool_client_id"] ?? "",
  };
  const person = newPerson();
  await signUp(target, person);
  return (await signIn(target, person)).access;
}
