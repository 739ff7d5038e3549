// Holds: seats set aside for a few minutes. In memory only; they end by time, by their holder, or with the process.

import { LRUCache } from "lru-cache";
import type { Hold, HoldLimits, HoldRefusal, HoldRequest, InventoryOrder, Pick } from "../port.ts";
import type { Core, LiveHold } from "./core.ts";
import { choose } from "./pick.ts";
import type { ShowingState } from "./showing-state.ts";

const rememberedHolders = 100_000;

export class Holds {
  private readonly core: Core;
  /** Holds by the second in which they end, so that a sweep touches only those. */
  private readonly endings = new Map<number, Set<string>>();
  private sweptTo = 0;
  /** When each holder lately let holds go, newest last. */
  private readonly abandoned = new LRUCache<string, number[]>({ max: rememberedHolders });

  constructor(core: Core) {
    this.core = core;
  }

  hold(request: HoldRequest): Hold | HoldRefusal {
    const { showingId } = request.showing;
    return this.core.decide<Hold | HoldRefusal>(showingId, () => {
      const state = this.core.touch(request.showing);
      if (state.closed) return { refusal: "showing_cancelled" };
      const again = this.same(request);
      if (again) return again;
      const retryAfterMs = this.cooldown(request.holder, request.limits, request.now);
      if (retryAfterMs > 0) return { refusal: "hold_cooldown", retryAfterMs };
      const excess = this.excess(request);
      if (excess) return excess;
      if (request.pick.kind === "named") this.expireAmong(showingId, request.pick.places, request.now);
      const picked = choose(state, request.pick);
      if ("refusal" in picked) return picked;
      return this.take(state, request, picked.places);
    });
  }

  /** The same request again, its answer lost: the hold it got. */
  private same(request: HoldRequest): Hold | undefined {
    const byId = this.live(request.holdId, request.now);
    if (byId) return byId;
    if (request.pick.kind !== "named") return undefined;
    const { places } = request.pick;
    const holdIds = new Set(places.map((place) => this.core.holdOfPlace.get(request.showing.showingId)?.get(place)));
    const [holdId] = holdIds;
    if (holdIds.size !== 1 || holdId === undefined) return undefined;
    const hold = this.live(holdId, request.now);
    return hold && hold.holder === request.holder && !hold.orderId && hold.places.length === places.length
      ? hold
      : undefined;
  }

  private excess(request: HoldRequest): HoldRefusal | undefined {
    const wanted = quantityOf(request.pick);
    const { showingId } = request.showing;
    for (const [who, limit] of [
      [request.holder, request.limits.perShowing],
      [request.network, request.limits.perNetwork],
    ] as const) {
      const held = this.core.heldBy.get(`${showingId} ${who}`) ?? 0;
      if (limit > 0 && held + wanted > limit) return { refusal: "limit_exceeded", limit, held };
    }
    return undefined;
  }

  private take(state: ShowingState, request: HoldRequest, places: readonly number[]): Hold {
    const { holdId, holder, network, terms, now } = request;
    const hold = {
      holdId,
      showingId: request.showing.showingId,
      holder,
      network,
      places,
      terms,
      heldAt: now,
      until: now + request.holdMs,
    };
    state.move(places, "free", "held");
    this.keep(hold);
    return hold;
  }

  /** Puts a hold whose places are held already into the books. */
  keep(hold: LiveHold): void {
    this.core.holds.set(hold.holdId, hold);
    let byPlace = this.core.holdOfPlace.get(hold.showingId);
    if (!byPlace) this.core.holdOfPlace.set(hold.showingId, (byPlace = new Map<number, string>()));
    for (const place of hold.places) byPlace.set(place, hold.holdId);
    this.countFor(hold, hold.places.length);
    this.endsAt(hold);
  }

  private endsAt(hold: LiveHold): void {
    const second = Math.ceil(hold.until / 1_000);
    const ending = this.endings.get(second);
    if (ending) ending.add(hold.holdId);
    else this.endings.set(second, new Set([hold.holdId]));
    this.sweptTo = Math.min(this.sweptTo, second - 1);
  }

  private countFor(hold: LiveHold, by: number): void {
    for (const who of [hold.holder, hold.network]) {
      const key = `${hold.showingId} ${who}`;
      const count = (this.core.heldBy.get(key) ?? 0) + by;
      if (count > 0) this.core.heldBy.set(key, count);
      else this.core.heldBy.delete(key);
    }
  }

  /** Takes a hold out of the books; its places are no business of this. */
  drop(hold: LiveHold): void {
    if (!this.core.holds.delete(hold.holdId)) return;
    const byPlace = this.core.holdOfPlace.get(hold.showingId);
    for (const place of hold.places) byPlace?.delete(place);
    if (byPlace?.size === 0) this.core.holdOfPlace.delete(hold.showingId);
    this.endings.get(Math.ceil(hold.until / 1_000))?.delete(hold.holdId);
    this.countFor(hold, -hold.places.length);
  }

  /** Marks a hold as being paid for by an order, or, without one, as waiting again until `until`. */
  setPaying(hold: LiveHold, orderId: string): void {
    this.endings.get(Math.ceil(hold.until / 1_000))?.delete(hold.holdId);
    this.core.holds.set(hold.holdId, { ...hold, orderId });
  }

  /** Puts the hold of an order in payment back into the books after a restart: its places count for its holder. */
  resume({ orderId, holdId, holder, network, places, terms, draft }: InventoryOrder): void {
    const { showingId, placedAt } = draft;
    const hold = { holdId, showingId, holder, network, places, terms, heldAt: placedAt, until: placedAt };
    this.keep(hold);
    this.setPaying(hold, orderId);
  }

  /** A hold that has not ended. Ends it if its time is over: a hold in payment never ends by time (R2). */
  live(holdId: string, now: number): LiveHold | undefined {
    const hold = this.core.holds.get(holdId);
    if (!hold || hold.orderId !== undefined || hold.until > now) return hold;
    this.expire(hold, now);
    return undefined;
  }

  release(holdId: string, now: number): boolean {
    const hold = this.live(holdId, now);
    if (!hold || hold.orderId !== undefined) return false;
    this.end(hold);
    this.noteAbandoned(hold.holder, now);
    return true;
  }

  private expire(hold: LiveHold, now: number): void {
    this.end(hold);
    this.core.expired.set(hold.holdId, true);
    this.noteAbandoned(hold.holder, now);
  }

  /** Ends a hold that is not being paid for: its places are free again. */
  end(hold: LiveHold): void {
    this.drop(hold);
    this.core.known(hold.showingId)?.move(hold.places, "held", "free");
  }

  private expireAmong(showingId: string, places: readonly number[], now: number): void {
    const byPlace = this.core.holdOfPlace.get(showingId);
    for (const place of places) {
      const holdId = byPlace?.get(place);
      if (holdId !== undefined) this.live(holdId, now);
    }
  }

  /** Ends the holds whose time is over. */
  sweep(now: number): void {
    const second = Math.floor(now / 1_000);
    if (this.sweptTo === 0) this.sweptTo = Math.min(second, ...this.endings.keys()) - 1;
    for (let at = this.sweptTo + 1; at <= second; at += 1) {
      const ending = this.endings.get(at);
      if (!ending) continue;
      for (const holdId of ending) this.live(holdId, now);
      if (ending.size === 0) this.endings.delete(at);
    }
    this.sweptTo = second;
  }

  /** Ends all holds of a showing that are not being paid for. */
  endAllOf(showingId: string): void {
    for (const holdId of new Set(this.core.holdOfPlace.get(showingId)?.values())) {
      const hold = this.core.holds.get(holdId);
      if (hold && hold.orderId === undefined) this.end(hold);
    }
  }

  private noteAbandoned(holder: string, now: number): void {
    const times = this.abandoned.get(holder) ?? [];
    times.push(now);
    this.abandoned.set(holder, times.slice(-50));
  }

  private cooldown(holder: string, limits: HoldLimits, now: number): number {
    if (limits.abandoned === 0) return 0;
    const times = (this.abandoned.get(holder) ?? []).filter((time) => time > now - limits.windowMs);
    if (times.length < limits.abandoned) return 0;
    return Math.max(0, (times.at(-1) ?? 0) + limits.cooldownMs - now);
  }
}

export function quantityOf(pick: Pick): number {
  if (pick.kind === "named") return pick.places.length;
  if (pick.kind === "best") return pick.quantity;
  return pick.areas.reduce((sum, area) => sum + area.quantity, 0);
}
