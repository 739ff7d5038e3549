// Which showing an order id was used for: the same id for another showing is refused, whatever partition that lies in. See
// lua/bindings.lua.

import { hash } from "node:crypto";
import { showingIdNumbers, showingIdOf } from "../../domain/ids.ts";
import type { RedisConnection } from "../../redis/connect.ts";
import { functionName } from "./library.ts";

const dayMs = 86_400_000;
const buckets = 65_536;
const digestBytes = 12;
/** Sweeps are four a second: all buckets in an hour and ten minutes. */
const prunedASweep = 4;

/** Where an order id's binding lies. */
export interface BindingPlace {
  /** A hash of many bindings. */
  bucket: string;
  /** 96 bits of the id's digest: of ids as people may make them up, none is longer than another, and none is like another. */
  field: string;
}

const bucketKey = (bucket: number): string => `i:${bucket.toString(16).padStart(4, "0")}`;

export function bindingPlace(orderId: string): BindingPlace {
  const digest = hash("sha256", orderId, "buffer");
  return {
    bucket: bucketKey(digest.readUInt16BE()),
    field: digest.toString("base64url", 2, 2 + digestBytes),
  };
}

/**
 * Until when an order id stays bound at least: until its showing is over, and two days. An id that is free again could be used for other seats, and
 * the provider would answer with the payment it has by that name.
 */
export const boundUntil = (startsAt: number, now: number): number =>
  now + Math.max(2, Math.ceil((startsAt - now) / dayMs) + 4) * dayMs;

/** A binding as the functions take it; it holds through the day in which `until` lies. */
export function bindingArguments({ field }: BindingPlace, showingId: string, until: number): string[] {
  return [field, ...showingIdNumbers(showingId).map(String), String(Math.floor(until / dayMs))];
}

/** Binds an order id to a showing, for as long as it is bound already or longer; false if it is bound to another one. */
export async function bindOrder(
  connection: RedisConnection,
  { orderId, showingId }: { orderId: string; showingId: string },
  until: number,
  now: number,
): Promise<boolean> {
  return (await bind(connection, orderId, showingId, until, now, "")) === "bound";
}

/** The same for an order that there is: whatever its id was bound to. */
export async function bindKnownOrder(
  connection: RedisConnection,
  { orderId, showingId, startsAt }: { orderId: string; showingId: string; startsAt: number },
  now: number,
): Promise<void> {
  await bind(connection, orderId, showingId, boundUntil(startsAt, now), now, "1");
}

async function bind(
  connection: RedisConnection,
  orderId: string,
  showingId: string,
  until: number,
  now: number,
  anyway: "" | "1",
): Promise<string | undefined> {
  const place = bindingPlace(orderId);
  const args = [String(now), ...bindingArguments(place, showingId, until), anyway];
  const [word] = (await connection.fcall(functionName("bind"), 1, place.bucket, ...args)) as string[];
  return word;
}

/** The showing that an order id was used for, as far as that is known. One that is over may still be: then the order is not there. */
export async function boundShowing(connection: RedisConnection, orderId: string): Promise<string | undefined> {
  const { bucket, field } = bindingPlace(orderId);
  const value = await connection.hgetBuffer(bucket, field);
  return value ? showingIdOf(value.readUIntBE(0, 6), value.readUIntBE(6, 5)) : undefined;
}

/** Forgets bindings that are over, some buckets in each turn. The first turn begins where its clock says, so that short-lived processes reach all. */
export function bindingsPruner(connection: RedisConnection): (now: number) => Promise<void> {
  let next: number | undefined;
  return async (now) => {
    const first = next ?? now % buckets;
    next = (first + prunedASweep) % buckets;
    const turn = Array.from({ length: prunedASweep }, (_, index) => bucketKey((first + index) % buckets));
    await Promise.all(turn.map((bucket) => connection.fcall(functionName("prune"), 1, bucket, now)));
  };
}
