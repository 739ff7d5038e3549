import { newId } from "../../domain/ids.ts";
import { checkAuditorium, keepSeatMap } from "./auditorium.ts";
import type { Authoring } from "./authoring.ts";
import { venueFound } from "./found.ts";
import type { Parts } from "./parts.ts";

export function addAuditorium(parts: Parts): Authoring["addAuditorium"] {
  const { lists, clock, random, audit } = parts;
  return async ({ sellerId, actor }, input) => {
    const { name, turnaroundMinutes } = checkAuditorium(input);
    const venue = await venueFound(lists, sellerId, input.venueId, "venueId");
    const seatMap = await keepSeatMap(parts, input);
    const id = newId(random);
    await lists.addAuditorium({
      id,
      venue_id: venue.id,
      name,
      seat_map_id: seatMap.id,
      turnaround_minutes: turnaroundMinutes,
      created_at: clock(),
    });
    const details = { sellerId, venueId: venue.id, name, turnaroundMinutes, seatMapId: seatMap.id };
    await audit.append({ actor, action: "auditorium.added", subject: `auditorium:${id}`, details });
    return { id, venueId: venue.id, name, seatMapId: seatMap.id, placeCount: seatMap.placeCount, turnaroundMinutes };
  };
}
