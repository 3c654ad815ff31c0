/** Plots as SVG, written out: two kinds are all that is needed, and a plotting library would be the largest package of the project. */

const WIDTH = 760;
const FONT = 'font-family="Helvetica, Arial, sans-serif" font-size="13"';
/** Told apart by people with any kind of colour vision. @see https://jfly.uni-koeln.de/color/ */
const COLOURS = ["#0072b2", "#d55e00", "#009e73", "#cc79a7"];

export interface Point {
  readonly x: number;
  readonly y: number;
  /** The value is at least this: its measurement was ended. */
  readonly atLeast?: boolean;
}

export interface Series {
  readonly name: string;
  readonly points: readonly Point[];
}

/** Lines over two logarithmic axes. A measurement that was ended is a hollow point. */
export function lineChart(title: string, axes: { readonly x: string; readonly y: string }, series: readonly Series[]): string {
  const [left, top, right, bottom] = [70, 70, 540, 350];
  const points = series.flatMap((one) => one.points);
  const ticksX = [...new Set(points.map(({ x }) => x))].sort((a, b) => a - b);
  const [leastY, largestY] = [Math.min, Math.max].map((pick) => pick(...points.map(({ y }) => y)));
  const ticksY = niceTicks(leastY ?? 1, largestY ?? 1);
  const x = scale(ticksX, left, right);
  const y = scale(ticksY, bottom, top);
  const place = (point: Point) => `${x(point.x)},${y(point.y)}`;

  const grid = [
    ...ticksY.map((tick) => `<line x1="${left}" y1="${y(tick)}" x2="${right}" y2="${y(tick)}" stroke="#ddd"/>`),
    ...ticksY.map((tick) => label(left - 8, y(tick) + 4, String(tick), "end")),
    ...ticksX.map((tick) => label(x(tick), bottom + 20, tick.toLocaleString("en"), "middle")),
    label((left + right) / 2, bottom + 42, axes.x, "middle"),
    label(left - 8, top - 16, axes.y, "end"),
  ];
  const lines = series.flatMap(({ name, points: own }, index) => {
    const colour = colourOf(index);
    return [
      `<polyline fill="none" stroke="${colour}" stroke-width="2" points="${own.map(place).join(" ")}"/>`,
      ...own.map(
        (point) =>
          `<circle cx="${x(point.x)}" cy="${y(point.y)}" r="4" fill="${point.atLeast ? "white" : colour}" stroke="${colour}" stroke-width="2"/>`,
      ),
      `<rect x="${right + 20}" y="${top + index * 24}" width="12" height="12" fill="${colour}"/>`,
      label(right + 40, top + 11 + index * 24, name, "start"),
    ];
  });
  return svg(410, title, [...grid, ...lines]);
}

export interface Bar {
  readonly name: string;
  readonly value: number;
  /** Bars of the same thing have the same colour: its place in the list of colours. */
  readonly colour: number;
}

/** Horizontal bars from zero, each with its value. */
export function barChart(title: string, unit: string, bars: readonly Bar[]): string {
  const [left, top, right, step] = [320, 50, 660, 28];
  const largest = Math.max(...bars.map(({ value }) => value));
  const drawn = bars.flatMap(({ name, value, colour }, index) => {
    const width = round(((right - left) * value) / largest);
    const middle = top + index * step + 10;
    return [
      label(left - 8, middle + 4, name, "end"),
      `<rect x="${left}" y="${middle - 9}" width="${width}" height="18" fill="${colourOf(colour)}"/>`,
      label(left + width + 6, middle + 4, `${value.toFixed(value < 10 ? 2 : 1)} ${unit}`, "start"),
    ];
  });
  return svg(top + bars.length * step + 20, title, drawn);
}

/** 1, 2 and 5 times the powers of ten around the values, or the powers alone where that is enough. */
function niceTicks(least: number, largest: number): number[] {
  const [from, to] = [Math.floor(Math.log10(least)), Math.ceil(Math.log10(largest))];
  const steps = to - from > 2 ? [1] : [1, 2, 5];
  const all = Array.from({ length: to - from + 1 }, (_, index) =>
    steps.map((step) => Number((step * 10 ** (from + index)).toPrecision(1))),
  ).flat();
  const first = all.findLastIndex((tick) => tick <= least);
  const last = all.findIndex((tick) => tick >= largest);
  return all.slice(Math.max(first, 0), last + 1);
}

/** A logarithmic scale over the first to the last tick. */
function scale(ticks: readonly number[], from: number, to: number): (value: number) => number {
  const [first, last] = [Math.log10(ticks[0] ?? 1), Math.log10(ticks.at(-1) ?? 10)];
  return (value) => round(from + ((to - from) * (Math.log10(value) - first)) / (last - first || 1));
}

function svg(height: number, title: string, content: readonly string[]): string {
  return [
    `<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 ${WIDTH} ${height}" role="img" ${FONT} fill="#222">`,
    `<title>${escaped(title)}</title>`,
    `<rect width="${WIDTH}" height="${height}" fill="white"/>`,
    `<text x="20" y="24" font-size="15" font-weight="bold">${escaped(title)}</text>`,
    ...content,
    "</svg>",
    "",
  ].join("\n");
}

function label(x: number, y: number, text: string, anchor: "start" | "middle" | "end"): string {
  return `<text x="${round(x)}" y="${round(y)}" text-anchor="${anchor}">${escaped(text)}</text>`;
}

function colourOf(index: number): string {
  return COLOURS[index % COLOURS.length] ?? "black";
}

function round(value: number): number {
  return Number(value.toFixed(1));
}

function escaped(text: string): string {
  return text.replace(/&/g, "&amp;").replace(/</g, "&lt;");
}
