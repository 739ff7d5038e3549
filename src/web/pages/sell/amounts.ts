// Amounts and shares as people type them.

import { currencyDigits } from "../../../domain/money.ts";

/** `12.50` → 1250 for a currency with two digits; undefined if it is no amount. A comma may stand for the point. */
export function readAmount(text: string, currency: string): number | undefined {
  const digits = currencyDigits(currency);
  const match = /^(\d{1,9})(?:[.,](\d{1,3}))?$/.exec(text.trim());
  const [, whole, fraction = ""] = match ?? [];
  if (whole === undefined || fraction.length > digits) return undefined;
  return Number(whole + fraction.padEnd(digits, "0"));
}

/** 1250 → `12.50`: what stands in a field. */
export function writeAmount(amountMinor: number, currency: string): string {
  const digits = currencyDigits(currency);
  return (amountMinor / 10 ** digits).toFixed(digits);
}

/** `8.25` percent → 825 basis points; undefined if it is none, or more than all. */
export function readPercent(text: string): number | undefined {
  const match = /^(\d{1,3})(?:[.,](\d{1,2}))?$/.exec(text.trim());
  const [, whole, fraction = ""] = match ?? [];
  const basisPoints = Number(whole) * 100 + Number(fraction.padEnd(2, "0"));
  return whole === undefined || basisPoints > 10_000 ? undefined : basisPoints;
}

/** 825 → `8.25` */
export function writePercent(basisPoints: number): string {
  return (basisPoints / 100).toFixed(2).replace(/\.?0+$/, "");
}
