// CSV as RFC 4180 has it, safe to open in a spreadsheet.

/** Text that a spreadsheet would run as a formula, after OWASP's "CSV injection". */
const formula = /^[\s]*[=+\-@\t\r\n＝＋－＠|]/;

/** One cell. Text that looks like a formula gets an apostrophe in front; numbers are ours and stay numbers. */
function cell(value: string | number): string {
  if (typeof value === "number") return String(value);
  const text = formula.test(value) ? `'${value}` : value;
  return /[",\r\n]/.test(text) || text !== text.trim() ? `"${text.replaceAll('"', '""')}"` : text;
}

/** One line with its CRLF. */
export function csvLine(cells: readonly (string | number)[]): string {
  return `${cells.map(cell).join(",")}\r\n`;
}

/** An amount as spreadsheets read it: `1250`, 2 digits → `12.50`; no currency, no grouping. */
export function csvAmount(amountMinor: number, digits: number): string {
  return (amountMinor / 10 ** digits).toFixed(digits);
}
