import { refusedFor } from "../../domain/faults.ts";
import { Refusal } from "../../domain/refusals.ts";
import type { AuthoringStore } from "../../store/authoring.ts";
import type { ShowingRow } from "../../store/schema.ts";
import type { Authoring } from "./authoring.ts";
import { showFound } from "./found.ts";
import type { Parts } from "./parts.ts";
import { mostShowings } from "./plan.ts";
import { datesOf, planPublication, publishShowingsOf } from "./publish-days.ts";
import { showingsOf } from "./showing.ts";

export function publishShowings(parts: Parts): Authoring["publishShowings"] {
  const { lists, showings, clock, audit } = parts;
  return async ({ sellerId, actor }, showingIds) => {
    const ids = [...new Set(showingIds)];
    if (ids.length > mostShowings) {
      throw refusedFor("invalid_request", { code: "showing-count", max: mostShowings }, { field: "showingIds" });
    }
    const rows = await showings.byIds(sellerId, ids);
    if (rows.length < ids.length) throw new Refusal("not_found", "There is no such showing.", { field: "showingIds" });
    if (rows.some((row) => row.status === "cancelled")) throw new Refusal("showing_cancelled");
    for (const showId of new Set(rows.map((row) => row.show_id))) {
      const show = await showFound(lists, sellerId, showId);
      if (show.status !== "published") {
        throw refusedFor("not_ready", { code: "show-unpublished", title: show.title }, { showId });
      }
    }
    const drafts = rows.filter((row) => row.status === "draft");
    if (drafts.some((row) => row.starts_at <= clock())) {
      throw refusedFor("showing_over", { code: "one-begun" });
    }
    for (const [venueId, there] of await byVenue(lists, sellerId, drafts)) {
      await planPublication(parts, venueId, datesOf(there));
    }
    const draftIds = drafts.map((row) => row.id);
    await showings.change(sellerId, draftIds, { status: "published" });
    for (const id of draftIds) {
      await audit.append({ actor, action: "showing.published", subject: `showing:${id}`, details: { sellerId } });
    }
    const now = await showings.byIds(sellerId, ids);
    // Also for those published before: a publication that failed half-way is mended by asking again.
    for (const [venueId, there] of await byVenue(lists, sellerId, now)) {
      await publishShowingsOf(parts, venueId, there);
    }
    return showingsOf(lists, sellerId, now);
  };
}

async function byVenue(
  lists: AuthoringStore,
  sellerId: string,
  rows: readonly ShowingRow[],
): Promise<Map<string, ShowingRow[]>> {
  const venueOf = new Map((await showingsOf(lists, sellerId, rows)).map(({ id, venueId }) => [id, venueId]));
  return Map.groupBy(rows, (row) => venueOf.get(row.id) ?? "");
}
