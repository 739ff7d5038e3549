// Who sells in the demo. Fixed ids, so that accounts and documents can name them whatever the seed.

import type { SellerRow } from "../src/store/schema.ts";

/** Aurora Cinemas: the films. */
export const auroraCinemas = "h7c2x0m5jv9k4qwtz8b1n6dfy3";
/** Skyline Live: the concerts. */
export const skylineLive = "r3e9p5a1s7gk2vm0xw8qd4zth6";

/** What a seller adds to each ticket, in cents. */
export const feeMinor = 150;

export function plannedSellers(now: number): readonly SellerRow[] {
  const both = { currency: "USD", fee_minor: feeMinor, strand_rule: 1, created_at: now };
  return [
    { ...both, id: auroraCinemas, name: "Aurora Cinemas", tax_basis_points: 600, cancel_hours: 2 },
    { ...both, id: skylineLive, name: "Skyline Live", tax_basis_points: 600, cancel_hours: 72 },
  ];
}
