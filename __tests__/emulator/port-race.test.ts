/** Two starts that chose the same port before either listened on it. */
import { environments } from "../../config/environments";
import { PortTakenError, startEmulator } from "../../local/emulator";
import { findPython } from "../../local/prerequisites";
import { pythonEnvironment } from "../../local/python-environment";
import { system } from "./deployed-system";

test("an emulator whose port another one has taken does not pass for it", async () => {
  const { signal } = new AbortController();
  const python = await pythonEnvironment((await findPython())!, signal);
  const port = Number(new URL(system.outputs["emulator_url"]!).port);
  const start = startEmulator({ python, port, region: environments.local.region, folder: ".local/test-race", signal });
  await expect(start).rejects.toBeInstanceOf(PortTakenError);
});
