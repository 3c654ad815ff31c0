/** What would stop a command, told in one message: against a server that answers as AWS does where the emulator cannot. */
import { createServer, type IncomingMessage, type Server, type ServerResponse } from "node:http";
import type { AddressInfo } from "node:net";
import { requireAccount, requireStateBucket, stateBucketExists } from "../../commands/preflight";
import { environments } from "../support/environments";

const { dev } = environments;
const BUCKET = "cognito-integration-demo-state-111111111111-eu-central-1";

let server: Server;
let answer: (request: IncomingMessage, response: ServerResponse) => void;
let requests: IncomingMessage[];

beforeAll(async () => {
  server = createServer((request, response) => {
    requests.push(request);
    answer(request, response);
  });
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
});

beforeEach(() => {
  requests = [];
});

afterAll(() => server.close());

function access() {
  return {
    client: {
      region: dev.region,
      endpoint: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
      credentials: { accessKeyId: "key", secretAccessKey: "secret" },
      forcePathStyle: true,
      maxAttempts: 1,
    },
  };
}

function stsError(status: number, code: string) {
  return (_: IncomingMessage, response: ServerResponse) => {
    response.writeHead(status, { "content-type": "text/xml" });
    response.end(
      `<ErrorResponse xmlns="https://sts.amazonaws.com/doc/2011-06-15/"><Error><Type>Sender</Type><Code>${code}</Code><Message>${code}</Message></Error><RequestId>1</RequestId></ErrorResponse>`,
    );
  };
}

function identity(account: string) {
  return (_: IncomingMessage, response: ServerResponse) => {
    response.writeHead(200, { "content-type": "text/xml" });
    response.end(
      `<GetCallerIdentityResponse xmlns="https://sts.amazonaws.com/doc/2011-06-15/"><GetCallerIdentityResult><Arn>arn:aws:iam::${account}:user/ann</Arn><UserId>1</UserId><Account>${account}</Account></GetCallerIdentityResult></GetCallerIdentityResponse>`,
    );
  };
}

const status = (code: number) => (_: IncomingMessage, response: ServerResponse) => {
  response.writeHead(code).end();
};

test.each<[what: string, answer: typeof answer, message: RegExp]>([
  ["expired credentials", stsError(400, "ExpiredToken"), /^The AWS credentials have expired\. Sign in again \(aws sso login\)/],
  ["credentials that AWS does not know", stsError(403, "InvalidClientTokenId"), /^AWS refuses these credentials \(InvalidClientTokenId\)/],
  ["a wrong secret", stsError(403, "SignatureDoesNotMatch"), /^AWS refuses these credentials \(SignatureDoesNotMatch\)/],
  [
    "credentials of another account",
    identity("333333333333"),
    /^dev is in the account 111111111111, and these credentials are of 333333333333 \(arn:aws:iam::333333333333:user\/ann\)\. Use others \(AWS_PROFILE\), or correct dev\.account/,
  ],
])("%s", async (_, given, message) => {
  answer = given;
  await expect(requireAccount(dev, access())).rejects.toThrow(message);
  await expect(requireAccount(dev, access())).rejects.toMatchObject({ name: "UserError" });
});

test("credentials of the environment's account pass", async () => {
  answer = identity(dev.account);
  await expect(requireAccount(dev, access())).resolves.toBeUndefined();
});

test.each<[what: string, error: Error, message: RegExp]>([
  [
    "no credentials",
    Object.assign(new Error("Could not load credentials from any providers"), { name: "CredentialsProviderError" }),
    /^There are no AWS credentials, and dev needs some of the account 111111111111\./,
  ],
  [
    "a sign-in that has ended",
    Object.assign(new Error("Token is expired. To refresh this SSO session run aws sso login"), { name: "CredentialsProviderError" }),
    /^The AWS credentials have expired\./,
  ],
])("%s", async (_, error, message) => {
  const { client } = access();
  const credentials = () => Promise.reject(error);
  await expect(requireAccount(dev, { client: { ...client, credentials } })).rejects.toThrow(message);
});

test("an AWS that cannot be reached", async () => {
  const { client } = access();
  await expect(requireAccount(dev, { client: { ...client, endpoint: "http://127.0.0.1:1" } })).rejects.toThrow(
    /^AWS cannot be reached from here/,
  );
});

test.each<[what: string, code: number, message: string]>([
  ["a missing bucket", 404, `The state bucket ${BUCKET} does not exist yet. Make it once with: npm run bootstrap -- dev`],
  ["somebody else's bucket", 403, `The bucket ${BUCKET} is not for these credentials: it belongs to another account than 111111111111`],
  ["a bucket in another Region", 301, `The bucket ${BUCKET} exists, but not in eu-central-1.`],
])("%s", async (_, code, message) => {
  answer = status(code);
  await expect(requireStateBucket(dev, access())).rejects.toThrow(message);
});

test("the bucket counts as ours only when it is the account's: S3 is told whose it must be", async () => {
  answer = status(200);
  expect(await stateBucketExists(dev, access())).toBe(true);
  expect(requests.map(({ method, url, headers }) => [method, url, headers["x-amz-expected-bucket-owner"]])).toEqual([
    ["HEAD", `/${BUCKET}/`, "111111111111"],
  ]);
});
