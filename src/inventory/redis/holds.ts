// Holds: asked for through the function library, read as they are kept.

import { LRUCache } from "lru-cache";
import { partitionOf, showingOfHold } from "../../domain/ids.ts";
import type { Hold, HoldRefusal, HoldRequest, HoldTerms, Pick } from "../port.ts";
import { holdKey, showingArguments } from "./keys.ts";
import type { Link, Reply } from "./link.ts";

/** Ranked runs of a room are the same objects each time it is asked for: their text is made once. */
const planTexts = new WeakMap<object, string>();
const holdFields = ["p", "w", "n", "t", "f", "u", "o"];
const rememberedTerms = 1_000;
const rememberedHolds = 10_000;

export class RedisHolds {
  private readonly link: Link;
  /** Prices as texts: thousands of holds pin the same ones. */
  private readonly terms = new LRUCache<string, HoldTerms>({ max: rememberedTerms });

  private readonly seen = new LRUCache<string, Hold>({ max: rememberedHolds });

  constructor(link: Link) {
    this.link = link;
  }

  partitionOf(showingId: string): number {
    return partitionOf(showingId, this.link.settings.partitions);
  }

  async hold(request: HoldRequest): Promise<Hold | HoldRefusal> {
    const { showing, limits, pick } = request;
    const args = [
      String(request.now),
      ...showingArguments(showing),
      request.holdId,
      request.holder,
      request.network,
      JSON.stringify(request.terms),
      String(request.holdMs),
      ...[limits.perShowing, limits.perNetwork, limits.abandoned, limits.windowMs, limits.cooldownMs].map(String),
      String(quantityOf(pick)),
      pick.kind,
      ...pickArguments(pick),
    ];
    const reply = await this.link.decide("hold", this.partitionOf(showing.showingId), args, false);
    if (reply[0] !== "hold") return refusalOf(reply);
    const hold = this.holdOf(reply.slice(1));
    this.seen.set(hold.holdId, hold);
    return hold;
  }

  /** What a hold pinned, which never changes: places, prices, holder. Its times and its order may be others by now. */
  async pinned(holdId: string): Promise<Hold | undefined> {
    return this.seen.get(holdId) ?? (await this.read(holdId));
  }

  async holdById(holdId: string, now: number): Promise<Hold | undefined> {
    const hold = await this.read(holdId);
    return hold && (hold.orderId !== undefined || hold.until > now) ? hold : undefined;
  }

  /** A hold as it is kept, also one whose time is over. */
  async read(holdId: string): Promise<Hold | undefined> {
    const showingId = showingOfHold(holdId);
    if (showingId === undefined) return undefined;
    const key = holdKey(this.partitionOf(showingId), holdId);
    const [places, holder, network, terms, heldAt, until, orderId] = await this.link.connection.hmget(
      key,
      ...holdFields,
    );
    if (places === null || places === undefined) return undefined;
    const facts = [holdId, showingId, holder, network, places, terms, heldAt, until, orderId];
    const hold = this.holdOf(facts.map((text) => text ?? ""));
    this.seen.set(holdId, hold);
    return hold;
  }

  async release(holdId: string, now: number): Promise<boolean> {
    const showingId = showingOfHold(holdId);
    if (showingId === undefined) return false;
    const reply = await this.link.decide("release", this.partitionOf(showingId), [String(now), holdId], false);
    return reply[0] === "ok";
  }

  private holdOf(facts: readonly string[]): Hold {
    const [holdId = "", showingId = "", holder = "", network = "", places = "", terms = "", heldAt, until, orderId] =
      facts;
    return {
      holdId,
      showingId,
      holder,
      network,
      places: numbersOf(places),
      terms: this.termsOf(terms),
      heldAt: Number(heldAt),
      until: Number(until),
      ...(orderId ? { orderId } : {}),
    };
  }

  private termsOf(text: string): HoldTerms {
    const known = this.terms.get(text);
    if (known) return known;
    const terms = JSON.parse(text) as HoldTerms;
    this.terms.set(text, terms);
    return terms;
  }
}

export const numbersOf = (text: string): number[] => (text === "" ? [] : text.split(",").map(Number));

function quantityOf(pick: Pick): number {
  if (pick.kind === "named") return pick.places.length;
  if (pick.kind === "best") return pick.quantity;
  return pick.areas.reduce((sum, area) => sum + area.quantity, 0);
}

function pickArguments(pick: Pick): string[] {
  if (pick.kind === "named")
    return [pick.places.join(), (pick.runs ?? []).map(({ start, length }) => `${start}:${length}`).join(";")];
  if (pick.kind === "standing") return [pick.areas.map(({ section, quantity }) => `${section}:${quantity}`).join(";")];
  const groups = pick.groups.map(({ section, runs }) => `${section}/${runsText(runs)}`).join("|");
  return [String(pick.quantity), pick.strandRule ? "1" : "0", groups];
}

function runsText(runs: Extract<Pick, { kind: "best" }>["groups"][number]["runs"]): string {
  const known = planTexts.get(runs);
  if (known !== undefined) return known;
  const text = runs.map(({ start, length, centre2, penalty }) => [start, length, centre2, penalty].join(":")).join(";");
  planTexts.set(runs, text);
  return text;
}

function refusalOf([word, first = "", second = ""]: Reply): HoldRefusal {
  switch (word) {
    case "closed":
      return { refusal: "sales_paused" };
    case "hold_cooldown":
      return { refusal: word, retryAfterMs: Number(first) };
    case "limit_exceeded":
      return { refusal: word, limit: Number(first), held: Number(second) };
    case "seats_taken":
    case "strands_seat":
      return { refusal: word, places: numbersOf(first) };
    case "showing_cancelled":
    case "sold_out":
      return { refusal: word };
    default:
      throw new Error(`the function library answered "${word}" to a hold`);
  }
}
