// News of places, as the functions publish them: one channel a showing, heard only while somebody watches.

import type { RedisConnection } from "../../redis/connect.ts";
import type { SeatChange, SeatStates, ShowingRef } from "../port.ts";
import { numbersOf } from "./holds.ts";
import { channelOf } from "./keys.ts";
import { placeStateOf } from "./stock.ts";

interface Watched {
  showing: ShowingRef;
  listeners: Set<(change: SeatChange) => void>;
  /** Settles when the channel is heard. */
  heard: Promise<unknown>;
}

export class Watchers {
  private readonly subscriber: RedisConnection;
  private readonly watched = new Map<string, Watched>();
  private readonly seatsOf: (showing: ShowingRef) => Promise<SeatStates>;

  constructor(subscriber: RedisConnection, seatsOf: (showing: ShowingRef) => Promise<SeatStates>) {
    this.subscriber = subscriber;
    this.seatsOf = seatsOf;
    subscriber.on("message", (channel: string, text: string) => this.hear(channel, text));
    // What was told while the connection was broken is lost: everybody gets the whole state.
    subscriber.on("ready", () => void this.tellAll());
  }

  watch(showing: ShowingRef, listener: (change: SeatChange) => void): () => void {
    const channel = channelOf(showing.showingId);
    let watched = this.watched.get(channel);
    if (!watched) {
      const heard = this.subscriber.subscribe(channel).catch(() => undefined);
      this.watched.set(channel, (watched = { showing, listeners: new Set(), heard }));
    }
    const { listeners } = watched;
    listeners.add(listener);
    return () => {
      listeners.delete(listener);
      if (listeners.size > 0 || this.watched.get(channel)?.listeners !== listeners) return;
      this.watched.delete(channel);
      this.subscriber.unsubscribe(channel).catch(() => undefined);
    };
  }

  /** Settles when changes of a showing that is watched are heard: states read after it and the changes have no gap between them. */
  async heard(showingId: string): Promise<void> {
    await this.watched.get(channelOf(showingId))?.heard;
  }

  private hear(channel: string, text: string): void {
    const watched = this.watched.get(channel);
    const [version, letter = "", places = ""] = text.split(" ");
    const state = placeStateOf[letter];
    if (!watched || !state) return;
    this.tell(watched, {
      showingId: watched.showing.showingId,
      version: Number(version),
      places: numbersOf(places),
      state,
    });
  }

  private async tellAll(): Promise<void> {
    for (const watched of this.watched.values()) {
      const seats = await this.seatsOf(watched.showing).catch(() => undefined);
      if (!seats) continue;
      for (const [letter, state] of Object.entries(placeStateOf)) {
        const places = Array.from(seats.states).flatMap((each, place) => (each === letter ? [place] : []));
        const { showingId } = watched.showing;
        if (places.length > 0) this.tell(watched, { showingId, version: seats.version, places, state });
      }
    }
  }

  /** Whoever watches has no part in the decision: a listener that fails is let go of. */
  private tell(watched: Watched, change: SeatChange): void {
    for (const listener of watched.listeners) {
      try {
        listener(change);
      } catch (error) {
        watched.listeners.delete(listener);
        process.emitWarning(error instanceof Error ? error : String(error));
      }
    }
  }
}
