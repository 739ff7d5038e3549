import assert from "node:assert/strict";
import { suite, test } from "node:test";
import sharp from "sharp";
import { readFilms } from "../../demo/data.ts";
import { planDemo } from "../../demo/plan.ts";
import { drawPoster } from "../../demo/posters.ts";
import { setTitle } from "../../demo/posters/lettering.ts";
import { palettesOf } from "../../demo/posters/palettes.ts";
import { posterFacts } from "../../demo/shows.ts";

const facts = posterFacts(planDemo({ seed: 1, national: false, now: 0 }).shows);
const posters = facts.map((show) => ({ show, svg: drawPoster(show, 1) }));

suite("posters", () => {
  test("differ from show to show, and are the same for the same show and seed", () => {
    assert.equal(new Set(posters.map(({ svg }) => svg)).size, posters.length);
    for (const { show, svg } of posters) assert.equal(drawPoster(show, 1), svg);
  });

  test("carry no script, no reference and no style, and are small", () => {
    for (const { show, svg } of posters) {
      assert.doesNotMatch(
        svg,
        /<(script|style|image|use|foreignObject|a)\b|\son\w+=|href|url\((?!#)|https?:(?!\/\/www\.w3\.org\/2000\/svg")/,
      );
      assert.ok(svg.length <= 12_000, `${show.title}: ${svg.length} bytes`);
    }
  });

  test("are images of 600 by 900", async () => {
    for (const { show, svg } of posters.filter((_, index) => index % 9 === 0)) {
      const { width, height, format } = await sharp(Buffer.from(svg)).metadata();
      assert.deepEqual({ width, height, format }, { width: 600, height: 900, format: "svg" }, show.title);
      const { channels } = await sharp(Buffer.from(svg)).stats();
      assert.ok(
        channels.some((channel) => channel.stdev > 10),
        `${show.title} is not blank`,
      );
    }
  });

  test("escape what titles may hold", () => {
    const svg = drawPoster({ title: `<b> & "co"`, genres: ["Drama"], credit: "x < y", facts: "&", turn: 0 }, 1);
    assert.match(svg, /&lt;B&gt; &amp;/);
    assert.doesNotMatch(svg, /<b>|<B>/);
  });

  test("break every title so that no line is wider than the poster", () => {
    for (const { title } of [...readFilms(), { title: "Donaudampfschifffahrtsgesellschaft" }, { title: "It" }]) {
      const box = { width: 512, height: 210, most: 124 };
      const set = setTitle(title, "sans", box);
      assert.ok(set.height <= box.height && set.size <= box.most, title);
      for (const line of set.lines) assert.ok(line.width <= box.width, `${title}: ${line.text}`);
      assert.equal(set.lines.map((line) => line.text).join(" "), title.toUpperCase());
    }
  });

  test("are readable: the ink stands out from what lies under the title", () => {
    const genres = ["Action", "Adventure", "Comedy", "Concert", "Documentary", "Drama", "Horror", "Musical", "Romance"];
    for (const genre of [...genres, "Science Fiction", "Thriller", "Western"]) {
      for (const { ground, ink } of palettesOf(genre))
        assert.ok(contrast(ground, ink) >= 7, `${genre}: ${ink} on ${ground}`);
    }
  });
});

/** As WCAG has it. */
function contrast(one: string, other: string): number {
  const light = (colour: string) => {
    const [red = 0, green = 0, blue = 0] = [1, 3, 5].map((at) => {
      const value = Number.parseInt(colour.slice(at, at + 2), 16) / 255;
      return value <= 0.04045 ? value / 12.92 : ((value + 0.055) / 1.055) ** 2.4;
    });
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue;
  };
  const [low = 0, high = 0] = [light(one), light(other)].toSorted((a, b) => a - b);
  return (high + 0.05) / (low + 0.05);
}
