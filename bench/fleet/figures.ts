// Rows of the fleet's table.

import { median, type Row } from "../machine.ts";

export const clients = 64;

/** How long everything may take: `quick` only tries whether it works. */
export interface Pace {
  rounds: number;
  /** Of one measurement, ms. */
  roundMs: number;
  /** Sizes are divided by this. */
  scale: number;
}

export const whole = (value: number): string => Math.round(value).toLocaleString("en");

/** A rate as a multiple of another that was measured in the same rounds: the median of the rounds' ratios. */
export function ratioOf(figures: readonly number[], limits: readonly number[]): number {
  return median(figures.map((figure, round) => figure / (limits[round] ?? Number.NaN)));
}

/** A row that holds if the ratio is at least so much. */
export function rateRow(
  work: string,
  figures: readonly number[],
  limit: { atLeast: number; of: string; figures: readonly number[]; unit: string },
): Row {
  const ratio = ratioOf(figures, limit.figures);
  return {
    work,
    figure: `${whole(median(figures))} ${limit.unit} (${ratio.toFixed(2)} ×)`,
    limit: `≥ ${limit.atLeast} × ${limit.of}: ${whole(median(limit.figures))}`,
    holds: ratio >= limit.atLeast,
  };
}
