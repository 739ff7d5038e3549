// Which showing this is about, in a few lines.

import type { Catalogue, Showing } from "../../catalogue/model.ts";
import { t } from "../messages.ts";
import { dateText, timeText, zoneText } from "../times.ts";
import { placeName } from "../where.ts";
import { Poster } from "./poster.tsx";

/** `showing` may be gone from the catalogue when it is over: what is known otherwise is said then. */
export function ShowingSummary(props: {
  catalogue: Pick<Catalogue, "show" | "venue">;
  showing: Showing | undefined;
  showId: string;
  venueId: string;
  startsAt: number;
}) {
  const show = props.catalogue.show(props.showId);
  const venue = props.catalogue.venue(props.venueId);
  const timeZone = venue?.timeZone ?? "UTC";
  return (
    <div class="summary">
      <Poster title={show?.title ?? ""} src={show?.poster ?? ""} eager alt="" />
      <div>
        <p class="summary-title">{show?.title ?? t.showing.unnamed}</p>
        <p>
          {dateText(props.startsAt, timeZone)}, {timeText(props.startsAt, timeZone)}{" "}
          {zoneText(props.startsAt, timeZone)}
        </p>
        {venue && (
          <p class="soft">
            {[
              venue.name,
              props.showing?.auditorium.name,
              ...(props.showing?.formats.map((format) => t.formats[format]) ?? []),
              venue.address,
              placeName({ name: venue.city, region: venue.region }),
            ]
              .filter(Boolean)
              .join(" · ")}
          </p>
        )}
      </div>
    </div>
  );
}
