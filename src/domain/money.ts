// Money is an integer in minor units plus an ISO 4217 currency. No fraction of a minor unit ever exists.

/** The digits after the point that a currency has: 2 for USD, 0 for JPY, 3 for KWD. */
export function currencyDigits(currency: string): number {
  return new Intl.NumberFormat("en", { style: "currency", currency }).resolvedOptions().maximumFractionDigits ?? 2;
}

/** Whether `currency` is an ISO 4217 code that this runtime can format. */
export function isCurrency(currency: string): boolean {
  return /^[A-Z]{3}$/.test(currency) && Intl.supportedValuesOf("currency").includes(currency);
}

const formats = new Map<string, Intl.NumberFormat>();

/** `$12.50`: an amount as people write it in `locale`. */
export function formatMoney(amountMinor: number, currency: string, locale = "en-US"): string {
  const key = `${locale} ${currency}`;
  let format = formats.get(key);
  if (!format) formats.set(key, (format = new Intl.NumberFormat(locale, { style: "currency", currency })));
  return format.format(amountMinor / 10 ** currencyDigits(currency));
}

/** A share of an amount in basis points (1/100 of a percent), rounded half up to the minor unit. */
export function shareOf(amountMinor: number, basisPoints: number): number {
  return Math.floor((amountMinor * basisPoints + 5_000) / 10_000);
}
