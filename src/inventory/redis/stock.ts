// What is not about orders: blocks, scans, the end of a showing, and reading what there is.

import { LRUCache } from "lru-cache";
import { partitionOf } from "../../domain/ids.ts";
import type { LogBody, PlaceState, ScanRequest, ScanResult, SeatStates, SectionCounts, ShowingRef } from "../port.ts";
import { numbersOf } from "./holds.ts";
import { freeRange, readShowing, showingArguments, showingKey } from "./keys.ts";
import type { Link } from "./link.ts";

export const placeStateOf: Readonly<Record<string, PlaceState>> = {
  f: "free",
  h: "held",
  p: "paying",
  s: "sold",
  b: "blocked",
};

/** Showings that this process has seen, so that an order's intent can say what its showing is. */
export interface ShowingsKnown {
  note(showing: ShowingRef): void;
  refOf(showingId: string): Promise<ShowingRef | undefined>;
}

const rememberedShowings = 50_000;

/** A showing's JSON, as it stands in the log. */
export const showingText = ({ showingId, startsAt, placeCount, sections }: ShowingRef): string =>
  JSON.stringify({ showingId, startsAt, placeCount, sections: sections.map(({ start, count }) => ({ start, count })) });

/** The JSON of an entry about places on sale or not, before and after the list of places. */
export const stockAround = (
  kind: "blocked" | "unblocked",
  showing: ShowingRef,
  by: string,
  now: number,
): [before: string, after: string] => [
  `{"kind":"${kind}","at":${now},"showing":${showingText(showing)},"places":[`,
  `],"by":${JSON.stringify(by)}}`,
];

export class RedisStock implements ShowingsKnown {
  private readonly link: Link;
  private readonly known = new LRUCache<string, ShowingRef>({ max: rememberedShowings });

  constructor(link: Link) {
    this.link = link;
  }

  private partitionOf(showingId: string): number {
    return partitionOf(showingId, this.link.settings.partitions);
  }

  private keyOf(showingId: string): string {
    return showingKey(showingId, this.link.settings.partitions);
  }

  note(showing: ShowingRef): void {
    this.known.set(showing.showingId, showing);
  }

  /** A showing as somebody described it here, or as it is kept: a process that starts anew knows what others sold. Throws if Redis does not answer. */
  async refOf(showingId: string): Promise<ShowingRef | undefined> {
    const known = this.known.get(showingId);
    if (known) return known;
    const bytes = await this.link.connection.getBuffer(this.keyOf(showingId));
    if (!bytes) return undefined;
    const ref = refOfBytes(showingId, bytes);
    this.note(ref);
    return ref;
  }

  async block(showing: ShowingRef, places: readonly number[], by: string, now: number) {
    const reply = await this.change("blocked", showing, places, by, now);
    if (reply[0] === "seats_taken") return { refusal: reply[0], places: numbersOf(reply[1] ?? "") } as const;
    return reply[0] === "ok" ? { version: Number(reply[1]) } : ({ refusal: "sales_paused" } as const);
  }

  async unblock(showing: ShowingRef, places: readonly number[], by: string, now: number) {
    const reply = await this.change("unblocked", showing, places, by, now);
    return reply[0] === "ok" ? { version: Number(reply[1]) } : ({ refusal: "sales_paused" } as const);
  }

  private change(
    kind: "blocked" | "unblocked",
    showing: ShowingRef,
    places: readonly number[],
    by: string,
    now: number,
  ) {
    const args = [String(now), ...showingArguments(showing), places.join(), ...stockAround(kind, showing, by, now)];
    const name = kind === "blocked" ? "block" : "unblock";
    return this.link.decide(name, this.partitionOf(showing.showingId), args, true);
  }

  async closeShowing(showing: ShowingRef, by: string, now: number) {
    const body = `{"kind":"showing-closed","at":${now},"showing":${showingText(showing)},"by":${JSON.stringify(by)}}`;
    const args = [String(now), ...showingArguments(showing), body];
    const reply = await this.link.decide("close_showing", this.partitionOf(showing.showingId), args, true);
    return reply[0] === "ok" ? { version: Number(reply[1]) } : ({ refusal: "sales_paused" } as const);
  }

  async scan(request: ScanRequest): Promise<ScanResult> {
    const { place, generation, ticketId, gate, now } = request;
    const { showingId } = request.showing;
    const body = JSON.stringify({
      kind: "admitted",
      at: now,
      showingId,
      place,
      generation,
      ticketId,
      gate,
    } satisfies LogBody);
    const args = [String(now), showingId, String(place), String(generation), gate, body];
    const reply = await this.link.decide("scan", this.partitionOf(showingId), args, true);
    if (reply[0] === "admitted") return { admitted: true, at: now };
    if (reply[0] === "ticket_void") return { refusal: "ticket_void" };
    if (reply[0] !== "ticket_used") return { refusal: "sales_paused" };
    const [, at = "", before = ""] = /^(\d+) ([^]*)$/.exec(reply[1] ?? "") ?? [];
    return { refusal: "ticket_used", at: Number(at), gate: before };
  }

  async counts(showing: ShowingRef): Promise<{ version: number; sections: readonly SectionCounts[] }> {
    const bytes = await this.link.connection.getBuffer(this.keyOf(showing.showingId));
    if (bytes) return readShowing(bytes);
    const untouched = { held: 0, paying: 0, sold: 0, blocked: 0, admitted: 0 };
    return { version: 0, sections: showing.sections.map(({ count }) => ({ free: count, ...untouched })) };
  }

  async seats(showing: ShowingRef): Promise<SeatStates> {
    const bytes = await this.link.connection.getBuffer(this.keyOf(showing.showingId));
    if (!bytes) return { version: 0, states: "f".repeat(showing.placeCount) };
    const { version, states } = readShowing(bytes);
    return { version, states };
  }

  async freeOf(showingIds: readonly string[]): Promise<readonly (number | undefined)[]> {
    const { connection } = this.link;
    try {
      const heads = await Promise.all(
        showingIds.map((id) => connection.getrangeBuffer(this.keyOf(id), freeRange.from, freeRange.to)),
      );
      return heads.map((bytes) => (bytes.length === 4 ? bytes.readUInt32BE(0) : undefined));
    } catch {
      // Lists are shown without counts rather than not at all.
      return showingIds.map(() => undefined);
    }
  }
}

function refOfBytes(showingId: string, bytes: Buffer): ShowingRef {
  const startsAt = bytes.readUIntBE(11, 6);
  const sections: { start: number; count: number }[] = [];
  let start = 0;
  for (const section of readShowing(bytes).sections) {
    const { free, held, paying, sold, blocked } = section;
    const count = free + held + paying + sold + blocked;
    sections.push({ start, count });
    start += count;
  }
  return { showingId, startsAt, placeCount: start, sections };
}
