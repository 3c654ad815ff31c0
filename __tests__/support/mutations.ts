type Path = readonly (string | number)[];

/** Where a value holds something that is no object: every path to it. */
export function leafPaths(value: unknown, path: Path = []): Path[] {
  if (typeof value !== "object" || value === null) {
    return [path];
  }
  const keys = Array.isArray(value) ? value.map((_, index) => index) : Object.keys(value);
  return keys.flatMap((key) => leafPaths((value as Record<string | number, unknown>)[key], [...path, key]));
}

/** Another value of the same type. */
export function another(value: unknown): unknown {
  switch (typeof value) {
    case "boolean":
      return !value;
    case "number":
      return value === 0 ? 1 : -value;
    case "string":
      return `x${value}`;
    default:
      return "another";
  }
}

/** A copy in which what is at the path is something else, or absent where `change` returns undefined. */
export function changed<Value>(value: Value, path: Path, change: (leaf: unknown) => unknown): Value {
  const copy = structuredClone(value);
  const last = path.at(-1)!;
  const parent = path.slice(0, -1).reduce<unknown>((inner, key) => (inner as Record<string | number, unknown>)[key], copy);
  const holder = parent as Record<string | number, unknown>;
  const replacement = change(holder[last]);
  if (replacement !== undefined) {
    // Assigned, "__proto__" would be the prototype instead of a key.
    Object.defineProperty(holder, last, { value: replacement, enumerable: true, configurable: true, writable: true });
  } else if (Array.isArray(parent)) {
    parent.splice(Number(last), 1);
  } else {
    Reflect.deleteProperty(holder, last);
  }
  return copy;
}

/** A copy with the keys of every object in another order, as `shuffle` puts them; lists too where `isUnordered` says so. */
export function reordered(
  value: unknown,
  shuffle: <Item>(items: readonly Item[]) => Item[],
  isUnordered: (key: string) => boolean = () => false,
  key = "",
): unknown {
  if (Array.isArray(value)) {
    const items = value.map((item: unknown) => reordered(item, shuffle, isUnordered));
    return isUnordered(key) ? shuffle(items) : items;
  }
  if (typeof value === "object" && value !== null) {
    const entries = Object.entries(value).map(([name, inner]) => [name, reordered(inner, shuffle, isUnordered, name)] as const);
    return Object.fromEntries(shuffle(entries));
  }
  return value;
}

/** A copy without some keys. */
export function without(value: Readonly<Record<string, unknown>>, ...keys: readonly string[]): Record<string, unknown> {
  return Object.fromEntries(Object.entries(value).filter(([key]) => !keys.includes(key)));
}
