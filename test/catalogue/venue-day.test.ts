import assert from "node:assert/strict";
import { randomBytes } from "node:crypto";
import { suite, test } from "node:test";
import { pack, unpack } from "../../src/catalogue/chunks.ts";
import { openVenueDay, venueDayChunk, type VenueDayChunk } from "../../src/catalogue/venue-day.ts";
import { newId, newShowingId } from "../../src/domain/ids.ts";
import type { ShowingRow } from "../../src/store/schema.ts";

const random = (length: number) => randomBytes(length);
const date = "2026-11-22";
const midnight = Date.parse("2026-11-22T07:00:00Z");

/** 50 rooms with six showings each, as a large cinema has them. */
function rows(): ShowingRow[] {
  const shows = Array.from({ length: 50 }, () => newId(random));
  return shows.flatMap((show, room) =>
    Array.from({ length: 6 }, (_, index): ShowingRow => {
      const startsAt = midnight + (570 + (room % 12) * 5 + index * (120 + (room % 7) * 5)) * 60_000;
      return {
        id: newShowingId(812, date, random),
        seller_id: "seller",
        show_id: show,
        auditorium_id: newId(() => new Uint8Array(16).fill(room)),
        seat_map_id: `map-${room % 2}`,
        starts_at: startsAt,
        ends_at: startsAt + (80 + room) * 60_000,
        price_list_id: `prices-${index < 3 ? 0 : 1}`,
        strand_rule: 1,
        formats: "[]",
        status: index === 5 && room === 0 ? "cancelled" : "published",
      };
    }),
  );
}

const chunkOf = (rows: readonly ShowingRow[]) =>
  venueDayChunk({
    venueId: newId(random),
    venueNumber: 812,
    date,
    rows,
    auditoriumName: (id) => `Screen ${id.slice(0, 2)}`,
    countsOf: (id) => (id === "map-0" ? [120] : [3_000, 400, 375]),
    priceList: (id) => {
      const tiers = ["Adult", "Child", "Senior"].map((name) => ({
        id: name.toLowerCase(),
        name,
        sections: { MAIN: 1_400 },
      }));
      return { id, currency: "USD", feeMinor: 150, taxBasisPoints: 812, tiers };
    },
  });

suite("a venue's day as a chunk", () => {
  test("has 300 showings in at most 8,000 bytes", async () => {
    const bytes = await pack(chunkOf(rows()));
    assert.ok(bytes.length <= 8_000, `${bytes.length} bytes`);
  });

  test("gives back every showing as it was", async () => {
    const all = rows();
    const day = openVenueDay(unpack(await pack(chunkOf(all))).document as VenueDayChunk);
    assert.equal(day.showings().length, 300);
    for (const row of all) {
      const showing = day.byId(row.id);
      assert.ok(showing, row.id);
      assert.equal(showing.id, row.id);
      assert.equal(showing.showId, row.show_id);
      assert.equal(showing.auditorium.id, row.auditorium_id);
      assert.equal(showing.startsAt, row.starts_at);
      assert.equal(showing.endsAt, row.ends_at);
      assert.equal(showing.prices.id, row.price_list_id);
      assert.equal(showing.status, row.status);
      assert.equal(showing.strandRule, true);
      assert.equal(showing.priceMinMinor, 1_676);
      const arena = row.seat_map_id === "map-1";
      assert.equal(showing.placeCount, arena ? 3_775 : 120);
      assert.deepEqual(showing.sections.at(-1), arena ? { start: 3_400, count: 375 } : { start: 0, count: 120 });
    }
    const starts = day.showings().map((showing) => showing.startsAt);
    assert.deepEqual(
      starts,
      starts.toSorted((a, b) => a - b),
    );
  });

  test("knows no showing of another venue or day, and no part of an id", () => {
    const all = rows();
    const day = openVenueDay(chunkOf(all));
    assert.equal(day.byId(newShowingId(812, date, random)), undefined);
    const joined = all.map((row) => row.id.slice(9)).join("");
    assert.equal(day.byId(`${all[0]?.id.slice(0, 9)}${joined.slice(4, 12)}`), undefined);
  });

  test("leaves drafts out, and is the same whatever the order of the rows", () => {
    const all = rows();
    const draft = { ...(all[0] ?? assert.fail()), status: "draft" as const };
    const chunk = chunkOf([draft, ...all.slice(1)]);
    assert.equal(chunk.show.length, 299);
    const ends = (chunk: VenueDayChunk) => chunk.ids;
    assert.equal(ends(chunkOf(all.toReversed())), ends(chunkOf(all)));
  });
});
