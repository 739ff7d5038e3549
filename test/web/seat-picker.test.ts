// What a page knows and says of its seats: states and counts, a choice and what becomes of it, labels, bands of prices.

import assert from "node:assert/strict";
import { suite, test } from "node:test";
import { seatName, type PlacedSeats } from "../../src/domain/packed-seat-map.ts";
import { boxOf, pitchOf, squashed, squashOf } from "../../src/domain/seat-geometry.ts";
import { seatMapTemplate } from "../../src/domain/templates.ts";
import { speak } from "../../src/web/messages.ts";
import { Choice } from "../../src/web/picker/choice.ts";
import { pickerData, type PickerData } from "../../src/web/picker/data.ts";
import { Room } from "../../src/web/picker/room.ts";
import { Words } from "../../src/web/picker/words.ts";
import { packedSeats, priceBands, seatLabel, sectionViews, type SectionView } from "../../src/web/seats.ts";
import { usualPrice } from "../../src/web/components/price-bands.tsx";
import { fixtureCatalogue } from "./fixture-catalogue.ts";

async function open(kind: "small-cinema" | "large-cinema" | "arena", states?: string) {
  const catalogue = fixtureCatalogue();
  const showing = catalogue.showings.find((one) => one.seatMapId === kind) ?? assert.fail();
  const seatMap = await catalogue.seatMap(kind);
  const sections = seatMap.layout.sections.map(({ id, count }) => {
    return { id, free: count, held: 0, paying: 0, sold: 0, blocked: 0, admitted: 0 };
  });
  const views = sectionViews(showing, seatMap, { version: 1, free: showing.placeCount, sections });
  const letters = states ?? "f".repeat(showing.placeCount);
  const asked = { version: 1, states: letters, section: "", chosen: undefined };
  const data: PickerData = pickerData(showing, seatMap, views, asked);
  const { seats } = packedSeats(seatMap.map);
  const room = new Room(seats);
  room.load(letters);
  return { showing, seatMap, views, data, seats, room, choice: new Choice(room, data) };
}

const named = (seats: PlacedSeats, ...names: string[]) =>
  names.map(
    (name) =>
      Array.from({ length: seats.count }, (_, place) => place).find((place) => seatName(seats, place) === name) ?? -1,
  );

suite("the seats of a page", () => {
  test("are counted by section as they change, and only what changed is told", async () => {
    const { room } = await open("arena");
    assert.deepEqual([room.left[0], room.left[1]], [3_000, 400]);
    assert.deepEqual(
      room.apply([
        [3_000, "h"],
        [3_001, "s"],
        [0, "p"],
        [5, "f"],
      ]).places,
      [3_000, 3_001, 0],
    );
    assert.deepEqual([room.left[0], room.left[1]], [2_999, 398]);
    assert.equal(
      room.apply([
        [3_000, "f"],
        [99_999, "s"],
      ]).places.length,
      1,
    );
    assert.deepEqual([room.sectionOf(0), room.sectionOf(3_000), room.sectionOf(20_000)], [0, 1, -1]);
  });

  test("that were chosen and are gone are named", async () => {
    const { room, choice, seats } = await open("small-cinema");
    const [one = -1, two = -1] = named(seats, "C-7", "C-8");
    choice.toggle(one);
    choice.toggle(two);
    assert.deepEqual(room.apply([[one, "h"]]).lost, [one]);
  });
});

suite("a choice", () => {
  test("has the first ticket of each seat unless another is chosen, and comes back by name", async () => {
    const { choice, room, seats } = await open("small-cinema");
    const [one = -1, two = -1] = named(seats, "C-7", "C-8");
    choice.toggle(one);
    choice.toggle(two);
    choice.setTicket(two, 1);
    assert.deepEqual(choice.named(), [
      ["C-7", "adult"],
      ["C-8", "child"],
    ]);
    const again = await open("small-cinema");
    again.choice.take([
      ["C-8", "child"],
      ["C-7", "no such ticket"],
      ["Z-1", "adult"],
    ]);
    assert.deepEqual(new Map(again.choice.named()), new Map(choice.named()));
    choice.toggle(one);
    assert.deepEqual([...room.chosen.keys()], [two]);
  });

  test("that lost a seat is offered equal ones, until they are taken or something else is chosen", async () => {
    const { choice, room, seats } = await open("small-cinema");
    const [one = -1, two = -1, three = -1, four = -1] = named(seats, "C-7", "C-8", "C-9", "C-10");
    const names = () => choice.offer?.instead?.map((place) => seatName(seats, place));
    choice.toggle(one);
    choice.toggle(two);
    choice.setTicket(one, 2);
    choice.lose(room.apply([[one, "h"]]).lost);
    assert.deepEqual(names(), ["C-8", "C-9"]);
    assert.deepEqual(choice.named(), [["C-8", "adult"]]);
    room.apply([
      [three, "s"],
      [four, "s"],
    ]);
    choice.lookAgain();
    assert.deepEqual(names(), ["C-5", "C-6"]);
    choice.accept();
    assert.deepEqual(choice.named(), [
      ["C-5", "senior"],
      ["C-6", "adult"],
    ]);
    assert.equal(choice.offer, undefined);
    choice.lose(room.apply(named(seats, "C-5").map((place) => [place, "h"] as const)).lost);
    choice.toggle(named(seats, "H-1")[0] ?? -1);
    assert.equal(choice.offer, undefined);
  });

  test("says what it would leave alone", async () => {
    const { choice, seats } = await open("small-cinema");
    choice.toggle(named(seats, "C-4")[0] ?? -1);
    assert.deepEqual(choice.stranded(), named(seats, "C-3"));
  });

  test("takes nothing that is taken", async () => {
    const { choice, room } = await open("small-cinema", "s".repeat(120));
    choice.toggle(7);
    assert.equal(room.chosen.size, 0);
  });
});

suite("words and drawings", () => {
  for (const language of ["en", "es"] as const) {
    test(`seats are called the same by the server and by the browser, in ${language}`, async () => {
      await speak(language, async () => {
        const { seatMap, views, data, seats } = await open("small-cinema");
        const words = new Words(data, seats, language === "en" ? "en-US" : "es");
        const [view] = views;
        const rows = view?.section.kind === "seats" ? view.section.rows : [];
        let place = 0;
        for (const row of rows) {
          for (const seat of row.seats) {
            const price = usualPrice(view?.prices ?? [], data.currency);
            assert.equal(words.seat(place, 0, 0, "free"), seatLabel(row.name, seat, price, true));
            assert.equal(words.seat(place, 0, 0, "taken"), seatLabel(row.name, seat, price, false));
            place += 1;
          }
        }
        assert.equal(place, seatMap.layout.placeCount);
      });
    });
  }

  test("prices are bands from the dearest on, and more than six of them share", () => {
    const view = (totalMinor: number | undefined) =>
      ({
        prices: totalMinor === undefined ? [] : [{ tier: { id: "a", name: "A", sections: {} }, totalMinor }],
      }) as unknown as SectionView;
    const few = priceBands([view(500), view(900), view(undefined), view(500)]);
    assert.deepEqual(few.bandOf, [1, 0, -1, 1]);
    const many = priceBands(Array.from({ length: 20 }, (_, index) => view(100 * (index + 1))));
    assert.equal(many.bands.length, 6);
    assert.deepEqual(many.bands[0], { minMinor: 1_700, maxMinor: 2_000 });
    assert.deepEqual([many.bandOf[19], many.bandOf[0]], [0, 5]);
    for (const [index, band] of many.bandOf.entries()) {
      const { minMinor = 0, maxMinor = 0 } = many.bands[band] ?? {};
      assert.ok(100 * (index + 1) >= minMinor && 100 * (index + 1) <= maxMinor);
    }
  });

  test("rows that lie one behind the other are drawn closer, those around an arena as they are", () => {
    const small = packedSeats(seatMapTemplate("large-cinema")).seats;
    const share = squashOf(small);
    assert.ok(share > 0.6 && share < 0.8, String(share));
    assert.equal(squashOf(packedSeats(seatMapTemplate("arena")).seats), 1);
    assert.equal(Math.round(pitchOf(small)), 55);
    const box = boxOf(squashed(small, share), 10);
    assert.ok(box.height < 2_270 * share && box.width < 1_700);
  });
});
