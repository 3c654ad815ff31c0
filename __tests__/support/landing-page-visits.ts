import type { Browser, BrowserContextOptions } from "playwright-core";
import { launchBrowser } from "./browser";
import { FakeServices } from "./fake-services";
import { Visitor } from "./visitor";

/** What a test of the landing page works with: a visitor who has just arrived, and services in their first state. */
export interface LandingPageVisits {
  readonly services: FakeServices;
  readonly visitor: Visitor;
  /** Replaces the visitor by one with another browser profile. */
  readonly arriveWith: (options: BrowserContextOptions) => Promise<void>;
}

/**
 * Sets up a test file: one browser and one set of services for the file, a new visitor for each test.
 *
 * After each test it holds against the visit what must never be: a token left behind somewhere, a broken policy, an error of the script.
 */
export function landingPageVisits(): LandingPageVisits {
  let browser: Browser;
  let services: FakeServices;
  let visitor: Visitor;

  beforeAll(async () => {
    browser = await launchBrowser();
    services = await FakeServices.start();
  });
  beforeEach(async () => {
    services.reset();
    visitor = await Visitor.arrive(browser, services);
  });
  afterEach(async () => {
    const faults = [...(await visitor.traces()), ...visitor.console.filter((line) => /^error:|policy/i.test(line))];
    await visitor.leave();
    expect(faults).toEqual([]);
  });
  afterAll(async () => {
    await browser.close();
    await services.stop();
  });

  return {
    get services() {
      return services;
    },
    get visitor() {
      return visitor;
    },
    arriveWith: async (options) => {
      await visitor.leave();
      visitor = await Visitor.arrive(browser, services, options);
    },
  };
}
