/**
 * How the landing page looks and reads in each of its states: no violation that axe-core knows, light, dark and on a phone.
 *
 * The run leaves pictures in .local/screenshots. `npm run images` writes those that the README shows to docs/images.
 */
import path from "node:path";
import type { Page } from "playwright-core";
import { accessibilityViolations } from "../support/accessibility";
import { landingPageVisits } from "../support/landing-page-visits";
import { settled } from "../support/visitor";

const visit = landingPageVisits();

const LOOKS = {
  light: { colorScheme: "light", viewport: { width: 1000, height: 720 } },
  dark: { colorScheme: "dark", viewport: { width: 1000, height: 720 } },
  phone: { colorScheme: "light", viewport: { width: 360, height: 740 } },
  "phone-dark": { colorScheme: "dark", viewport: { width: 360, height: 740 } },
} as const;
const README_PICTURES = new Set(["signed-in-light", "signed-in-phone-dark"]);

const STATES: Record<string, () => Promise<Page>> = {
  "not-signed-in": () => visit.visitor.open(),
  "calling-the-api": async () => {
    await visit.visitor.context.route("**/demo", () => undefined); // an answer that takes longer than the test
    const page = await visit.visitor.open();
    await page.getByRole("button", { name: "Sign in" }).click();
    await page.getByText("Calling the API").waitFor();
    return page;
  },
  "signed-in": () => visit.visitor.signIn(),
  "a-long-answer": () => {
    visit.services.api = {
      status: 200,
      body: JSON.stringify({ items: Array.from({ length: 200 }, (_, item) => `item-${item}`) }, null, 2),
    };
    return visit.visitor.signIn();
  },
  "api-refused": () => {
    visit.services.api = { status: 403, body: '{"message":"Forbidden"}' };
    return visit.visitor.signIn();
  },
  "api-unreachable": () => {
    visit.services.api = undefined;
    return visit.visitor.signIn();
  },
  error: () => {
    visit.services.tamper = (redirect) =>
      new URL(`${redirect.origin}${redirect.pathname}?error=invalid_scope&error_description=phone+is+not+allowed`);
    return visit.visitor.signIn();
  },
  ended: async () => {
    await visit.visitor.context.clock.install();
    const page = await visit.visitor.signIn();
    await page.clock.fastForward("01:00:01");
    await settled(page);
    return page;
  },
};

test.each(Object.entries(STATES))("%s", async (state, reach) => {
  const page = await reach();
  for (const [look, { colorScheme, viewport }] of Object.entries(LOOKS)) {
    await page.emulateMedia({ colorScheme });
    await page.setViewportSize(viewport);
    expect(await accessibilityViolations(page)).toEqual([]);
    expect(await page.evaluate("document.documentElement.scrollWidth <= innerWidth")).toBe(true);
    await takePicture(page, `${state}-${look}`);
  }
});

test("without JavaScript", async () => {
  await visit.arriveWith({ javaScriptEnabled: false });
  const page = await visit.visitor.open();
  await takePicture(page, "without-javascript");
  expect(await page.getByRole("heading", { level: 1 }).isVisible()).toBe(true);
});

test("a screen reader is told of each change, and not of each second", async () => {
  const page = await visit.visitor.signIn();
  expect(await page.getByRole("status").textContent()).toMatch(/You are signed in/);
  expect(await page.getByRole("status").locator("[id=time-left]").count()).toBe(0);
});

test("nothing moves for those who asked for that", async () => {
  const page = await STATES["calling-the-api"]!();
  const moving = () => page.evaluate("document.getAnimations().length");
  expect(await moving()).toBe(0);
  await page.emulateMedia({ reducedMotion: "no-preference" });
  expect(await moving()).toBe(1);
});

async function takePicture(page: Page, name: string): Promise<void> {
  const folders = [".local/screenshots", ...(process.env["UPDATE_README_PICTURES"] && README_PICTURES.has(name) ? ["docs/images"] : [])];
  for (const folder of folders) {
    // Playwright would hide the caret by a style of its own, which the page's policy stops.
    await page.screenshot({ path: path.join(folder, `landing-page-${name}.png`), caret: "initial" });
  }
}
