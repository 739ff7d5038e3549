import { refusedFor } from "../../domain/faults.ts";
import type { Authoring } from "./authoring.ts";
import { showingFound } from "./found.ts";
import type { Parts } from "./parts.ts";

export function blockSeats({ showings, sales }: Parts): Authoring["blockSeats"] {
  return async ({ sellerId, actor }, showingId, seats, blocked) => {
    const row = await showingFound(showings, sellerId, showingId);
    if (row.status === "draft") {
      throw refusedFor("not_ready", { code: "showing-unpublished" });
    }
    // Which also leaves the audit entry.
    await sales.block({ showingId, sellerId, seats, blocked, actor });
  };
}
