// Setting a title: how it breaks into lines and how large it can be. Fonts differ between machines, so every line carries
// the width it was set for (`textLength`): it is never wider than that, whatever the font.

/** Widths of capitals in thousandths of the font's size, as in the usual bold sans and serif. */
const sans = widths(
  "A722B722C722D722E667F611G778H722I278J556K722L611M833N722O778P667Q778R722S667T611U722V667W944X667Y667Z611",
);
const serif = widths(
  "A722B667C722D722E667F611G778H778I389J500K778L667M944N722O778P611Q778R722S556T667U722V722W999X722Y722Z667",
);
const other: Readonly<Record<string, number>> = {
  " ": 278,
  ".": 278,
  ",": 278,
  ":": 333,
  "'": 238,
  "-": 333,
  "/": 278,
  "&": 722,
};

function widths(text: string): Record<string, number> {
  return Object.fromEntries([...text.matchAll(/([A-Z])(\d{3})/g)].map(([, letter, width]) => [letter, Number(width)]));
}

export type Face = "sans" | "serif";

/** The width of a line of capitals at size 1. */
export function lineWidth(line: string, face: Face): number {
  const table = face === "sans" ? sans : serif;
  return Array.from(line).reduce((sum, letter) => sum + (table[letter] ?? other[letter] ?? 556), 0) / 1_000;
}

export interface SetTitle {
  lines: readonly { text: string; width: number }[];
  size: number;
  /** Of all lines. */
  height: number;
}

/** Lines stand so far apart, in sizes. */
export const leading = 0.96;

/** Breaks a title so that it can be large within `width` and `height`, and its lines even; at most `most` large. */
export function setTitle(title: string, face: Face, box: { width: number; height: number; most: number }): SetTitle {
  const words = title.toUpperCase().split(" ");
  let best: { title: SetTitle; worth: number } | undefined;
  for (let count = 1; count <= Math.min(5, words.length); count += 1) {
    for (const lines of breaks(words, count)) {
      const each = lines.map((line) => lineWidth(line, face));
      const widest = Math.max(...each);
      const size = Math.floor(Math.min(box.width / widest, box.height / (count * leading), box.most));
      // A single figure on a line of its own is not worth larger letters.
      const worth = size * (0.75 + (0.25 * Math.min(...each)) / widest);
      if (best && worth <= best.worth) continue;
      const set = lines.map((text, index) => ({ text, width: Math.round((each[index] ?? 0) * size) }));
      best = { title: { lines: set, size, height: Math.round(count * leading * size) }, worth };
    }
  }
  if (!best) throw new RangeError("a title has at least one word");
  return best.title;
}

function breaks(words: readonly string[], count: number): string[][] {
  if (count === 1) return [[words.join(" ")]];
  const found: string[][] = [];
  for (let first = 1; first <= words.length - count + 1; first += 1) {
    for (const rest of breaks(words.slice(first), count - 1)) found.push([words.slice(0, first).join(" "), ...rest]);
  }
  return found;
}
