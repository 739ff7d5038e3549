import { Refusal } from "../../domain/refusals.ts";
import type { Authoring } from "./authoring.ts";
import { showFound } from "./found.ts";
import type { Parts } from "./parts.ts";
import { showOf } from "./show.ts";

export function archiveShow({ lists, showings, publisher, clock, audit }: Parts): Authoring["archiveShow"] {
  return async ({ sellerId, actor }, showId) => {
    const show = showOf(await showFound(lists, sellerId, showId));
    const { published } = await showings.toCome(showId, clock());
    if (published > 0) {
      const n = published === 1 ? "One showing is" : `${published} showings are`;
      throw new Refusal("showing_in_use", `${n} still to come. Cancel them first, or wait until they are over.`);
    }
    const updatedAt = clock();
    await lists.changeShow(sellerId, showId, { status: "archived", updated_at: updatedAt });
    await audit.append({ actor, action: "show.archived", subject: `show:${showId}`, details: { sellerId } });
    await publisher.publishShows();
    return { ...show, status: "archived", updatedAt };
  };
}
