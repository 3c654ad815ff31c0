import { settings } from "./settings.mjs";

export default settings({
  name: "guard",
  mutate: ["review/guard/*.ts"],
  // Not golden-reports.test.ts: to read the provider's plans takes twice as long as all of these, and shows what they show.
  tests: ["guard", "narrowed-wildcards", "exceptions"].map((test) => `review/${test}.test.ts`),
});
