/** Brings the whole system up once for all tests of the emulator project. */
import { environments } from "../../config/environments";
import { LocalSystem } from "../../local/local-system";

declare global {
  var localSystem: LocalSystem | undefined;
}

export default async function globalSetup(): Promise<void> {
  const folder = ".local/test";
  const system = new LocalSystem({ environment: environments.local, folder, signal: new AbortController().signal });
  globalThis.localSystem = system;
  try {
    for (const step of system.steps) {
      const start = Date.now();
      await step.run(() => undefined);
      process.stderr.write(`${step.title}: ${((Date.now() - start) / 1000).toFixed(1)} s\n`);
    }
  } catch (error) {
    await system.stop(); // jest does not call the teardown when the set-up fails
    throw error;
  }
  process.env["DEPLOYED_SYSTEM"] = JSON.stringify({
    folder,
    outputs: system.outputs,
    env: system.env,
    smokeCheckTarget: system.smokeCheckTarget,
    credentials: system.emulator.credentials,
  });
}
