/** How long to wait after so many failures in a row (1, 2, …): `firstMs`, doubled each time, at most `maxMs`. */
export function backoffMs(failures: number, firstMs: number, maxMs: number): number {
  return Math.min(maxMs, firstMs * 2 ** Math.min(failures - 1, 40));
}
