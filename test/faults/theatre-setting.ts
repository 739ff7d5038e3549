import { makeShowing } from "../sales/fixture.ts";

/** The same showing before and after the process was killed. */
export function theShowings(start: number) {
  return [makeShowing("small-cinema", start, { id: "0000100z1abcdefgh" })];
}

export const orderId = "order-of-the-struck-client";
export const theMove = { moveId: "m1", moves: [{ from: "C-8", to: "C-9" }] };
