// What the editor's page hands to its script.

import type { SeatMap } from "../../domain/seat-map.ts";
import type { OtherRoom } from "./dialogs.tsx";

export interface EditorData {
  /** The auditorium's path in the API. */
  address: string;
  auditoriumId: string;
  name: string;
  seatMapId: string;
  seatMap: SeatMap;
  /** An earlier version to begin with. */
  from?: SeatMap;
  /** Where prices for the auditorium are set. */
  pricesHref: string;
  others: readonly OtherRoom[];
}
