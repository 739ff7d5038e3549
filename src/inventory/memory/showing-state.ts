// The state of one showing's places: one byte each, with counts that always add up. Knows nothing of holds' times or orders.

import type { PlaceState, SeatChange, SectionCounts, ShowingRef } from "../port.ts";

export const placeStates = ["free", "held", "paying", "sold", "blocked"] as const satisfies readonly PlaceState[];
const codeOf: Readonly<Record<PlaceState, number>> = { free: 0, held: 1, paying: 2, sold: 3, blocked: 4 };
const letters = "fhpsb";

/** A broken invariant: a fault in Marquee, never in a request. The partition it happens in stops selling. */
export class InvariantBroken extends Error {}

/** How a showing is kept on disk. Holds are not: they end with the process. */
export interface ShowingSnapshot {
  ref: ShowingRef;
  closed: boolean;
  /** One letter a place, `f`, `p`, `s` or `b`. */
  states: string;
  generations: readonly (readonly [number, number])[];
  admissions: readonly (readonly [number, { at: number; gate: string }])[];
  voided: readonly number[];
}

export class ShowingState {
  ref: ShowingRef;
  version: number;
  closed = false;
  /** The last generation sold of a place; none is 0. */
  readonly generations = new Map<number, number>();
  readonly admissions = new Map<number, { at: number; gate: string }>();
  /** Sold places whose ticket is void because a refund has begun. */
  readonly voided = new Set<number>();
  private readonly nextVersion: () => number;
  private readonly bytes: Uint8Array;
  private readonly counts: Int32Array;
  private readonly sectionOf: Uint16Array | undefined;
  private readonly listeners = new Set<(change: SeatChange) => void>();

  /** `nextVersion` answers a number that was never a version before, in this run of the process or an earlier one. */
  constructor(ref: ShowingRef, nextVersion: () => number) {
    this.ref = ref;
    this.nextVersion = nextVersion;
    this.version = nextVersion();
    this.bytes = new Uint8Array(ref.placeCount);
    this.counts = new Int32Array(ref.sections.length * placeStates.length);
    this.sectionOf = ref.sections.length > 1 ? new Uint16Array(ref.placeCount) : undefined;
    for (const [index, section] of ref.sections.entries()) {
      this.counts[index * placeStates.length] = section.count;
      this.sectionOf?.fill(index, section.start, section.start + section.count);
    }
  }

  is(place: number, state: PlaceState): boolean {
    return this.bytes[place] === codeOf[state];
  }

  stateOf(place: number): PlaceState | undefined {
    return placeStates[this.bytes[place] ?? -1];
  }

  /** Free places of a section, by its index. */
  freeIn(section: number): number {
    return this.counts[section * placeStates.length] ?? 0;
  }

  free(): number {
    return this.ref.sections.reduce((sum, _, section) => sum + this.freeIn(section), 0);
  }

  /** Moves places from one state to another, all or none. Throws InvariantBroken, before anything changes, if one is not there. */
  move(places: readonly number[], from: PlaceState, to: PlaceState): void {
    const [fromCode, toCode] = [codeOf[from], codeOf[to]];
    for (const place of places) {
      if (this.bytes[place] !== fromCode) {
        throw new InvariantBroken(
          `place ${place} of ${this.ref.showingId} is ${this.stateOf(place) ?? "nowhere"}, not ${from}`,
        );
      }
    }
    for (const place of places) {
      this.bytes[place] = toCode;
      const base = (this.sectionOf?.[place] ?? 0) * placeStates.length;
      this.count(base + fromCode, -1);
      this.count(base + toCode, 1);
    }
    this.changed(places, to);
  }

  private count(index: number, by: number): void {
    const value = (this.counts[index] ?? 0) + by;
    if (value < 0) throw new InvariantBroken(`a count of ${this.ref.showingId} fell below zero`);
    this.counts[index] = value;
  }

  private changed(places: readonly number[], state: PlaceState): void {
    this.version = this.nextVersion();
    if (this.listeners.size === 0) return;
    const change = { showingId: this.ref.showingId, version: this.version, places, state };
    for (const listener of this.listeners) this.tell(listener, change);
  }

  /** Whoever watches has no part in the decision: a listener that fails is let go of, and the sale goes on. */
  private tell(listener: (change: SeatChange) => void, change: SeatChange): void {
    try {
      listener(change);
    } catch (error) {
      this.listeners.delete(listener);
      process.emitWarning(error instanceof Error ? error : String(error));
    }
  }

  listen(listener: (change: SeatChange) => void): () => void {
    this.listeners.add(listener);
    return () => void this.listeners.delete(listener);
  }

  /** Nobody watches, and nothing is told of it that an untouched showing would not tell. */
  isPristine(): boolean {
    return (
      !this.closed && this.listeners.size === 0 && this.generations.size === 0 && this.free() === this.ref.placeCount
    );
  }

  isWatched(): boolean {
    return this.listeners.size > 0;
  }

  sections(): SectionCounts[] {
    const admitted = this.ref.sections.map(() => 0);
    for (const place of this.admissions.keys()) {
      const section = this.sectionOf?.[place] ?? 0;
      admitted[section] = (admitted[section] ?? 0) + 1;
    }
    return this.ref.sections.map((section, index) => {
      const [free = 0, held = 0, paying = 0, sold = 0, blocked = 0] = this.counts.subarray(index * 5, index * 5 + 5);
      if (free + held + paying + sold + blocked !== section.count) {
        throw new InvariantBroken(`section ${index} of ${this.ref.showingId} does not add up to ${section.count}`);
      }
      return { free, held, paying, sold, blocked, admitted: admitted[index] ?? 0 };
    });
  }

  /** One letter a place: `f`ree, `h`eld, `p`aying, `s`old, `b`locked. */
  letters(): string {
    let text = "";
    for (const code of this.bytes) text += letters[code];
    return text;
  }

  snapshot(): ShowingSnapshot {
    return {
      ref: this.ref,
      closed: this.closed,
      states: this.letters().replaceAll("h", "f"),
      generations: [...this.generations],
      admissions: [...this.admissions],
      voided: [...this.voided],
    };
  }

  static restore(snapshot: ShowingSnapshot, nextVersion: () => number): ShowingState {
    const state = new ShowingState(snapshot.ref, nextVersion);
    for (const name of placeStates) {
      if (name === "free") continue;
      const letter = letters[codeOf[name]];
      const places: number[] = [];
      for (let place = 0; place < snapshot.states.length; place += 1)
        if (snapshot.states[place] === letter) places.push(place);
      if (places.length > 0) state.move(places, "free", name);
    }
    for (const [place, generation] of snapshot.generations) state.generations.set(place, generation);
    for (const [place, admission] of snapshot.admissions) state.admissions.set(place, admission);
    for (const place of snapshot.voided) state.voided.add(place);
    state.closed = snapshot.closed;
    return state;
  }
}
