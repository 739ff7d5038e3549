// Where in the drawing a fault lies, and what is said about it.

import type { FaultPlace, SeatMapFault } from "../../domain/seat-map-check.ts";
import type { EditorTexts } from "../texts/en/editor.ts";
import { prefixOf, seatName, type Box, type Drawing } from "./drawing.ts";
import { selectionBox } from "./moving.ts";
import { nothing, ofAreas, ofRows, ofSeats, theStage, union, type Selection } from "./selection.ts";

function partAt(drawing: Drawing, { section, row, seat }: FaultPlace): Selection {
  const area = drawing.areas[section ?? -1];
  if (!area) return nothing;
  const found = area.kind === "seats" ? area.rows[row ?? -1] : undefined;
  if (!found) return ofAreas(area.key);
  return seat === undefined ? ofRows(found.key) : ofSeats(found.key, seat);
}

/** What has to change: selected as if somebody had clicked it. */
export function culpritOf(drawing: Drawing, fault: SeatMapFault): Selection {
  if (fault.code === "stage-outside") return theStage;
  const own = partAt(drawing, fault);
  return fault.other ? union(own, partAt(drawing, fault.other)) : own;
}

export function sentenceAbout(texts: EditorTexts, drawing: Drawing, fault: SeatMapFault): string {
  const { count = 1, other } = fault;
  const area = drawing.areas[fault.section ?? -1];
  // A section is known by its name, but for faults of its code and of what lies in it.
  const named = fault.row === undefined && !fault.code.startsWith("section-code") && area?.name;
  return texts.faults[fault.code]({
    name: named || (fault.name ?? ""),
    count,
    other: other ? nameAt(drawing, other) : "",
  });
}

function nameAt(drawing: Drawing, { section, row, seat }: FaultPlace): string {
  const area = drawing.areas[section ?? -1];
  if (area?.kind !== "seats") return area?.id ?? "";
  const found = area.rows[row ?? -1];
  const one = found?.seats[seat ?? -1];
  return found && one ? seatName(prefixOf(drawing, area), found, one) : area.id;
}

/** Around a culprit, for the view to go there. */
export function boxAround(drawing: Drawing, culprit: Selection): Box | undefined {
  const box = selectionBox(drawing, culprit);
  return box.left > box.right ? undefined : box;
}
