import { newId } from "../../domain/ids.ts";
import type { Authoring } from "./authoring.ts";
import type { Parts } from "./parts.ts";
import { posterPath, stillsOf } from "./media.ts";
import { checkShow, showColumns, showOf } from "./show.ts";

export function addShow({ lists, clock, random, audit }: Parts): Authoring["addShow"] {
  return async ({ sellerId, actor }, { posterId, stillIds = [], ...input }) => {
    const show = checkShow(input);
    const poster = await posterPath(lists, sellerId, posterId);
    const stills = JSON.stringify(await stillsOf(lists, sellerId, stillIds));
    const id = newId(random);
    const now = clock();
    const row = {
      id,
      seller_id: sellerId,
      ...showColumns(show),
      poster,
      stills,
      popularity: 0,
      status: "draft" as const,
      created_at: now,
      updated_at: now,
    };
    await lists.addShow(row);
    await audit.append({
      actor,
      action: "show.added",
      subject: `show:${id}`,
      details: { sellerId, title: show.title },
    });
    return showOf(row);
  };
}
