/** How numbers are written, on the page and by the command. */

const whole = new Intl.NumberFormat("en-US", { maximumFractionDigits: 0 });
const cents = new Intl.NumberFormat("en-US", { minimumFractionDigits: 2, maximumFractionDigits: 2 });
const exact = new Intl.NumberFormat("en-US", { maximumFractionDigits: 7 });

/** US dollars: with cents below 100. */
export const usd = (value: number) => (Math.abs(value) < 99.995 ? cents : whole).format(value);

/** How full a quota is: in percent, with two digits below 10 %; from ten times on as a multiple. */
export function fullness(share: number): string {
  if (share >= 9.995) {
    return `× ${whole.format(share)}`;
  }
  return `${share < 0.0995 ? Number((share * 100).toPrecision(2)) : whole.format(share * 100)} %`;
}

/** A count or a unit's price, with every digit that it has. */
export const count = (value: number) => exact.format(value);

/** A load to three digits: more would promise too much. */
export const rounded = (value: number) => exact.format(Number(value.toPrecision(3)));
