// Things on the earth, found by distance.

import { around, distance } from "geokdbush";
import KDBush from "kdbush";
import type { Position } from "./model.ts";

export interface Positions<T> {
  /** The nearest first, at most `limit` of them and none further than `withinKm`; equal distances in the order of the items. */
  near(position: Position, limit: number, withinKm?: number): { item: T; distanceKm: number }[];
}

export function createPositions<T extends Position>(items: readonly T[]): Positions<T> {
  const index = new KDBush(Math.max(1, items.length));
  for (const item of items) index.add(item.longitude, item.latitude);
  if (items.length === 0) index.add(0, 0);
  index.finish();
  return {
    near(position, limit, withinKm = Infinity) {
      if (items.length === 0 || limit <= 0) return [];
      const found = around(index, position.longitude, position.latitude, limit, withinKm);
      const listed = found.flatMap((id) => {
        const item = items[id];
        return item ? [{ id, item, distanceKm: distanceKm(position, item) }] : [];
      });
      listed.sort((a, b) => a.distanceKm - b.distanceKm || a.id - b.id);
      return listed.map(({ item, distanceKm }) => ({ item, distanceKm }));
    },
  };
}

export function distanceKm(a: Position, b: Position): number {
  return distance(a.longitude, a.latitude, b.longitude, b.latitude);
}
