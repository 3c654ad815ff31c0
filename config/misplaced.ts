/** Settings that do not go with the place the environment lives in: ARNs of another account or Region, and what the emulator lacks. */
import type { CustomDomains } from "./protection";
import type { Users } from "./users";

/** The Region in which CloudFront, which serves the login pages, looks for certificates. */
const LOGIN_PAGES_CERTIFICATE_REGION = "us-east-1";

/** The Region and account in an ARN; nothing of what is none, which has its line already. */
function placeOf(arn = ""): { region: string; account: string } | undefined {
  const [, region, account] = /^arn:aws:[a-z]+:([a-z0-9-]+):(\d{12}):/.exec(arn) ?? [];
  return region !== undefined && account !== undefined ? { region, account } : undefined;
}

interface Placed {
  readonly account: string;
  readonly region: string;
  readonly users: Users;
  readonly customDomains: CustomDomains;
  readonly signIn: { readonly domainPrefix?: string | undefined };
  readonly emulator?: unknown;
}

/** What is wrong with settings that do not go with the place the environment lives in. */
export function misplaced({ account, region, users, customDomains, signIn, emulator }: Placed): { path: string[]; message: string }[] {
  const inAccount = (path: string[], arn: string | undefined, wantedRegion = region) => {
    const place = placeOf(arn);
    return !place || (place.account === account && place.region === wantedRegion)
      ? []
      : [{ path, message: `it must belong to account ${account} and Region ${wantedRegion}. Name one of them there` }];
  };
  const onEmulator = (path: string[], set: boolean, what: string) =>
    emulator !== undefined && set
      ? [{ path, message: `the emulator's login pages know no ${what}. Leave it out of this environment` }]
      : [];
  return [
    ...inAccount(["customDomains", "api", "certificateArn"], customDomains.api?.certificateArn),
    ...inAccount(
      ["customDomains", "loginPages", "certificateArn"],
      customDomains.loginPages?.certificateArn,
      LOGIN_PAGES_CERTIFICATE_REGION,
    ),
    ...inAccount(["users", "emailSender", "identityArn"], users.emailSender?.identityArn),
    ...(customDomains.loginPages && signIn.domainPrefix !== undefined
      ? [
          {
            path: ["signIn", "domainPrefix"],
            message: "the login pages have the host name customDomains.loginPages and no prefix. Leave one of them out",
          },
        ]
      : []),
    ...(customDomains.api && customDomains.api.name === customDomains.loginPages?.name
      ? [{ path: ["customDomains", "loginPages", "name"], message: "the API has that host name already. Give each its own" }]
      : []),
    ...onEmulator(["users", "mfa"], users.mfa === "ON", "code from an authenticator app"),
    ...onEmulator(["customDomains"], Boolean(customDomains.api ?? customDomains.loginPages), "host name of your own"),
  ];
}
