// Which showing an order id was used for: the same id for another showing is refused, whatever partition that lies in. See
// lua/bindings.lua.

import { hash } from "node:crypto";
import { showingIdNumbers, showingIdOf } from "../../domain/ids.ts";
import type { RedisConnection } from "../../redis/connect.ts";
import { functionName } from "./library.ts";

const dayMs = 86_400_000;
const buckets = 65_536;
const digestBytes = 12;
/** A value: the showing's id in two numbers, and the last day. */
const [headBytes, tailBytes, valueBytes] = [6, 5, 13];
const lastDay = (until: number): number => Math.floor(until / dayMs);
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
  return [field, ...showingIdNumbers(showingId).map(String), String(lastDay(until))];
}

/** Binds an order id to a showing, for as long as it is bound already or longer; false if it is bound to another one. */
export async function bindOrder(
  connection: RedisConnection,
  { orderId, showingId }: { orderId: string; showingId: string },
  until: number,
  now: number,
): Promise<boolean> {
  const place = bindingPlace(orderId);
  const args = bindingArguments(place, showingId, until);
  const [word] = (await connection.fcall(functionName("bind"), 1, place.bucket, now, ...args)) as string[];
  return word === "bound";
}

/** Binds the id of an order that there is, whatever it was bound to. Nothing is decided, so no function is needed: a recovery has very many of them. */
export async function bindKnownOrder(
  connection: RedisConnection,
  { orderId, showingId, startsAt }: { orderId: string; showingId: string; startsAt: number },
  now: number,
): Promise<void> {
  const { bucket, field } = bindingPlace(orderId);
  const value = Buffer.alloc(valueBytes);
  const [head, tail] = showingIdNumbers(showingId);
  value.writeUIntBE(head, 0, headBytes);
  value.writeUIntBE(tail, headBytes, tailBytes);
  value.writeUInt16BE(lastDay(boundUntil(startsAt, now)), headBytes + tailBytes);
  await connection.hset(bucket, field, value);
}

/** The showing that an order id was used for, as far as that is known. One that is over may still be: then the order is not there. */
export async function boundShowing(connection: RedisConnection, orderId: string): Promise<string | undefined> {
  const { bucket, field } = bindingPlace(orderId);
  const value = await connection.hgetBuffer(bucket, field);
  return value ? showingIdOf(value.readUIntBE(0, headBytes), value.readUIntBE(headBytes, tailBytes)) : undefined;
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
