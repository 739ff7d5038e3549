// Texts with places to fill in, as scripts in browsers use them too.

/** `fill("Row {row} seat {seat}", { row: "C", seat: "7" })`. A place that nothing is said about stays empty. */
export function fill(template: string, values: Readonly<Record<string, string | number>>): string {
  return template.replaceAll(/\{(\w+)\}/g, (_, name: string) => String(values[name] ?? ""));
}
