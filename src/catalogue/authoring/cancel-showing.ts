import { refusedFor } from "../../domain/faults.ts";
import type { Authoring } from "./authoring.ts";
import { collectFaults } from "./faults.ts";
import { auditoriumFound, showingFound } from "./found.ts";
import type { Parts } from "./parts.ts";
import { datesOf, planPublication, publishShowingsOf } from "./publish-days.ts";

export function cancelShowing(parts: Parts): Authoring["cancelShowing"] {
  const { lists, showings, sales, audit } = parts;
  return async ({ sellerId, actor }, showingId, given) => {
    const faults = collectFaults();
    const reason = faults.text("reason", given, { min: 1, max: 300 });
    faults.refuse();
    const row = await showingFound(showings, sellerId, showingId);
    const auditorium = await auditoriumFound(lists, sellerId, row.auditorium_id);
    if (row.status === "published" && row.ends_at <= parts.clock()) {
      throw refusedFor("showing_over", { code: "showing-ended" });
    }
    if (row.status === "draft") {
      // Nobody could see it, so there is nothing to give back.
      await showings.change(sellerId, [showingId], { status: "cancelled" });
      const details = { sellerId, reason, draft: true };
      await audit.append({ actor, action: "showing.cancelled", subject: `showing:${showingId}`, details });
      return {};
    }
    await planPublication(parts, auditorium.venue_id, datesOf([row]));
    // Closes it, plans its refunds and leaves the audit entry. Asking again for a cancelled one answers the same job.
    const job = await sales.cancelShowing({ showingId, sellerId, reason, actor });
    await showings.change(sellerId, [showingId], { status: "cancelled" });
    await publishShowingsOf(parts, auditorium.venue_id, [row]);
    return job;
  };
}
