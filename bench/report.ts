// The files of results in this folder: the table is written anew by each run, what people wrote below it stays.

import { readFileSync, writeFileSync } from "node:fs";
import { machineText, type Row } from "./machine.ts";

const notesLine = "<!-- notes: kept by the next run -->";

export interface Report {
  title: string;
  /** The command that measures. */
  command: string;
  /** How: follows the sentence that says when, by what and on which machine. */
  how: string;
  rows: readonly Row[];
  notes?: readonly string[];
}

/** Writes `name` in this folder; answers what stands above the kept notes. */
export function writeReport(name: string, { title, command, how, rows, notes = [] }: Report): string {
  const file = new URL(name, import.meta.url);
  const text = [
    `# ${title}`,
    "",
    `Measured ${new Date().toISOString().slice(0, 10)} by \`${command}\` on ${machineText()}.`,
    how,
    "",
    "| work | figure | limit | |",
    "| --- | --- | --- | --- |",
    ...rows.map(
      ({ work, figure, limit, holds }) => `| ${work} | ${figure} | ${limit} | ${holds ? "holds" : "**missed**"} |`,
    ),
    "",
    ...(notes.length > 0 ? [...notes.map((note) => `* ${note}`), ""] : []),
    notesLine,
  ].join("\n");
  writeFileSync(file, `${text}${kept(file)}`);
  return text;
}

function kept(file: URL): string {
  try {
    return readFileSync(file, "utf8").split(notesLine)[1] ?? "\n";
  } catch {
    return "\n";
  }
}

/** Prints rows as they are found. */
export function say(rows: readonly Row[]): void {
  for (const row of rows)
    console.log(`${row.holds ? "holds" : "MISS "}  ${row.work}\n       ${row.figure}   limit: ${row.limit}`);
}
