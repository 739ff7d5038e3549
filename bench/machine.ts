// What the figures were measured on, and small arithmetic over them.

import { cpus, release, totalmem } from "node:os";

/** One line about the machine: figures mean little without it. */
export function machineText(): string {
  const [cpu] = cpus();
  const memory = Math.round(totalmem() / 2 ** 30);
  return `${cpus().length} × ${cpu?.model.trim() ?? "unknown processor"}, ${memory} GiB, Linux ${release()}, Node ${process.versions.node}`;
}

export function median(values: readonly number[]): number {
  const sorted = values.toSorted((a, b) => a - b);
  const middle = Math.floor(sorted.length / 2);
  const upper = sorted[middle] ?? Number.NaN;
  return sorted.length % 2 === 1 ? upper : ((sorted[middle - 1] ?? Number.NaN) + upper) / 2;
}

export function percentile(values: readonly number[], share: number): number {
  const sorted = values.toSorted((a, b) => a - b);
  return sorted[Math.min(sorted.length - 1, Math.floor(sorted.length * share))] ?? Number.NaN;
}

/** One line of bench/RESULTS.md: what was measured, the figure, its limit from the same run, and whether it holds. */
export interface Row {
  work: string;
  figure: string;
  limit: string;
  holds: boolean;
  note?: string;
}
