// Amounts, numbers and lists as the reader's language writes them.

import { formatMoney } from "../domain/money.ts";
import { t } from "./messages.ts";

/** `26%` of a whole; `<1%` for what would round to nothing. */
export function percentText(share: number): string {
  const format = new Intl.NumberFormat(t.locale, { style: "percent", maximumFractionDigits: 0 });
  return share > 0 && share < 0.005 ? `<${format.format(0.01)}` : format.format(share);
}

/** `$12.50` */
export function moneyText(amountMinor: number, currency: string): string {
  return formatMoney(amountMinor, currency, t.locale);
}

const formats = new Map<string, Intl.NumberFormat>();

/** `1,204`, with so many digits after the point. */
export function numberText(value: number, digits = 0): string {
  const key = `${t.locale} ${digits}`;
  let format = formats.get(key);
  const options = { minimumFractionDigits: digits, maximumFractionDigits: digits };
  if (!format) formats.set(key, (format = new Intl.NumberFormat(t.locale, options)));
  return format.format(value);
}

/** `C-9 and C-10` */
export function listText(items: readonly string[]): string {
  return new Intl.ListFormat(t.locale, { type: "conjunction" }).format(items);
}
