/** Deploys that are killed when people use the system already: first ones in the second half of the apply, and an update. */
import { environments } from "../../config/environments";
import { COMPLETE } from "./complete-inventory";
import { InterruptibleSystem, RECOVERY } from "./interruptible-system";

const system = new InterruptibleSystem("interrupted late");

beforeAll(() => system.start());
afterAll(() => system.stop());

async function expectSignedUpBeforeIsLetIn(): Promise<void> {
  expect(await system.statusAfterSignIn()).toBe(200);
}

test.each([11, 13, 15, 18].map((point) => [point]))(
  "a first deploy, killed after %i of 22 resources: the documented commands complete it, and who had signed up before is let in",
  async (point) => {
    await system.killFirstDeploy(point);
    expect(await system.signUp()).toBe(true);
    await system.expectRecovery();
    await expectSignedUpBeforeIsLetIn();
  },
);

const withSample = {
  ...COMPLETE,
  paths: [...COMPLETE.paths, "/sample"].sort(),
  methods: [...COMPLETE.methods, "GET /sample"].sort(),
  permissions: [...COMPLETE.permissions, environments.local.names.function].sort(),
};

test("a first deploy of a stack with a further route, killed after 20 resources, and then its recovery, killed while it adopts", async () => {
  const route = 'api.addRoute({ method: "GET", path: "/", target: backend, scopes: ["email"] });';
  system.edit("stacks/secured-api/index.ts", route, `${route}\n${route.replace('"/"', '"/sample"')}`);
  await system.killFirstDeploy(20);
  expect(await system.signUp()).toBe(true);
  const [unlock = ""] = RECOVERY;
  await system.recover([unlock]);
  expect(await system.kill("adopt", 12)).toBe(true);
  await system.expectRecovery(withSample);
  await expectSignedUpBeforeIsLetIn();
});

/** Of the system that the test before has left: complete, and with somebody who has signed up. */
test("an update, killed when the API's new deployment is made, and the old one and a route that is to go are still there", async () => {
  system.edit("config/environments.ts", "logRetentionDays: 1,", 'logRetentionDays: 1, users: { groups: ["operators"] },');
  // Little is left to do at that point, so a deploy can be faster than the kill: then the next one changes the route again.
  const routes = ["/sample", "/sample-2", "/sample-3", "/sample-4"];
  let killed = 0;
  for (let next = 1; killed === 0 && next < routes.length; next++) {
    system.edit("stacks/secured-api/index.ts", `"${routes[next - 1]!}"`, `"${routes[next]!}"`);
    killed = (await system.kill("deploy", /aws_api_gateway_deployment\S+ .*: Creation complete/)) ? next : 0;
  }
  expect(killed).toBeGreaterThan(0);
  const paths = [...COMPLETE.paths, routes[killed]!].sort();
  const methods = [...COMPLETE.methods, `GET ${routes[killed]!}`].sort();
  await system.expectRecovery({ ...withSample, paths, methods, groups: ["operators"] });
  await expectSignedUpBeforeIsLetIn();
});
