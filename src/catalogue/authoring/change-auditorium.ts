import { refusedFor } from "../../domain/faults.ts";
import { auditoriumOf, checkAuditorium, keepSeatMap } from "./auditorium.ts";
import type { Authoring } from "./authoring.ts";
import { auditoriumFound } from "./found.ts";
import type { Parts } from "./parts.ts";
import { publishDays } from "./publish-days.ts";

export function changeAuditorium(parts: Parts): Authoring["changeAuditorium"] {
  const { lists, audit } = parts;
  return async ({ sellerId, actor }, auditoriumId, change) => {
    const row = await auditoriumFound(lists, sellerId, auditoriumId);
    const before = auditoriumOf(row);
    const { name, turnaroundMinutes } = checkAuditorium({
      name: change.name ?? before.name,
      turnaroundMinutes: change.turnaroundMinutes ?? before.turnaroundMinutes,
    });
    const other = change.template !== undefined || change.seatMap !== undefined;
    const seatMap = other ? await keepSeatMap(parts, change) : { id: before.seatMapId, placeCount: before.placeCount };
    const columns = { name, turnaround_minutes: turnaroundMinutes, seat_map_id: seatMap.id };
    if (!(await lists.changeAuditorium(auditoriumId, columns, change.basedOn))) {
      throw refusedFor("changed_meanwhile", { code: "seats-changed" }, { field: "basedOn" });
    }
    const after = { ...before, name, turnaroundMinutes, seatMapId: seatMap.id, placeCount: seatMap.placeCount };
    const details = { sellerId, before, after };
    await audit.append({ actor, action: "auditorium.changed", subject: `auditorium:${auditoriumId}`, details });
    // Showings carry their auditorium's name to the readers.
    if (name !== before.name) await publishDays(parts, sellerId, before.venueId);
    return after;
  };
}
