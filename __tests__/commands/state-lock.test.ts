import { lockHeld, lockInError } from "../../commands/state-lock";

/** As Terraform 1.11 and OpenTofu 1.10 print it. */
const TERRAFORM = `
╷
│ Error: Error acquiring the state lock
│
│ Error message: operation error S3: PutObject, https response error
│ StatusCode: 412, api error PreconditionFailed
│ Lock Info:
│   ID:        6b0c3a1e-8f5e-4f4d-a3f7-5a1d1f9a7c22
│   Path:      bucket/dev/secured-api.tfstate
│   Operation: OperationTypeApply
│   Who:       ann@laptop
│   Version:   1.11.4
│   Created:   2026-11-24 22:10:03.123456789 +0000 UTC
│   Info:
│
╵`;

test.each([
  ["plain", TERRAFORM],
  ["behind cdktf's stack name", TERRAFORM.replaceAll("\n", "\nsecured-api-dev  ")],
])("the lock in Terraform's error, %s", (_, text) => {
  expect(lockInError(text)).toEqual({
    ID: "6b0c3a1e-8f5e-4f4d-a3f7-5a1d1f9a7c22",
    Operation: "OperationTypeApply",
    Who: "ann@laptop",
    Created: "2026-11-24 22:10:03.123456789 +0000 UTC",
  });
});

test("no lock in another error", () => {
  expect(lockInError("Error: Reference to undeclared resource\n  ID: 1\n  Who: me\n")).toBeUndefined();
});

const now = new Date("2026-11-24T22:13:10Z");

test.each([
  ["2026-11-24T22:10:03.1Z", "2026-11-24 22:10:03 UTC, 3 minutes ago"],
  ["2026-11-24 22:12:03.123456789 +0000 UTC", "2026-11-24 22:12:03 UTC, 1 minute ago"],
  ["2026-11-24T22:13:09Z", "2026-11-24 22:13:09 UTC, less than a minute ago"],
  ["some time ago", "some time ago"],
])("a lock of %s is held since %s", (Created, since) => {
  const lock = { ID: "id", Operation: "OperationTypeApply", Who: "ann@laptop", Created };
  expect(lockHeld(lock, "dev", "secured-api", now).message).toBe(
    `The state of secured-api-dev is locked: ann@laptop holds the lock since ${since} (OperationTypeApply, lock ID id).\n` +
      `If that run still goes on, wait for its end. If it was killed, read "A lock that stayed" in docs/operations.md, then:\n` +
      `  npm run unlock -- dev id`,
  );
});

test("the way to remove the lock names the stack unless it is the usual one", () => {
  const lock = { ID: "id", Operation: "OperationTypePlan", Who: "ann@laptop", Created: "" };
  expect(lockHeld(lock, "dev", "state-backend").message).toMatch(/npm run unlock -- dev id --stack state-backend$/);
});
