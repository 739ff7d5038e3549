// Sends a seat map to the server, and says in one word what came of it.

import type { SeatMap } from "../../domain/seat-map.ts";

export type Sent =
  | { kind: "saved"; seatMapId: string }
  | { kind: "changed-meanwhile" }
  | { kind: "refused"; sentence: string }
  | { kind: "offline" };

/** `basedOn`: refused if the auditorium has another seat map by now; undefined saves over whatever there is. */
export async function sendSeatMap(address: string, seatMap: SeatMap, basedOn: string | undefined): Promise<Sent> {
  try {
    const answer = await fetch(address, {
      method: "PATCH",
      headers: { "content-type": "application/json" },
      body: JSON.stringify({ seatMap, ...(basedOn === undefined ? {} : { basedOn }) }),
    });
    const body = (await answer.json()) as { seatMapId?: string; code?: string; detail?: string };
    if (answer.ok && body.seatMapId !== undefined) return { kind: "saved", seatMapId: body.seatMapId };
    if (body.code === "changed_meanwhile") return { kind: "changed-meanwhile" };
    return { kind: "refused", sentence: body.detail ?? "" };
  } catch {
    return { kind: "offline" };
  }
}

/** The seats of an auditorium as they are now; undefined if they cannot be had. */
export async function fetchSeatMap(address: string): Promise<{ seatMapId: string; seatMap: SeatMap } | undefined> {
  try {
    const answer = await fetch(address);
    return answer.ok ? ((await answer.json()) as { seatMapId: string; seatMap: SeatMap }) : undefined;
  } catch {
    return undefined;
  }
}
