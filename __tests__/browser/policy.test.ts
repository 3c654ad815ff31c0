/** What the landing page's policy stops, should anybody get something into the page. */
import type { Browser, Page } from "playwright-core";
import { launchBrowser } from "../support/browser";
import { FakeServices } from "../support/fake-services";
import { Visitor } from "../support/visitor";

let browser: Browser;
let services: FakeServices;
let visitor: Visitor;
let page: Page;

beforeAll(async () => {
  browser = await launchBrowser();
  services = await FakeServices.start();
});
afterAll(async () => {
  await browser.close();
  await services.stop();
});
beforeEach(async () => {
  visitor = await Visitor.arrive(browser, services);
  page = await visitor.open();
});
afterEach(async () => {
  await visitor.leave();
});

/** Puts markup into the page, as a hole in it would. */
async function inject(tag: string, attributes: Record<string, string>, content = ""): Promise<void> {
  await page.evaluate(`{
    const element = document.createElement(${JSON.stringify(tag)});
    for (const [name, value] of Object.entries(${JSON.stringify(attributes)})) element.setAttribute(name, value);
    element.textContent = ${JSON.stringify(content)};
    document.body.append(element);
  }`);
}

test.each<[string, string, Record<string, string>, string, RegExp]>([
  ["an inline script", "script", {}, "window.injected = true", /script-src-elem inline/],
  ["a script from elsewhere", "script", { src: "http://localhost:9/x.js" }, "", /script-src-elem http:\/\/localhost:9/],
  ["a script of the API's own origin", "script", { src: "/demo" }, "", /script-src-elem http/],
  ["a handler in an attribute", "button", { onclick: "window.injected = true" }, "", /script-src-attr inline/],
  ["an inline style", "style", {}, "body { display: none }", /style-src-elem inline/],
  ["an image, which could carry data away", "img", { src: "http://localhost:9/?data" }, "", /img-src http:\/\/localhost:9/],
  ["a frame", "iframe", { src: "http://localhost:9/" }, "", /frame-src http:\/\/localhost:9/],
  ["another base address", "base", { href: "http://localhost:9/" }, "", /base-uri http:\/\/localhost:9/],
])("%s does not work", async (_, tag, attributes, content, violation) => {
  await inject(tag, attributes, content);
  if ("onclick" in attributes) {
    await page.evaluate("document.body.lastElementChild.click()");
  }
  await violated(violation);
  expect(await page.evaluate("window.injected")).toBeUndefined();
});

test("data cannot be sent elsewhere", async () => {
  const sent = await page.evaluate("fetch('http://localhost:9/').then(() => 'sent', () => 'stopped')");
  expect(sent).toBe("stopped");
  await violated(/connect-src http:\/\/localhost:9/);
});

test("no other page can frame it", async () => {
  const outside = await visitor.context.newPage();
  await outside.goto(`http://localhost:${new URL(services.url()).port}/elsewhere`);
  await outside.setContent(`<iframe src="${services.url()}"></iframe>`);
  await outside.waitForTimeout(200);
  expect(outside.frames()[1]!.url()).not.toBe(services.url());
});

/** Waits until the browser has told of a violation. */
async function violated(violation: RegExp): Promise<void> {
  for (let attempt = 0; attempt < 50 && !violation.test(visitor.console.join("\n")); attempt++) {
    await page.waitForTimeout(20);
  }
  expect(visitor.console.join("\n")).toMatch(violation);
}
