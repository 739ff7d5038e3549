// Images of a seller: keeping one, and finding its path for a show.

import { refusedFor } from "../../domain/faults.ts";
import { Refusal } from "../../domain/refusals.ts";
import type { Variant } from "../../media/poster.ts";
import type { AuthoringStore } from "../../store/authoring.ts";
import type { MediaRow } from "../../store/schema.ts";
import type { Authoring, OwnMedia, Still } from "./authoring.ts";
import { contentId } from "./content-id.ts";
import type { Parts } from "./parts.ts";

/** The width at which lists show a poster. */
const usualWidth = 600;

export function addPoster({ lists, media, clock, audit }: Parts): Authoring["addPoster"] {
  return async ({ sellerId, actor }, image, crop, kind = "poster") => {
    const variants = await media.keep(image, crop, kind);
    // The same image of the same seller is one; another seller's is theirs.
    const id = contentId({ sellerId, paths: variants.map((variant) => variant.path) });
    const row: MediaRow = {
      id,
      seller_id: sellerId,
      kind,
      variants: JSON.stringify(variants),
      created_at: clock(),
    };
    await lists.keepMedia(row);
    await audit.append({ actor, action: "media.added", subject: `media:${id}`, details: { sellerId } });
    return mediaOf(row);
  };
}

export function mediaOf(row: MediaRow): OwnMedia {
  return { id: row.id, kind: row.kind, variants: JSON.parse(row.variants) as Variant[] };
}

/** The path of an uploaded poster; "" for none. Refuses `not_found`. */
export async function posterPath(lists: AuthoringStore, sellerId: string, posterId: string): Promise<string> {
  if (posterId === "") return "";
  const row = await lists.mediaById(sellerId, posterId);
  if (!row) throw new Refusal("not_found", "There is no such image.", { field: "posterId" });
  const { variants } = mediaOf(row);
  return (variants.find((variant) => variant.width >= usualWidth) ?? variants.at(-1))?.path ?? "";
}

/** More is a gallery, and nobody looks at it. */
export const mostStills = 6;

/** The stills of a show in their order, each once. Refuses `invalid_request`, `not_found`. */
export async function stillsOf(lists: AuthoringStore, sellerId: string, ids: readonly string[]): Promise<Still[]> {
  const wanted = [...new Set(ids)];
  if (wanted.length > mostStills)
    throw refusedFor("invalid_request", { code: "too-many", max: mostStills }, { field: "stillIds" });
  const stills: Still[] = [];
  for (const id of wanted) {
    const row = await lists.mediaById(sellerId, id);
    if (!row) throw new Refusal("not_found", "There is no such image.", { field: "stillIds" });
    if (row.kind !== "still") throw refusedFor("invalid_request", { code: "no-still" }, { field: "stillIds" });
    const path = mediaOf(row).variants.at(-1)?.path;
    if (path !== undefined) stills.push({ id, path });
  }
  return stills;
}
