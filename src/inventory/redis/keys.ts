// What the function library keeps in Redis, as this side reads it. lua/partition.lua says what each key holds.

import { partitionOf } from "../../domain/ids.ts";
import type { SectionCounts, ShowingRef } from "../port.ts";

/** The common beginning of a partition's keys: its hash tag, by which a cluster keeps them together. */
export const prefixOf = (partition: number): string => `{p${partition}}:`;
export const recordKey = (partition: number): string => `${prefixOf(partition)}m`;
export const logKey = (partition: number): string => `${prefixOf(partition)}log`;
export const showingKey = (showingId: string, partitions: number): string =>
  `${prefixOf(partitionOf(showingId, partitions))}s:${showingId}`;
export const holdKey = (partition: number, holdId: string): string => `${prefixOf(partition)}h:${holdId}`;
export const orderKey = (partition: number, orderId: string): string => `${prefixOf(partition)}o:${orderId}`;
export const unfinishedKey = (partition: number): string => `${prefixOf(partition)}u`;
/** Orders of an account, by when they were placed. */
export const accountKey = (accountId: string): string => `a:${accountId}`;
/** Where changes of a showing's places are told. */
export const channelOf = (showingId: string): string => `c:${showingId}`;

const headSize = 23;
const sectionSize = 18;

/** Bytes of the header that say how many places are free: enough for lists. */
export const freeRange = { from: 6, to: 9 } as const;

export interface StoredShowing {
  version: number;
  sections: SectionCounts[];
  /** One letter a place: `f`, `h`, `p`, `s` or `b`. */
  states: string;
}

/** Reads a showing's bytes. Throws if they are not as long as they say. */
export function readShowing(bytes: Buffer): StoredShowing {
  const version = bytes.readUIntBE(0, 6);
  const count = bytes.readUInt32BE(17);
  const sectionCount = bytes.readUInt16BE(21);
  const base = headSize + sectionSize * sectionCount;
  if (bytes.length !== base + count) throw new Error(`a showing has ${bytes.length} bytes, not ${base + count}`);
  const sections: SectionCounts[] = [];
  for (let at = headSize; at < base; at += sectionSize) {
    const [places = 0, held = 0, paying = 0, sold = 0, blocked = 0, admitted = 0] = Array.from(
      { length: 6 },
      (_, field) => bytes.readUIntBE(at + 3 * field, 3),
    );
    sections.push({ free: places - held - paying - sold - blocked, held, paying, sold, blocked, admitted });
  }
  const states = bytes.toString("latin1", base).replaceAll(/[avw]/g, "s");
  return { version, sections, states };
}

/** The showing as the functions take it: id, places, start, places of each section. */
export function showingArguments(showing: ShowingRef): string[] {
  return [
    showing.showingId,
    String(showing.placeCount),
    String(showing.startsAt),
    showing.sections.map(({ count }) => count).join(),
  ];
}
