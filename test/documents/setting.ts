// An order as documents are made from, and how a printed sheet is read.

import { inflateSync } from "node:zlib";
import { decodeQR } from "qr/decode.js";
import type { OrderDocument } from "../../src/documents/order-document.ts";

export const order: OrderDocument = {
  orderId: "order-0000-0000-0001",
  language: "en",
  buyerName: "Ada Lovelace",
  showTitle: "Tom & Jerry, again; and again",
  // 7:30 PM in Denver, four weeks after its clocks went back.
  startsAt: Date.parse("2026-11-29T02:30:00Z"),
  endsAt: Date.parse("2026-11-29T04:15:00Z"),
  venue: {
    name: "Odeon",
    address: "1621 Glenarm Place",
    city: "Denver",
    region: "CO",
    country: "US",
    timeZone: "America/Denver",
    latitude: 39.74,
    longitude: -104.99,
  },
  auditorium: "Room 1",
  tickets: ["C-7", "C-8", "FLOOR#17", "FLOOR#18"].map((seat, index) => ({
    id: `order-0000-0000-0001.${index}`,
    seat,
    section: "",
    tier: "Adult",
    token: `v1.key.${"payload".repeat(18)}.${seat}`,
  })),
  cancelled: false,
  placedAt: Date.parse("2026-11-22T12:00:00Z"),
  publicUrl: "https://tickets.example.org",
};

/** What is drawn and written on each sheet of a PDF. */
export function sheetsOf(pdf: Buffer): readonly string[] {
  const text = pdf.toString("latin1");
  return [...text.matchAll(/\/FlateDecode[^>]*>>\s*stream\r?\n/g)].flatMap((match) => {
    const from = match.index + match[0].length;
    const drawn = inflateSync(pdf.subarray(from, text.indexOf("endstream", from))).toString("latin1");
    return drawn.includes(" re\n") ? [drawn] : [];
  });
}

/** The words of a sheet, as its reader takes them out. */
export function wordsOf(sheet: string): string {
  const shown = [...sheet.matchAll(/\[(.*?)\] TJ/g)].map(([, parts = ""]) =>
    [...parts.matchAll(/<([0-9a-f]*)>/g)].map(([, hex = ""]) => Buffer.from(hex, "hex").toString("latin1")).join(""),
  );
  return shown.join("\n");
}

/** What a scanner reads from the codes of a sheet, in order. */
export function codesOf(sheet: string): readonly string[] {
  // Each code is one path: its rectangles, then the filling.
  return sheet.split(/\nf\n/).flatMap((path) => {
    const squares = [...path.matchAll(/^(-?[\d.]+) (-?[\d.]+) (-?[\d.]+) (-?[\d.]+) re$/gm)].map((match) =>
      match.slice(1, 5).map(Number),
    ) as [number, number, number, number][];
    return squares.length > 100 ? [decode(squares)] : [];
  });
}

function decode(squares: readonly (readonly [x: number, y: number, width: number, height: number])[]): string {
  const side = Math.min(...squares.map(([, , width]) => width));
  const left = Math.min(...squares.map(([x]) => x));
  const top = Math.min(...squares.map(([, y]) => y));
  const count = Math.round((Math.max(...squares.map(([x, , width]) => x + width)) - left) / side);
  const scale = 4;
  const quiet = 4;
  const size = (count + 2 * quiet) * scale;
  const data = new Uint8ClampedArray(size * size * 4).fill(255);
  for (const [x, y, width] of squares) {
    const [fromX, fromY] = [Math.round((x - left) / side) + quiet, Math.round((y - top) / side) + quiet];
    for (let down = fromY * scale; down < (fromY + 1) * scale; down += 1)
      for (let across = fromX * scale; across < (fromX + Math.round(width / side)) * scale; across += 1)
        data.fill(0, (down * size + across) * 4, (down * size + across) * 4 + 3);
  }
  return decodeQR({ width: size, height: size, data });
}
