// An auditorium's fields, and keeping the seat map that it has.

import { refusedFor } from "../../domain/faults.ts";
import { seatMapTemplate, seatMapTemplates } from "../../domain/templates.ts";
import type { OwnedAuditorium } from "../../store/authoring.ts";
import type { OwnAuditorium } from "./authoring.ts";
import { checkSeatMap } from "./check-seat-map.ts";
import { contentId } from "./content-id.ts";
import { collectFaults } from "./faults.ts";
import type { Parts } from "./parts.ts";

export function checkAuditorium(input: { name: string; turnaroundMinutes: number }) {
  const faults = collectFaults();
  const name = faults.text("name", input.name, { min: 1, max: 60 });
  const turnaroundMinutes = faults.whole("turnaroundMinutes", input.turnaroundMinutes, 0, 720);
  faults.refuse();
  return { name, turnaroundMinutes };
}

/** Checks, keeps and publishes a seat map; answers its id and size. */
export async function keepSeatMap(
  { lists, publisher }: Parts,
  source: { template?: string; seatMap?: unknown },
): Promise<{ id: string; placeCount: number }> {
  const { map, layout } = checkSeatMap(source.template === undefined ? source.seatMap : templateOf(source.template));
  const id = contentId(map);
  await lists.keepSeatMap({ id, place_count: layout.placeCount, document: JSON.stringify(map) });
  await publisher.publishSeatMap(id);
  return { id, placeCount: layout.placeCount };
}

function templateOf(kind: string): unknown {
  const template = seatMapTemplates.find((template) => template.kind === kind);
  if (!template) throw refusedFor("invalid_request", { code: "template" }, { field: "template" });
  return seatMapTemplate(template.kind);
}

export function auditoriumOf(row: OwnedAuditorium): OwnAuditorium {
  return {
    id: row.id,
    venueId: row.venue_id,
    name: row.name,
    seatMapId: row.seat_map_id,
    placeCount: row.place_count,
    turnaroundMinutes: row.turnaround_minutes,
  };
}
