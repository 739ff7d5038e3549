// Seat maps to begin with: pure geometry, the same drawing every time. Lengths are centimetres, as in seat-map.ts;
// rows are arcs around a point above the screen or stage, so that they curve towards it.

import { arc, gradedRows, letters, outlineOfArcs, rowOnArc, type Sector } from "./arcs.ts";
import { outlineOf } from "./seat-map-outline.ts";
import type { Row, Seat, SeatedSection, SeatMap } from "./seat-map.ts";

/** The templates there are, smallest first. */
export const seatMapTemplates = [
  { kind: "small-cinema", name: "Small cinema", places: 120, describe: "120 seats, two aisles" },
  { kind: "large-cinema", name: "Large cinema", places: 350, describe: "350 seats, two aisles" },
  { kind: "theatre", name: "Theatre", places: 1_200, describe: "Stalls, balcony and boxes: 1,200 seats" },
  { kind: "arena", name: "Arena", places: 20_000, describe: "17,000 seats in two tiers around 3,000 standing" },
] as const;

export type SeatMapTemplate = (typeof seatMapTemplates)[number]["kind"];

/** The seat map of a template; always the same document. */
export function seatMapTemplate(kind: SeatMapTemplate): SeatMap {
  return makers[kind]();
}

const makers: Record<SeatMapTemplate, () => SeatMap> = {
  "small-cinema": smallCinema,
  "large-cinema": largeCinema,
  theatre,
  arena,
};

/** A row's seats from left to right: the blocks between its aisles, and which seats are for wheelchairs. */
interface RowPlan {
  blocks: readonly number[];
  accessible?: Readonly<Record<number, "accessible" | "companion">>;
}

const pitch = 55;
const aisle = 110;

function smallCinema(): SeatMap {
  const plans: RowPlan[] = [
    { blocks: [8], accessible: { 1: "accessible", 2: "companion", 7: "companion", 8: "accessible" } },
    ...Array.from({ length: 7 }, () => ({ blocks: [2, 8, 2] })),
    { blocks: [3, 8, 3] },
    { blocks: [3, 8, 3] },
  ];
  return cinema("Small cinema", plans, { width: 1_100, firstRow: 330, rowDepth: 95, radius: 2_200 });
}

function largeCinema(): SeatMap {
  const sides = [2, 3, 3, 4, 4, 4, 4, 4, 4, 4, 4, 4, 4, 5, 5, 5, 5];
  const front = { 1: "accessible", 2: "companion", 9: "companion", 10: "accessible" } as const;
  const plans: RowPlan[] = [
    { blocks: [10], accessible: front },
    ...sides.map((side) => ({ blocks: [side, 12, side] })),
  ];
  return cinema("Large cinema", plans, { width: 1_700, firstRow: 450, rowDepth: 100, radius: 3_200 });
}

function cinema(
  name: string,
  plans: readonly RowPlan[],
  size: { width: number; firstRow: number; rowDepth: number; radius: number },
): SeatMap {
  const centre = size.width / 2;
  const rows = plans.map((plan, index) => {
    const sector = { x: centre, y: size.firstRow - size.radius, radius: size.radius + index * size.rowDepth };
    return rowOf(letters(index), plan, sector, "");
  });
  const height = size.firstRow + plans.length * size.rowDepth + 20;
  const bestRow = Math.round(plans.length * 0.62);
  const screen = size.width * 0.72;
  return {
    name,
    width: size.width,
    height,
    focus: { x: centre, y: size.firstRow + bestRow * size.rowDepth },
    stage: { label: "Screen", x: (size.width - screen) / 2, y: 60, width: screen, height: 30 },
    sections: [
      { kind: "seats", id: "MAIN", name: "Seats", rank: 1, outline: outlineOf(rows.map((row) => row.seats)), rows },
    ],
  };
}

function theatre(): SeatMap {
  const width = 3_300;
  const centre = width / 2;
  const origin = { x: centre, y: -1_800 };
  const wheelchairs = { 1: "accessible", 2: "companion", 47: "companion", 48: "accessible" } as const;
  const stalls = Array.from({ length: 20 }, (_, index) => {
    const side = 7 + Math.ceil(index / 2);
    const plan: RowPlan = { blocks: [side, 14, side], ...(index === 19 ? { accessible: wheelchairs } : {}) };
    return rowOf(letters(index), plan, { ...origin, radius: 2_460 + index * 95 }, "STALLS-");
  });
  const balcony = [11, 12, 12, 12, 13, 13, 14, 14, 14, 15].map((side, index) =>
    rowOf(letters(index), { blocks: [side, 14, side] }, { ...origin, radius: 4_630 + index * 100 }, "BALCONY-"),
  );
  const section = (id: string, name: string, rank: number, rows: readonly Row[]): SeatedSection => {
    return { kind: "seats", id, name, rank, rows, outline: outlineOf(rows.map((row) => row.seats)) };
  };
  return {
    name: "Theatre",
    width,
    height: 3_900,
    focus: { x: centre, y: 1_250 },
    stage: { label: "Stage", x: centre - 700, y: 80, width: 1_400, height: 350 },
    sections: [
      section("STALLS", "Stalls", 1, stalls),
      section("BALCONY", "Balcony", 3, balcony),
      boxes("BOXL", "Boxes left", 150),
      boxes("BOXR", "Boxes right", width - 215),
    ],
  };
}

/** Five boxes of four along a wall: two rows of two chairs in each. */
function boxes(id: string, name: string, left: number): SeatedSection {
  const rows = Array.from({ length: 5 }, (_, box): Row => {
    const y = 560 + box * 200;
    const seats = [0, 1, 2, 3].map((chair) => ({
      name: `${id}-${box + 1}-${chair + 1}`,
      x: left + (chair % 2) * 65,
      y: y + Math.floor(chair / 2) * 75,
    }));
    return { name: `${box + 1}`, seats };
  });
  const [right, top, bottom] = [left + 65, 560, 560 + 4 * 200 + 75];
  const outline = [
    [left - 45, top - 45],
    [right + 45, top - 45],
    [right + 45, bottom + 45],
    [left - 45, bottom + 45],
  ] as const;
  return { kind: "seats", id, name, rank: 2, outline, rows };
}

const ring = { x: 7_100, y: 4_900, from: -2.27, to: 2.27 };

function arena(): SeatMap {
  const focus = { x: ring.x, y: ring.y - 1_500 };
  const lower = tier(1, { sections: 20, rows: 26, seats: 400, growth: 0.32, radius: 2_900, rowDepth: 82 });
  const upper = tier(2, { sections: 24, rows: 18, seats: 375, growth: 0.3, radius: 5_420, rowDepth: 82 });
  const away = (section: SeatedSection) => {
    const middle = section.rows[Math.floor(section.rows.length / 2)];
    const seat = middle?.seats[Math.floor(middle.seats.length / 2)];
    return seat ? Math.hypot(seat.x - focus.x, seat.y - focus.y) : 0;
  };
  // Nearest to the stage first, the lower tier before the upper one.
  const order = [lower, upper].flatMap((sections) => sections.toSorted((a, b) => away(a) - away(b)));
  const rankOf = new Map(order.map((section, index) => [section.id, index + 2]));
  return {
    name: "Arena",
    width: 14_200,
    height: 12_100,
    focus,
    stage: { label: "Stage", x: ring.x - 1_500, y: ring.y - 2_900, width: 3_000, height: 1_100 },
    sections: [
      {
        kind: "standing",
        id: "FLOOR",
        name: "Standing floor",
        rank: 1,
        capacity: 3_000,
        outline: arc({ x: ring.x, y: ring.y, radius: 2_550 }, -2.29, 2.29, 24),
      },
      ...[...lower, ...upper].map((section) => ({ ...section, rank: rankOf.get(section.id) ?? 0 })),
    ],
  };
}

interface Tier {
  sections: number;
  rows: number;
  /** In each section. */
  seats: number;
  /** Seats that each row has more than the one before it. */
  growth: number;
  radius: number;
  rowDepth: number;
}

/** One tier of the bowl: sections of equal angle, `101`, `102`, … from the left of the stage around to its right. */
function tier(level: number, plan: Tier): SeatedSection[] {
  const step = (ring.to - ring.from) / plan.sections;
  const counts = gradedRows(plan.seats, plan.rows, plan.growth);
  return Array.from({ length: plan.sections }, (_, index) => {
    const id = `${level}${String(index + 1).padStart(2, "0")}`;
    const from = ring.from + index * step;
    const rows = counts.map((count, row) => {
      const sector = { x: ring.x, y: ring.y, radius: plan.radius + row * plan.rowDepth };
      const free = step * sector.radius - 100;
      const positions = rowOnArc(sector, from + step / 2, count, free / count);
      // The last row stands at the concourse: there wheelchairs come in without steps.
      const concourse = row === plan.rows - 1 && level === 1 && index % 2 === 0;
      const seats = positions.map(([x, y], seat): Seat => {
        const name = `${id}-${letters(row)}-${seat + 1}`;
        if (!concourse || seat > 3) return { name, x, y };
        return { name, x, y, access: seat % 3 === 0 ? "accessible" : "companion" };
      });
      return { name: letters(row), seats };
    });
    const inner = plan.radius - plan.rowDepth / 2;
    const outer = inner + plan.rows * plan.rowDepth;
    const gap = 40 / plan.radius;
    const outline = outlineOfArcs({ x: ring.x, y: ring.y }, inner, outer, from + gap, from + step - gap);
    return { kind: "seats", id, name: `Section ${id}`, rank: 0, outline, rows };
  });
}

function rowOf(row: string, plan: RowPlan, sector: Sector, prefix: string): Row {
  const count = plan.blocks.reduce((sum, block) => sum + block, 0);
  const breaks = new Set<number>();
  plan.blocks.slice(0, -1).reduce((sum, block) => (breaks.add(sum + block), sum + block), 0);
  const length = (count - 1) * pitch + breaks.size * (aisle - pitch);
  let along = -length / 2;
  const seats = Array.from({ length: count }, (_, index): Seat => {
    if (index > 0) along += breaks.has(index) ? aisle : pitch;
    const [point] = arc(sector, along / sector.radius, along / sector.radius, 0);
    const access = plan.accessible?.[index + 1];
    return {
      name: `${prefix}${row}-${index + 1}`,
      x: point?.[0] ?? 0,
      y: point?.[1] ?? 0,
      ...(access ? { access } : {}),
      ...(breaks.has(index) ? { aisle: true as const } : {}),
    };
  });
  return { name: row, seats };
}
