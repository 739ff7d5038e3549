// A still with a sign to play: nothing is asked of anybody before it is opened. islands/trailer.ts plays it in a dialog; without
// scripts the link leads to the file or the page.

import { useContext } from "preact/hooks";
import type { Show } from "../../catalogue/model.ts";
import { t } from "../messages.ts";
import { StaticUrl } from "../static-url.ts";
import { trailerOf } from "../trailers.ts";
import { Icon } from "./icon.tsx";
import { Poster } from "./poster.tsx";

export function Trailer({ show }: { show: Pick<Show, "title" | "poster" | "trailerUrl"> }) {
  const trailer = trailerOf(show.trailerUrl, useContext(StaticUrl));
  if (!trailer) return null;
  const title = t.show.trailerOf(show.title);
  return (
    <>
      <a
        class="trailer-still"
        href={trailer.href}
        {...(trailer.kind === "file" ? {} : { rel: "noopener noreferrer external" })}
        {...(trailer.kind === "link" ? {} : { "data-trailer": trailer.kind, "data-address": trailer.address })}
      >
        <Poster title="" src={show.poster} alt="" />
        <span class="trailer-play">
          <Icon name="play" />
        </span>
        <span class="trailer-text">
          {t.show.trailer}
          <span class="unseen">: {show.title}</span>
        </span>
      </a>
      {trailer.kind !== "link" && (
        <dialog id="trailer" class="trailer-dialog" aria-label={title} closedby="any">
          <form method="dialog">
            <button class="panel-close" aria-label={t.close}>
              <Icon name="close" />
            </button>
          </form>
          <div class="trailer-frame" data-title={title} />
        </dialog>
      )}
    </>
  );
}
