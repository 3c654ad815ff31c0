/**
 * First deploys that are killed in the first half of the apply; the second half is in interrupted-late.test.ts. Terraform saves the state in S3
 * every 20 seconds, so the state knows nothing of what they made.
 */
import { InterruptibleSystem } from "./interruptible-system";

const system = new InterruptibleSystem("interrupted early");

beforeAll(() => system.start());
afterAll(() => system.stop());

test.each([0, 2, 4, 6, 9].map((point) => [point]))(
  "killed after %i of 22 resources: the documented commands complete it, and who signs up is let in",
  async (point) => {
    await system.killFirstDeploy(point);
    // Before there is an app client, which is among the first ten, nobody can sign up.
    const signedUpBefore = await system.signUp();
    await system.expectRecovery();
    if (!signedUpBefore) {
      expect(await system.signUp()).toBe(true);
    }
    expect(await system.statusAfterSignIn()).toBe(200);
  },
);
