// A show's showtimes, venue by venue, the closest first.

import type { VenueShowings } from "../../catalogue/model.ts";
import { withQuery } from "../addresses.ts";
import { t } from "../messages.ts";
import { distanceText, placeName } from "../where.ts";
import { Icon } from "./icon.tsx";
import { Showtimes } from "./showtimes.tsx";

export function VenueTimes(props: {
  venues: readonly VenueShowings[];
  /** Free places, in the order of all showings. */
  free: readonly number[];
  /** Seat maps with places for wheelchairs. */
  accessible: ReadonlySet<string>;
  now: number;
  day: string;
  /** After so many venues more were asked for: links lead there. */
  more?: number;
}) {
  let before = 0;
  return (
    <ol class="venue-times">
      {props.venues.map(({ venue, distanceKm, showings }, index) => {
        const free = props.free.slice(before, (before += showings.length));
        const isEverywhere = showings.every((showing) => props.accessible.has(showing.seatMapId));
        return (
          <li key={venue.id} {...(index === props.more ? { id: "more" } : {})}>
            <div class="venue-times-head">
              <h3>
                <a href={withQuery(`/venues/${venue.id}`, { on: props.day })}>{venue.name}</a>
              </h3>
              <p class="soft small">
                {distanceKm !== undefined && `${distanceText(distanceKm, venue.country)} · `}
                {placeName({ name: venue.city, region: venue.region })}
              </p>
              {isEverywhere && (
                <p class="mark">
                  <Icon name="wheelchair" />
                  {t.show.wheelchair}
                </p>
              )}
            </div>
            <Showtimes
              showings={showings}
              free={free}
              timeZone={venue.timeZone}
              now={props.now}
              {...(isEverywhere ? {} : { accessible: props.accessible })}
            />
          </li>
        );
      })}
    </ol>
  );
}
