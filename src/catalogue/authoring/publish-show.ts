import { refusedFor } from "../../domain/faults.ts";
import type { Authoring } from "./authoring.ts";
import { showFound } from "./found.ts";
import type { Parts } from "./parts.ts";
import { showOf } from "./show.ts";

export function publishShow({ lists, publisher, clock, audit }: Parts): Authoring["publishShow"] {
  return async ({ sellerId, actor }, showId) => {
    const show = showOf(await showFound(lists, sellerId, showId));
    if (show.synopsis === "") {
      throw refusedFor("not_ready", { code: "no-synopsis" }, { field: "synopsis" });
    }
    const updatedAt = clock();
    await lists.changeShow(sellerId, showId, { status: "published", updated_at: updatedAt });
    await audit.append({ actor, action: "show.published", subject: `show:${showId}`, details: { sellerId } });
    await publisher.publishShows();
    return { ...show, status: "published", updatedAt };
  };
}
