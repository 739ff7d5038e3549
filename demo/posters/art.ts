// The pictures on posters: a handful of ways to draw, each different with every chance. They fill 600 × 900 and leave the
// lower part quiet, where the title stands.

import type { Seeded } from "../seeded.ts";
import type { Palette } from "./palettes.ts";
import { circle, element, height, pathThrough, polar, polygon, rect, width, type Point } from "./shapes.ts";

export type Art = (chance: Seeded, palette: Palette) => string;

/** Whether a picture may also stand below the title: not one that hangs from the upper edge. */
export function standsLow(art: Art): boolean {
  return art !== beams && art !== blades && art !== trees;
}

const whole = Math.PI * 2;
const range = (count: number) => Array.from({ length: count }, (_, index) => index);
const between = (chance: Seeded, from: number, to: number) => from + (chance.below(1_000) / 1_000) * (to - from);

/** A striped sun over a horizon. */
const sun: Art = (chance, { art: [a, b, c], ground }) => {
  const x = between(chance, 210, 390);
  const [y, r] = [between(chance, 300, 350), between(chance, 190, 235)];
  const slits = range(7).map((index) => {
    const top = y + r * (0.02 + index * 0.14);
    return rect(0, top, width, 4 + index * 3.4, { fill: ground });
  });
  const rays = range(36).map((index) => {
    const angle = (index / 36) * whole;
    return polygon(
      [polar(x, y, r * 1.12, angle), polar(x, y, 900, angle - 0.035), polar(x, y, 900, angle + 0.035)],
      {},
    );
  });
  return (
    element("g", { fill: c, opacity: 0.28 }, rays.join("")) +
    circle(x, y, r, { fill: a }) +
    circle(x, y, r * 0.72, { fill: b, opacity: 0.55 }) +
    slits.join("")
  );
};

/** Quarter circles and triangles on a grid. */
const tiles: Art = (chance, { art, ground, depth }) => {
  const size = chance.pick([100, 120, 150]);
  const colours = [...art, art[0], ground];
  const tile = (x: number, y: number) => {
    const [back, front] = [chance.pick([depth, ground, chance.pick(colours)]), chance.pick(colours)];
    const turn = chance.below(4) * 90;
    const forms = [
      `<path d="M0 0H${size}A${size} ${size} 0 0 1 0 ${size}Z"/>`,
      `<path d="M0 0L${size} ${size}H0Z"/>`,
      `<path d="M0 ${size / 2}A${size / 2} ${size / 2} 0 0 1 ${size} ${size / 2}Z"/>`,
      circle(size / 2, size / 2, size * 0.32, {}),
      rect(0, 0, size, size / 2, {}),
    ];
    const transform = `translate(${x} ${y}) rotate(${turn} ${size / 2} ${size / 2})`;
    return rect(x, y, size, size, { fill: back }) + element("g", { fill: front, transform }, chance.pick(forms));
  };
  const rows = Math.ceil(600 / size);
  return range(rows)
    .flatMap((row) => range(width / size).map((column) => tile(column * size, row * size)))
    .join("");
};

/** Ridges behind ridges under a moon. */
const ridges: Art = (chance, { art: [a, b, c], ground }) => {
  const moon = circle(between(chance, 150, 450), between(chance, 150, 230), between(chance, 60, 105), { fill: a });
  const layers = range(5).map((layer) => {
    const base = 330 + layer * 75;
    const steps = 9 + layer * 2;
    const points: Point[] = range(steps + 1).map((step) => [
      (step / steps) * width,
      base + (step % 2 === 0 ? 1 : -1) * between(chance, 8, 78 - layer * 9),
    ]);
    const fill = [b, c, c, ground, ground][layer] ?? ground;
    const opacity = [0.5, 0.55, 0.95, 0.6, 1][layer] ?? 1;
    return polygon([[0, height], ...points, [width, height]], { fill, opacity });
  });
  const birds = range(5).map(() => {
    const [x, y, s] = [between(chance, 80, 520), between(chance, 90, 300), between(chance, 7, 13)];
    return `M${x} ${y}q${s} ${-s} ${s} 0q0 ${-s} ${s} 0`;
  });
  return moon + element("path", { d: birds.join(""), fill: "none", stroke: b, "stroke-width": 3 }) + layers.join("");
};

/** A town at night, some windows lit. */
const town: Art = (chance, { art: [a, b, c], ground }) => {
  const moon = circle(between(chance, 120, 480), between(chance, 130, 220), between(chance, 70, 120), {
    fill: a,
    opacity: 0.95,
  });
  const row = (base: number, tall: number, fill: string, lit: string | undefined) => {
    const houses: string[] = [];
    const windows: string[] = [];
    for (let x = -20; x < width;) {
      const w = 40 + chance.below(60);
      const top = base - between(chance, tall * 0.25, tall);
      houses.push(`M${x} ${height}V${Math.round(top)}h${w}V${height}Z`);
      if (chance.below(3) === 0) houses.push(`M${x + w / 2 - 2} ${Math.round(top)}v-36h4v36Z`);
      const lowest = lit === undefined ? 0 : 640;
      for (let y = top + 16; y < lowest; y += 26) {
        for (let at = x + 10; at < x + w - 12; at += 18) {
          if (chance.below(4) === 0) windows.push(`M${at} ${Math.round(y)}h8v12h-8Z`);
        }
      }
      x += w + chance.below(8);
    }
    const glow = lit === undefined ? "" : element("path", { d: windows.slice(0, 90).join(""), fill: lit });
    return element("path", { d: houses.join(""), fill }) + glow;
  };
  return moon + element("g", { opacity: 0.6 }, row(430, 210, c, undefined)) + row(560, 260, ground, b);
};

/** Planets on their rings among stars. */
const orbits: Art = (chance, { art: [a, b, c], ink }) => {
  const [x, y] = [between(chance, 200, 400), between(chance, 270, 350)];
  const stars = range(90).map(() => {
    const size = between(chance, 0.6, 2.4);
    return `M${chance.below(width)} ${chance.below(700)}h${size.toFixed(1)}v${size.toFixed(1)}h-${size.toFixed(1)}Z`;
  });
  const rings = range(5).map((index) => {
    const r = 110 + index * 62;
    const [px, py] = polar(x, y, r, between(chance, 0, whole));
    const dashes = index % 2 === 0 ? undefined : "2 10";
    const ring = circle(x, y, r, {
      fill: "none",
      stroke: ink,
      "stroke-width": 1.5,
      opacity: 0.45,
      "stroke-dasharray": dashes,
    });
    return ring + circle(px, py, between(chance, 8, 30), { fill: [b, c, a, b, a][index] });
  });
  const core =
    circle(x, y, 78, { fill: a }) + `<path d="M${x - 78} ${y}a78 78 0 0 0 156 0Z" fill="${c}" opacity=".55"/>`;
  return element("path", { d: stars.join(""), fill: ink, opacity: 0.8 }) + rings.join("") + core;
};

/** Frames within frames, each turned a little further. */
const tunnel: Art = (chance, { art: [a, b, c], ground }) => {
  const sides = chance.pick([3, 4, 5, 6, 8]);
  const twist = between(chance, 0.06, 0.17) * chance.pick([1, -1]);
  const start = between(chance, 0, whole);
  const frames = range(18).map((index) => {
    const r = 560 * 0.84 ** index;
    const points = range(sides).map((side) => polar(300, 330, r, start + index * twist + (side / sides) * whole));
    return polygon(points, { fill: [a, ground, b, ground, c, ground][index % 6] });
  });
  return frames.join("") + circle(300, 330, 9, { fill: a });
};

/** Beams of light onto a stage, with dust in them. */
const beams: Art = (chance, { art: [a, b, c], ink }) => {
  const lamps = range(7).map((index) => {
    const [x, lean] = [60 + index * 80, between(chance, -190, 190)];
    const fill = [a, b, c][index % 3];
    const beam = polygon(
      [
        [x - 7, 40],
        [x + 7, 40],
        [x + lean + 95, 720],
        [x + lean - 95, 720],
      ],
      { fill, opacity: 0.34 },
    );
    return beam + circle(x, 40, 15, { fill: ink });
  });
  const dust = range(46).map(() => circle(chance.below(width), 90 + chance.below(500), between(chance, 1, 4.5), {}));
  const crowd = range(22).map((index) => circle(index * 29 - 5, 668 + chance.below(30), between(chance, 17, 25), {}));
  const people = element("g", { fill: "#000", opacity: 0.62 }, crowd.join(""));
  return lamps.join("") + element("g", { fill: ink, opacity: 0.55 }, dust.join("")) + people;
};

/** Height lines of a country that is nowhere. */
const contours: Art = (chance, { art: [a, b, c], ground }) => {
  const [x, y] = [between(chance, 220, 380), between(chance, 270, 340)];
  const swells = range(4).map((order) => {
    return {
      order: order + 2,
      phase: between(chance, 0, whole),
      strength: between(chance, 0.05, 0.16) / (1 + order * 0.4),
    };
  });
  const reach = (angle: number) =>
    1 + swells.reduce((sum, { order, phase, strength }) => sum + strength * Math.sin(order * angle + phase), 0);
  const rings = range(16).map((index) => {
    const level = 15 - index;
    const points = range(40).map((step) => {
      const angle = (step / 40) * whole;
      return polar(x, y, (26 + level * 30) * reach(angle + level * 0.05), angle);
    });
    const fill = [c, ground, ground][level % 3];
    const stroke = level % 4 === 0 ? a : b;
    return polygon(points, { fill, "fill-opacity": 0.34, stroke, "stroke-width": level % 4 === 0 ? 4 : 1.8 });
  });
  return rings.join("") + circle(x, y, 17, { fill: a });
};

/** Dots that grow towards a corner, as print has them, around a burst. */
const halftone: Art = (chance, { art: [a, b, c], ground }) => {
  const [x, y] = [between(chance, 220, 380), between(chance, 260, 340)];
  const points = chance.pick([12, 14, 16]);
  const star = (scale: number, fill: string) =>
    polygon(
      range(points * 2).map((index) => polar(x, y, scale * (index % 2 === 0 ? 1 : 0.62), (index / points / 2) * whole)),
      { fill },
    );
  const dots: string[] = [];
  for (let row = 0; row < 14; row += 1) {
    for (let column = 0; column < 13; column += 1) {
      const [px, py] = [column * 50 + (row % 2) * 25, row * 44];
      const r = Math.min(21, Math.max(0, (Math.hypot(px - x, py - y) - 150) / 15));
      if (r > 2)
        dots.push(
          `M${Math.round(px - r)} ${py}a${Math.round(r)} ${Math.round(r)} 0 1 0 ${Math.round(r) * 2} 0a${Math.round(r)} ${Math.round(r)} 0 1 0 -${Math.round(r) * 2} 0`,
        );
    }
  }
  const all = element("path", { d: dots.join(""), fill: c, opacity: 0.5 });
  return all + star(270, ground) + star(245, a) + star(165, b) + circle(x, y, 74, { fill: ground });
};

/** A flower of overlapping petals. */
const rosette: Art = (chance, { art: [a, b, c] }) => {
  const [x, y] = [300, between(chance, 300, 340)];
  const petals = chance.pick([8, 10, 12, 16]);
  const ring = (long: number, broad: number, fill: string, turn: number) =>
    range(petals).map((index) => {
      const transform = `rotate(${Math.round(((index + turn) / petals) * 3_600) / 10} ${x} ${Math.round(y)})`;
      return element("ellipse", {
        cx: x,
        cy: y - long / 2 - 24,
        rx: broad,
        ry: long / 2,
        fill,
        opacity: 0.5,
        transform,
      });
    });
  const outer = ring(between(chance, 240, 280), between(chance, 40, 62), a, 0);
  const inner = ring(between(chance, 140, 170), between(chance, 26, 38), c, 0.5);
  return outer.join("") + inner.join("") + circle(x, y, 40, { fill: b });
};

/** Bare trees before a red moon. */
const trees: Art = (chance, { art: [a, b, c] }) => {
  const moon = circle(300, between(chance, 270, 330), between(chance, 150, 190), { fill: a });
  const branches: string[] = [];
  const grow = (x: number, y: number, angle: number, long: number, thick: number) => {
    const [tx, ty] = polar(x, y, long, angle);
    branches.push(
      element("path", {
        d: pathThrough([
          [x, y],
          [tx, ty],
        ]),
        "stroke-width": thick,
      }),
    );
    if (thick < 3.2) return;
    for (const side of [-1, 1]) grow(tx, ty, angle + side * between(chance, 0.22, 0.62), long * 0.72, thick * 0.6);
  };
  for (const x of [70 + chance.below(60), 470 + chance.below(60)]) grow(x, 760, -Math.PI / 2, 210, 24);
  const mist = range(3).map((index) =>
    element("ellipse", { cx: 300, cy: 560 + index * 50, rx: 420, ry: 46, fill: c, opacity: 0.28 }),
  );
  const eyes = circle(284, 300, 5, { fill: b }) + circle(316, 300, 5, { fill: b });
  return (
    moon + element("g", { stroke: "#050505", "stroke-linecap": "round" }, branches.join("")) + mist.join("") + eyes
  );
};

/** Slanted blades of colour. */
const blades: Art = (chance, { art, ground }) => {
  const [slant, from] = [between(chance, 160, 320) * chance.pick([1, -1]), chance.below(80)];
  let x = -320 + from;
  const strips: string[] = [];
  for (let index = 0; x < width + 320; index += 1) {
    const w = between(chance, 14, 110);
    const fill = index % 2 === 0 ? art[chance.below(3)] : ground;
    strips.push(
      polygon(
        [
          [x, 0],
          [x + w, 0],
          [x + w - slant, 720],
          [x - slant, 720],
        ],
        { fill, opacity: index % 2 === 0 ? 0.95 : 0.5 },
      ),
    );
    x += w;
  }
  const target = circle(300, 320, 128, { fill: ground }) + circle(300, 320, 96, { fill: art[0] });
  return strips.join("") + target + circle(300, 320, 58, { fill: ground }) + circle(300, 320, 22, { fill: art[1] });
};

/** Bands of a sea, one before the other. */
const waves: Art = (chance, { art: [a, b, c], ground }) => {
  const sun = circle(between(chance, 170, 430), between(chance, 190, 250), between(chance, 80, 120), { fill: a });
  const bands = range(8).map((index) => {
    const [y, phase] = [300 + index * 46, between(chance, 0, whole)];
    const [tall, long] = [between(chance, 14, 30), between(chance, 90, 190)];
    const points = range(31).map((step): Point => [step * 20, y + Math.sin((step * 20) / long + phase) * tall]);
    const fill = [b, c, ground][index % 3];
    return polygon([[0, height], ...points, [width, height]], { fill, opacity: 0.75 });
  });
  return sun + bands.join("");
};

const byGenre: Readonly<Record<string, readonly Art[]>> = {
  Action: [blades, halftone, town, sun, tunnel],
  Adventure: [ridges, waves, sun, orbits, halftone],
  Comedy: [tiles, halftone, sun, rosette, waves],
  Concert: [beams, rosette, waves, orbits],
  Documentary: [blades, contours],
  Drama: [ridges, waves, contours, town, tiles],
  Horror: [trees, town, tunnel],
  Musical: [beams, rosette],
  Romance: [rosette, waves, tiles],
  "Science Fiction": [orbits, tunnel, contours],
  Thriller: [tunnel, town, contours, blades],
  Western: [sun, ridges],
};

/** The ways to draw for a genre. */
export function artsOf(genre: string): readonly Art[] {
  return byGenre[genre] ?? [ridges, waves, tiles];
}
