// Venues, auditoriums, seat maps, shows, prices and showings: what sellers write and the publisher reads.

import { deepEqual, equal, rejects } from "node:assert/strict";
import { it } from "node:test";
import { newShowingId } from "../../src/domain/ids.ts";
import { createAuthoringStore } from "../../src/store/authoring.ts";
import { createBulkStore } from "../../src/store/bulk.ts";
import { createCatalogueStore } from "../../src/store/catalogue.ts";
import { createShowingStore } from "../../src/store/showings.ts";
import { addSeller, now, show, showingRow, withStore, type OpenStores } from "./store-setting.ts";

const days = { venueNumber: 1, from: "2030-01-10", to: "2030-01-11" };
const idOn = (date: string, venue = 1) => newShowingId(venue, date, (length) => new Uint8Array(length).fill(length));

export function programmeContract(stores: OpenStores): void {
  it("numbers venues, and finds nothing by the id of another seller's", () =>
    withStore(stores, async (store) => {
      await addSeller(store);
      await addSeller(store, "rival", 2);
      const authoring = createAuthoringStore(store);
      const { number: _, ...venue } = (await authoring.venue("seller", "seller-venue")) ?? Object.create(null);
      const added = await authoring.addVenue({ ...venue, id: "new" });
      equal(added.number, 3);
      deepEqual((await authoring.venues("seller")).map(({ id }) => id).toSorted(), ["new", "seller-venue"]);
      equal(await authoring.venue("rival", "new"), undefined);
      await authoring.changeVenue("rival", "new", { name: "Mine now" });
      await authoring.changeVenue("seller", "new", { name: "Odeon" });
      deepEqual((await authoring.venue("seller", "new"))?.name, "Odeon");
      deepEqual((await authoring.auditorium("seller", "seller-room"))?.place_count, 30);
      equal((await authoring.auditoriumsById("seller", ["seller-room", "rival-room"])).length, 1);
      deepEqual(await authoring.seatMapsInUse("seller"), [
        { seatMapId: "map", placeCount: 30, auditoriumId: "seller-room", auditoriums: 1 },
      ]);
    }));

  it("keeps shows, prices and media; what is named by its content once", () =>
    withStore(stores, async (store) => {
      await addSeller(store);
      const authoring = createAuthoringStore(store);
      await authoring.addShow(show);
      await authoring.changeShow("seller", "show", { title: "M", updated_at: now + 1 });
      deepEqual(await authoring.show("seller", "show").then((row) => ({ ...row })), {
        ...show,
        title: "M",
        updated_at: now + 1,
      });
      for (let twice = 0; twice < 2; twice += 1) {
        await authoring.keepPriceList({ id: "prices", seller_id: "seller", document: "{}" });
        await authoring.keepMedia({
          id: "media",
          seller_id: "seller",
          kind: "poster",
          variants: "[]",
          created_at: now,
        });
        await authoring.keepSeatMap({ id: "map", place_count: 1, document: "another" });
      }
      equal((await authoring.priceLists("seller")).length, 1);
      equal((await authoring.media("seller")).length, 1);
      equal((await authoring.seatMap("map"))?.document, "{}");
    }));

  it("adds rows in bulk, all or none", () =>
    withStore(stores, async (store) => {
      await addSeller(store);
      const bulk = createBulkStore(store);
      const showings = Array.from({ length: 500 }, (_, index) => showingRow({ id: `bulk-${index}` }));
      await bulk.add({ shows: [show], seat_maps: [{ id: "map", place_count: 1, document: "" }], showings });
      equal(
        (
          await createShowingStore(store).byIds(
            "seller",
            showings.map(({ id }) => id),
          )
        ).length,
        500,
      );
      await rejects(bulk.add({ showings: [showingRow({ id: "one-more" }), showingRow({ id: "bulk-7" })] }));
      equal((await createShowingStore(store).byIds("seller", ["one-more"])).length, 0);
    }));

  it("finds a venue's days by a range of ids, compared as bytes whatever the database's language", () =>
    withStore(stores, async (store) => {
      await addSeller(store);
      const showings = createShowingStore(store);
      const dates = ["2030-01-09", "2030-01-10", "2030-01-11", "2030-01-12"];
      const rows = dates.map((date) => showingRow({ id: idOn(date) }));
      await showings.addToAuditorium("seller-room", days, () => [...rows, showingRow({ id: idOn("2030-01-10", 2) })]);
      deepEqual(
        (await showings.inAuditorium("seller-room", days)).map(({ id }) => id),
        [idOn("2030-01-10"), idOn("2030-01-11")],
      );
      equal((await showings.atVenue("seller", days)).length, 2);
      // In most languages `a_1` sorts before `A-1`, and `_` not at all.
      const odd = ["A-1", "B", "_", "a_1", "aa", "É"];
      await createBulkStore(store).add({ showings: odd.map((id) => showingRow({ id, show_id: "odd", starts_at: 1 })) });
      const paged: string[] = [];
      for (let after: { startsAt: number; id: string } | undefined; ;) {
        const [row] = await showings.ofShow("seller", "odd", { from: 0, limit: 1, ...(after && { after }) });
        if (!row) break;
        paged.push(row.id);
        after = { startsAt: row.starts_at, id: row.id };
      }
      deepEqual(paged, odd);
    }));

  it("schedules an auditorium with nobody beside, and undoes all when the decision throws", () =>
    withStore(stores, async (store) => {
      await addSeller(store);
      const showings = createShowingStore(store);
      const row = showingRow({ id: idOn("2030-01-10") });
      await showings.addToAuditorium("seller-room", days, () => [row]);
      await rejects(
        showings.addToAuditorium("seller-room", days, (existing) => {
          throw new Error(`${existing.length} in the way`);
        }),
        /1 in the way/,
      );
      await showings.moveInAuditorium("seller-room", days, () => new Map([[row.id, { starts_at: 5 }]]));
      equal((await showings.byIds("seller", [row.id]))[0]?.starts_at, 5);
      deepEqual(await showings.toCome("show", 0), { draft: 0, published: 1 });
      equal(await showings.hasAny(days), true);
      await showings.change("seller", [row.id], { status: "cancelled" });
      equal(await showings.hasAny(days), false);
    }));

  it("counts which seat maps an auditorium's showings have", () =>
    withStore(stores, async (store) => {
      await addSeller(store);
      const showings = createShowingStore(store);
      await createBulkStore(store).add({
        showings: [
          showingRow({ id: idOn("2030-01-10"), starts_at: now - 5 }),
          showingRow({ id: `${idOn("2030-01-10").slice(0, -1)}x`, starts_at: now + 5 }),
          showingRow({ id: idOn("2030-01-11"), starts_at: now + 9, seat_map_id: "other" }),
          showingRow({
            id: `${idOn("2030-01-11").slice(0, -1)}x`,
            starts_at: now + 9,
            seat_map_id: "gone",
            status: "cancelled",
          }),
          showingRow({ id: idOn("2030-01-12"), starts_at: now + 9 }),
        ],
      });
      deepEqual(await showings.seatMapsInAuditorium("seller-room", days, now), [
        { seatMapId: "other", showings: 1, toCome: 1, first: now + 9, last: now + 9 },
        { seatMapId: "map", showings: 2, toCome: 1, first: now - 5, last: now + 5 },
      ]);
    }));

  it("changes an auditorium only from the seat map that is expected", () =>
    withStore(stores, async (store) => {
      await addSeller(store);
      const authoring = createAuthoringStore(store);
      await authoring.keepSeatMap({ id: "other", place_count: 7, document: "{}" });
      equal(await authoring.changeAuditorium("seller-room", { seat_map_id: "other" }, "strange"), false);
      equal((await authoring.auditorium("seller", "seller-room"))?.seat_map_id, "map");
      equal(await authoring.changeAuditorium("seller-room", { seat_map_id: "other" }, "map"), true);
      equal(await authoring.changeAuditorium("seller-room", { name: "Two" }), true);
      const after = await authoring.auditorium("seller", "seller-room");
      deepEqual([after?.seat_map_id, after?.name, after?.place_count], ["other", "Two", 7]);
    }));

  it("tells the publisher which shows and days there are", () =>
    withStore(stores, async (store) => {
      await addSeller(store);
      await createAuthoringStore(store).addShow(show);
      await createAuthoringStore(store).addShow({ ...show, id: "over" });
      const rows = [
        showingRow({ id: idOn("2030-01-10"), starts_at: now + 10 }),
        showingRow({ id: idOn("2030-01-11"), starts_at: now + 20 }),
        showingRow({ id: idOn("2030-01-12"), starts_at: now + 30, status: "draft" }),
        showingRow({ id: idOn("2030-01-01"), show_id: "over", starts_at: now - 1 }),
      ];
      await createBulkStore(store).add({ showings: rows });
      const catalogue = createCatalogueStore(store);
      deepEqual(
        (await catalogue.shows(now)).map(({ id, until }) => [id, until]),
        [["show", now + 20]],
      );
      deepEqual((await catalogue.venueDays()).map(({ date }) => date).toSorted(), [
        "2030-01-01",
        "2030-01-10",
        "2030-01-11",
      ]);
      const day = await catalogue.venueDay({ id: "seller-venue", number: 1 }, "2030-01-10");
      deepEqual([day.rows.length, day.auditoriums.length], [1, 1]);
      equal((await catalogue.venues())[0]?.seller_name, "seller");
      equal(await catalogue.seatMap("map"), "{}");
    }));
}
