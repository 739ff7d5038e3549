import type { Authoring, ShowInput } from "./authoring.ts";
import { changedOnly } from "./changed.ts";
import { showFound } from "./found.ts";
import { posterPath } from "./media.ts";
import type { Parts } from "./parts.ts";
import { checkShow, showColumns, showOf } from "./show.ts";

export function changeShow({ lists, publisher, clock, audit }: Parts): Authoring["changeShow"] {
  return async ({ sellerId, actor }, showId, change: Partial<ShowInput>) => {
    const before = showOf(await showFound(lists, sellerId, showId));
    const { posterId, ...fields } = changedOnly(change);
    const { id, status, poster: old, updatedAt: _, ...own } = before;
    const show = checkShow({ ...own, ...fields });
    const poster = posterId === undefined ? old : await posterPath(lists, sellerId, posterId);
    const updatedAt = clock();
    await lists.changeShow(sellerId, showId, { ...showColumns(show), poster, updated_at: updatedAt });
    const details = { sellerId, changed: Object.keys(changedOnly(change)) };
    await audit.append({ actor, action: "show.changed", subject: `show:${showId}`, details });
    if (status === "published") await publisher.publishShows();
    return { ...show, id, poster, status, updatedAt };
  };
}
