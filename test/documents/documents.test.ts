import assert from "node:assert/strict";
import { test } from "node:test";
import { calendarOf } from "../../src/documents/calendar.ts";
import { seatsText } from "../../src/documents/order-document.ts";
import { paperOf, ticketsPdf } from "../../src/documents/tickets-pdf.ts";
import { timeZoneDefinition } from "../../src/documents/time-zone.ts";
import { winAnsiText } from "../../src/documents/winansi.ts";
import { codesOf, order, sheetsOf, wordsOf } from "./setting.ts";

/** The lines of a calendar, put together again, by name. */
function linesOf(calendar: string): Map<string, string> {
  const lines = calendar.replaceAll(/\r\n[ \t]/g, "").split("\r\n");
  return new Map(lines.map((line) => [line.slice(0, line.search(/[:;]/)), line.slice(line.search(/[:;]/))]));
}

test("a calendar entry is on the venue's clock, says where, and reminds two hours before", () => {
  const lines = linesOf(calendarOf(order));
  assert.equal(lines.get("DTSTART"), ";TZID=America/Denver:20261128T193000");
  assert.equal(lines.get("DTEND"), ";TZID=America/Denver:20261128T211500");
  assert.equal(lines.get("DTSTAMP"), ":20261122T120000Z");
  assert.equal(lines.get("SUMMARY"), ":Tom & Jerry\\, again\\; and again");
  assert.equal(lines.get("LOCATION"), ":Odeon\\, Room 1\\n1621 Glenarm Place\\, Denver\\, CO");
  assert.equal(lines.get("GEO"), ":39.74;-104.99");
  assert.equal(lines.get("TRIGGER"), ":-PT2H");
  assert.equal(lines.get("UID"), ":order-0000-0000-0001@tickets.example.org");
  assert.equal(lines.get("STATUS"), ":CONFIRMED");
  for (const line of calendarOf(order).split("\r\n")) assert.ok(Buffer.byteLength(line) <= 75, line);
});

test("a calendar entry has no key to the tickets, and one that is off says so without a reminder", () => {
  assert.ok(!calendarOf(order).includes("key="));
  const off = linesOf(calendarOf({ ...order, language: "es", cancelled: true }));
  assert.equal(off.get("STATUS"), ":CANCELLED");
  assert.match(off.get("SUMMARY") ?? "", /^:Cancelado: Tom/);
  assert.equal(off.get("TRIGGER"), undefined);
});

test("a time zone is defined by the changes of its clock around the showing", () => {
  const summer = Date.parse("2026-07-01T12:00:00Z");
  assert.deepEqual(timeZoneDefinition("America/Denver", summer)?.split("\r\n"), [
    "BEGIN:VTIMEZONE",
    "TZID:America/Denver",
    "BEGIN:DAYLIGHT",
    "DTSTART:20260308T020000",
    "TZOFFSETFROM:-0700",
    "TZOFFSETTO:-0600",
    "TZNAME:MDT",
    "END:DAYLIGHT",
    "BEGIN:STANDARD",
    "DTSTART:20261101T020000",
    "TZOFFSETFROM:-0600",
    "TZOFFSETTO:-0700",
    "TZNAME:MST",
    "END:STANDARD",
    "END:VTIMEZONE",
  ]);
  const fixed = timeZoneDefinition("UTC", summer) ?? "";
  assert.match(fixed, /DTSTART:19700101T000000\r\nTZOFFSETFROM:\+0000\r\nTZOFFSETTO:\+0000/);
  assert.equal(timeZoneDefinition("Nowhere/Never", summer), undefined);
});

test("a zone that is unknown leaves the entry at the right instant", () => {
  const lines = linesOf(calendarOf({ ...order, venue: { ...order.venue, timeZone: "Nowhere/Never" } }));
  assert.equal(lines.get("DTSTART"), ":20261129T023000Z");
});

for (const paper of ["A4", "LETTER"] as const) {
  test(`tickets on ${paper}: three on a sheet, each with its seat and a code that a scanner reads`, async () => {
    const pdf = await ticketsPdf(order, paper);
    assert.ok(pdf.toString("latin1").includes(paper === "A4" ? "[0 0 595.28 841.89]" : "[0 0 612 792]"));
    const sheets = sheetsOf(pdf);
    assert.equal(sheets.length, 2);
    assert.deepEqual(
      sheets.flatMap(codesOf),
      order.tickets.map((ticket) => ticket.token),
    );
    const words = sheets.map(wordsOf);
    for (const part of [
      "TICKET 1 OF 4",
      "C-7",
      "C-8",
      "Standing",
      "Saturday, November 28, 2026",
      "Odeon, Room 1",
      "Adult",
    ])
      assert.ok(words[0]?.includes(part), part);
    assert.ok(words[1]?.includes("TICKET 4 OF 4"));
    assert.ok(pdf.length < 100_000);
  });
}

test("the same order makes the same file, in the order's language", async () => {
  const spanish = { ...order, language: "es" as const };
  const [once, again] = [await ticketsPdf(spanish, "A4"), await ticketsPdf(spanish, "A4")];
  assert.ok(once.equals(again));
  assert.match(wordsOf(sheetsOf(once)[0] ?? ""), /BOLETO 1 DE 4[\s\S]*sábado, 28 de noviembre de 2026[\s\S]*De pie/);
});

test("paper is what printers hold where the venue is", () => {
  assert.deepEqual(["US", "MX", "ES", "de", ""].map(paperOf), ["LETTER", "LETTER", "A4", "A4", "A4"]);
});

test("every Latin letter is printed, as itself or without its marks", () => {
  for (const [text, printed] of [
    ["¿Dónde? ¡Señor Núñez! “Café” – 5 €", "¿Dónde? ¡Señor Núñez! “Café” – 5 €"],
    ["Łukasz Żółć, Đặng Thị Hương, Çağrı Şahin, Dvořák", "Lukasz Zólc, Dang Thi Huong, Çagri Sahin, Dvorák"],
    ["Cafe\u0301", "Café"],
    ["Tokyo 東京", "Tokyo ??"],
    ["東京物語", ""],
  ] as const)
    assert.equal(winAnsiText(text), printed);
});

test("standing places are counted, not numbered", () => {
  assert.equal(seatsText(["C-7", "FLOOR#17", "FLOOR#18"], "en"), "C-7, FLOOR, standing × 2");
  assert.equal(seatsText(["FLOOR#17"], "es"), "FLOOR, de pie");
});
