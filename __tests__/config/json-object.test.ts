import { isJsonObject } from "../../config/json-object";

test.each<[value: unknown, is: boolean]>([
  [{}, true],
  [{ a: 1 }, true],
  [[], false],
  [[{}], false],
  [null, false],
  [undefined, false],
  ["{}", false],
  [1, false],
])("%j is an object of JSON: %s", (value, is) => {
  expect(isJsonObject(value)).toBe(is);
});
