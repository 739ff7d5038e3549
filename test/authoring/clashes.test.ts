import assert from "node:assert/strict";
import { test } from "node:test";
import { findClashes } from "../../src/catalogue/authoring/clashes.ts";

const minute = 60_000;
const at = (text: string) => Date.parse(`2026-12-01T${text}:00Z`);
const slot = (from: string, minutes: number) => ({ startsAt: at(from), endsAt: at(from) + minutes * minute });

const rules: { rule: string; wanted: [string, number][]; existing: [string, number][]; clashes: number }[] = [
  { rule: "an empty auditorium has room", wanted: [["19:30", 100]], existing: [], clashes: 0 },
  { rule: "the same time is taken", wanted: [["19:30", 100]], existing: [["19:30", 100]], clashes: 1 },
  {
    rule: "one may begin when the turnaround is over",
    wanted: [["20:00", 100]],
    existing: [["18:00", 100]],
    clashes: 0,
  },
  { rule: "a minute earlier is a clash", wanted: [["19:59", 100]], existing: [["18:00", 100]], clashes: 1 },
  {
    rule: "the turnaround counts before the next one, too",
    wanted: [["16:01", 100]],
    existing: [["18:00", 100]],
    clashes: 1,
  },
  { rule: "one that ends a turnaround before fits", wanted: [["16:00", 100]], existing: [["18:00", 100]], clashes: 0 },
  {
    rule: "a long one clashes with every one it covers",
    wanted: [["10:00", 600]],
    existing: [
      ["11:00", 60],
      ["14:00", 60],
      ["19:00", 60],
      ["22:00", 60],
    ],
    clashes: 3,
  },
  { rule: "a short one inside a long one clashes", wanted: [["14:00", 30]], existing: [["10:00", 600]], clashes: 1 },
  {
    rule: "two wanted ones clash with each other",
    wanted: [
      ["19:00", 100],
      ["20:00", 100],
    ],
    existing: [],
    clashes: 1,
  },
  {
    rule: "three at once are three pairs",
    wanted: [
      ["19:00", 100],
      ["19:00", 100],
      ["19:00", 100],
    ],
    existing: [],
    clashes: 3,
  },
  {
    rule: "two existing ones are nobody's fault",
    wanted: [["10:00", 60]],
    existing: [
      ["19:00", 100],
      ["19:30", 100],
    ],
    clashes: 0,
  },
];

for (const { rule, wanted, existing, clashes } of rules) {
  test(rule, () => {
    const found = findClashes(
      wanted.map(([from, minutes]) => slot(from, minutes)),
      existing.map(([from, minutes]) => slot(from, minutes)),
      20 * minute,
    );
    assert.equal(found.length, clashes);
  });
}

test("the search finds what comparing each with each finds", () => {
  let seed = 20_261_122;
  const chance = (below: number) => {
    seed = (Math.imul(seed, 1_103_515_245) + 12_345) >>> 0;
    return (seed >>> 8) % below;
  };
  for (let round = 0; round < 200; round += 1) {
    const many = (count: number) =>
      Array.from({ length: count }, () => {
        const startsAt = chance(2_000) * minute;
        return { startsAt, endsAt: startsAt + (1 + chance(200)) * minute };
      });
    const wanted = many(chance(12));
    const existing = many(chance(12));
    const turnaround = chance(30) * minute;
    const clash = (a: (typeof wanted)[number], b: (typeof wanted)[number]) =>
      a.startsAt < b.endsAt + turnaround && b.startsAt < a.endsAt + turnaround;
    let expected = 0;
    for (const [index, one] of wanted.entries()) {
      expected += existing.filter((other) => clash(one, other)).length;
      expected += wanted.slice(index + 1).filter((other) => clash(one, other)).length;
    }
    assert.equal(findClashes(wanted, existing, turnaround).length, expected, `round ${round}`);
  }
});
