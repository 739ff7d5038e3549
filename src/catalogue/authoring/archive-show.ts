import { refusedFor } from "../../domain/faults.ts";
import type { Authoring } from "./authoring.ts";
import { showFound } from "./found.ts";
import type { Parts } from "./parts.ts";
import { showOf } from "./show.ts";

export function archiveShow({ lists, showings, publisher, clock, audit }: Parts): Authoring["archiveShow"] {
  return async ({ sellerId, actor }, showId) => {
    const show = showOf(await showFound(lists, sellerId, showId));
    const { published } = await showings.toCome(showId, clock());
    if (published > 0) {
      throw refusedFor("showing_in_use", { code: "showings-to-come", count: published });
    }
    const updatedAt = clock();
    await lists.changeShow(sellerId, showId, { status: "archived", updated_at: updatedAt });
    await audit.append({ actor, action: "show.archived", subject: `show:${showId}`, details: { sellerId } });
    await publisher.publishShows();
    return { ...show, status: "archived", updatedAt };
  };
}
