import type { Authoring, ShowInput } from "./authoring.ts";
import { changedOnly } from "./changed.ts";
import { showFound } from "./found.ts";
import { posterPath, stillsOf } from "./media.ts";
import type { Parts } from "./parts.ts";
import { checkShow, showColumns, showOf } from "./show.ts";

export function changeShow({ lists, publisher, clock, audit }: Parts): Authoring["changeShow"] {
  return async ({ sellerId, actor }, showId, change: Partial<ShowInput>) => {
    const before = showOf(await showFound(lists, sellerId, showId));
    const { posterId, stillIds, ...fields } = changedOnly(change);
    const { id, status, poster: old, stills: oldStills, updatedAt: _, ...own } = before;
    const show = checkShow({ ...own, ...fields });
    const poster = posterId === undefined ? old : await posterPath(lists, sellerId, posterId);
    const stills = stillIds === undefined ? oldStills : await stillsOf(lists, sellerId, stillIds);
    const updatedAt = clock();
    const columns = { ...showColumns(show), poster, stills: JSON.stringify(stills), updated_at: updatedAt };
    await lists.changeShow(sellerId, showId, columns);
    const details = { sellerId, changed: Object.keys(changedOnly(change)) };
    await audit.append({ actor, action: "show.changed", subject: `show:${showId}`, details });
    if (status === "published") await publisher.publishShows();
    return { ...show, id, poster, stills, status, updatedAt };
  };
}
