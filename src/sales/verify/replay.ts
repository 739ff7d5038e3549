// Plays the sales log again over plain letters, one place each, and says where an entry does not fit what came before it.

import { hash } from "node:crypto";
import type { Move } from "../../domain/orders.ts";
import type { LogBody, LogEntry, ShowingRef } from "../../inventory/port.ts";
import type { Findings, Rule } from "./findings.ts";
import { tell, type History } from "./history.ts";

interface Room {
  ref: ShowingRef;
  /** `f`ree, `p`aying, `s`old, `v`oid but not free yet, `b`locked: holds leave no trace in the log. */
  letters: string[];
  generations: Map<number, number>;
  admitted: Set<number>;
}

/** Orders in payment and refunds under way, with what their next entry needs. */
interface Open {
  showingId: string;
  places: readonly number[];
  generations: readonly number[];
}

export interface ReplaySettings {
  history: History;
  findings: Findings;
  /** How far the store is. */
  marks: ReadonlyMap<number, { sequence: number; hash: string }>;
  /** Showings that began before this may lack their oldest entries. */
  wholeSince: number;
  progress(entries: number): void;
}

const pageSize = 500;

/** Replays one partition's log from its first entry to its last. */
export async function replay(settings: ReplaySettings, partition: number): Promise<void> {
  const { history, findings, marks } = settings;
  const first = await history.first(partition);
  const player = new Player(settings, first > 1);
  const mark = marks.get(partition);
  let after = Math.max(0, first - 1);
  let before: string | undefined = after === 0 ? "" : undefined;
  for (;;) {
    const entries = await history.read(partition, after, pageSize);
    if (entries.length === 0) break;
    for (const entry of entries) {
      const where = `Entry ${entry.sequence} of partition ${partition}`;
      findings.expect(
        "history",
        entry.sequence === after + 1,
        () => `${where} follows ${after}: something is missing.`,
      );
      const altered = before !== undefined && hashAfter(before, entry) !== entry.hash;
      if (altered) findings.violated("history", `${where} was altered: its hash is not that of its content.`);
      if (mark?.sequence === entry.sequence && mark.hash !== entry.hash)
        findings.violated("history", `${where} is not the one that the store applied: their hashes differ.`);
      if (entry.sequence > (mark?.sequence ?? 0)) findings.underWay("history");
      await player.play(entry, where);
      after = entry.sequence;
      before = entry.hash;
    }
    settings.progress(entries.length);
  }
  if (mark && mark.sequence > after)
    findings.violated(
      "history",
      `The store has partition ${partition} up to ${mark.sequence}, the log ends at ${after}.`,
    );
  player.end();
}

/** By the algorithm that the entry's own hash shows. */
function hashAfter(before: string, { body, hash: own }: LogEntry): string {
  return hash(own.length === 40 ? "sha1" : "sha256", before + JSON.stringify(body), "hex");
}

class Player {
  private readonly history: History;
  private readonly findings: Findings;
  private readonly isWhole: (ref: ShowingRef) => boolean;
  private readonly rooms = new Map<string, Room>();
  private readonly orders = new Map<string, Open>();
  private readonly refunds = new Map<string, Open>();

  constructor({ history, findings, wholeSince }: ReplaySettings, trimmed: boolean) {
    this.history = history;
    this.findings = findings;
    this.isWhole = (ref) => !trimmed || ref.startsAt >= wholeSince;
  }

  async play({ sequence, body }: LogEntry, where: string): Promise<void> {
    const told =
      body.kind === "refund-begun" || body.kind === "moved"
        ? tell(await this.history.ofOrder(body.orderId), sequence)
        : undefined;
    switch (body.kind) {
      case "intent":
        return this.intend(body, where);
      case "sale":
        return this.sell(body.orderId, where);
      case "declined":
      case "cancelled":
        return this.free(this.take(this.orders, body.orderId), "p", where);
      case "refund-begun":
        return told && this.void(body, told.draft.showingId, generationOf(told), where);
      case "refund-done":
        return this.free(this.take(this.refunds, `${body.orderId} ${body.refundId}`), "v", where);
      case "moved":
        return told && this.change(body.move, told.draft.showingId, where);
      case "blocked":
        return this.move("counts", this.room(body.showing), body.places, "f", "b", where);
      case "unblocked":
        return this.move("counts", this.room(body.showing), body.places, "b", "f", where);
      case "showing-closed":
        return void this.room(body.showing);
      case "admitted":
        return this.admit(body, where);
    }
  }

  private take(from: Map<string, Open>, key: string): Open | undefined {
    const open = from.get(key);
    from.delete(key);
    return open;
  }

  /** The room of a showing; undefined for one whose beginning was forgotten. */
  private room(ref: ShowingRef): Room | undefined {
    const known = this.rooms.get(ref.showingId);
    if (known || !this.isWhole(ref)) return known;
    const capacity = ref.sections.reduce((sum, section) => sum + section.count, 0);
    this.findings.expect(
      "counts",
      capacity === ref.placeCount,
      () => `The sections of showing ${ref.showingId} have ${capacity} places, not ${ref.placeCount}.`,
    );
    const letters = Array.from({ length: ref.placeCount }, () => "f");
    const room = { ref, letters, generations: new Map<number, number>(), admitted: new Set<number>() };
    this.rooms.set(ref.showingId, room);
    return room;
  }

  /** Every place must be where it comes from: then as many leave one count as come to the other. */
  private move(
    rule: Rule,
    room: Room | undefined,
    places: readonly number[],
    from: string,
    to: string,
    where: string,
  ): void {
    if (!room) return;
    this.findings.examined(rule);
    for (const place of places) {
      const letter = room.letters[place];
      if (letter !== from)
        this.findings.violated(
          rule,
          `${where} takes place ${place} of showing ${room.ref.showingId} from "${from}" to "${to}", but it is "${letter ?? "nowhere"}".`,
        );
      if (letter !== undefined) room.letters[place] = to;
    }
  }

  private intend({ showing, order }: Extract<LogBody, { kind: "intent" }>, where: string): void {
    const room = this.room(showing);
    this.move("counts", room, order.places, "f", "p", where);
    if (!room) return;
    const { showingId } = showing;
    this.orders.set(order.orderId, { showingId, places: order.places, generations: order.generations });
  }

  private sell(orderId: string, where: string): void {
    const order = this.take(this.orders, orderId);
    const room = order && this.rooms.get(order.showingId);
    if (!order || !room) return;
    this.move("counts", room, order.places, "p", "s", where);
    for (const [index, place] of order.places.entries()) {
      const generation = (room.generations.get(place) ?? 0) + 1;
      this.findings.expect(
        "oneTicket",
        order.generations[index] === generation,
        () =>
          `${where} sells place ${place} of showing ${order.showingId} as generation ${order.generations[index]}, not ${generation}.`,
      );
      room.generations.set(place, generation);
    }
  }

  private free(open: Open | undefined, from: "p" | "v", where: string): void {
    const room = open && this.rooms.get(open.showingId);
    if (!open || !room) return;
    this.move(from === "v" ? "freedOnce" : "counts", room, open.places, from, "f", where);
    for (const place of open.places) room.admitted.delete(place);
  }

  private void(
    { orderId, refund }: Extract<LogBody, { kind: "refund-begun" }>,
    showingId: string,
    generation: (place: number) => number | undefined,
    where: string,
  ): void {
    const room = this.rooms.get(showingId);
    if (!room) return;
    this.move("freedOnce", room, refund.places, "s", "v", where);
    for (const place of refund.places)
      if (room.generations.get(place) !== generation(place))
        this.findings.violated(
          "freedOnce",
          `${where} refunds place ${place} of showing ${showingId}, which is another order's.`,
        );
    this.refunds.set(`${orderId} ${refund.refundId}`, { showingId, places: refund.places, generations: [] });
  }

  private change({ from, to, left, generations }: Move, showingId: string, where: string): void {
    const room = this.rooms.get(showingId);
    if (!room) return;
    for (const [index, place] of from.entries())
      if (room.generations.get(place) !== left[index] || room.admitted.has(place))
        this.findings.violated("oneTicket", `${where} moves place ${place} of showing ${showingId}, which it may not.`);
    this.move("counts", room, from, "s", "f", where);
    this.move("counts", room, to, "f", "s", where);
    for (const [index, place] of to.entries()) {
      const generation = (room.generations.get(place) ?? 0) + 1;
      this.findings.expect(
        "oneTicket",
        generations[index] === generation,
        () => `${where} moves to place ${place} as generation ${generations[index]}, not ${generation}.`,
      );
      room.generations.set(place, generation);
    }
  }

  private admit(body: Extract<LogBody, { kind: "admitted" }>, where: string): void {
    const room = this.rooms.get(body.showingId);
    if (!room) return;
    const { place, generation } = body;
    const valid = room.letters[place] === "s" && room.generations.get(place) === generation;
    this.findings.expect(
      "admittedOnce",
      valid && !room.admitted.has(place),
      () =>
        `${where} admits place ${place} of showing ${body.showingId} ${valid ? "again" : "without a valid ticket"}.`,
    );
    room.admitted.add(place);
  }

  /** Orders that are open at the end are under way; for refunds see refunds.ts. */
  end(): void {
    this.findings.underWay("counts", this.orders.size);
  }
}

function generationOf({ places, generations }: { places: readonly number[]; generations: readonly number[] }) {
  return (place: number) => generations[places.indexOf(place)];
}
