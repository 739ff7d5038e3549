// Venues, the closest first.

import type { Server } from "../../http/server.ts";
import { withQuery } from "../addresses.ts";
import { sendShared } from "../answers.ts";
import { Button } from "../components/buttons.tsx";
import { Field } from "../components/fields.tsx";
import { Empty, PageHead, Pager } from "../components/frames.tsx";
import { freshForm, queryValues } from "../form-values.ts";
import type { PageOptions } from "../layout.tsx";
import { t } from "../messages.ts";
import type { PageServices } from "../services.ts";
import { distanceText, keptPlace, placeName, whereOf, type Where } from "../where.ts";

const venuesOnPage = 24;
const offeredCities = 8;

/** `GET /venues` */
export function registerVenues(server: Server, services: PageServices): void {
  server.get("/venues", (request, reply) => {
    const values = queryValues(request);
    const where = whereOf(values, services.catalogue, keptPlace(request));
    const text = values.text("q", 100);
    const page = values.whole("page", 1, 1_000) ?? 1;
    const key = `venues ${JSON.stringify([where.query, where.unknown, text, page])}`;
    return sendShared(services, request, reply, { key, freshMs: 60_000, maxAgeS: 10 }, async () =>
      drawVenues(services, where, text, page),
    );
  });
}

function drawVenues({ catalogue }: PageServices, where: Where, text: string, page: number): PageOptions {
  // One more than the page shows, to know whether there are more.
  const found = catalogue.findVenues({
    ...(where.position ? { near: where.position } : {}),
    ...(text ? { text } : {}),
    limit: page * venuesOnPage + 1,
  });
  const venues = found.slice((page - 1) * venuesOnPage, page * venuesOnPage);
  const addressOf = (other: number) =>
    withQuery("/venues", { ...where.query, q: text, page: other > 1 ? other : undefined });
  const address = addressOf(page);
  return {
    title: t.venue.title,
    description: t.venue.description,
    address,
    place: { where, to: address, cities: catalogue.cities(offeredCities) },
    part: "venues",
    wide: true,
    body: (
      <>
        <PageHead title={where.place ? t.venue.near(where.place.name) : t.venue.title} />
        <form method="get" action="/venues" role="search" class="search-row" aria-label={t.venue.go}>
          {Object.entries(where.query).map(([name, value]) => (
            <input key={name} type="hidden" name={name} value={value} />
          ))}
          <Field form={freshForm({ q: text })} name="q" label={t.venue.words} type="search" maxLength={100} plain />
          <Button kind="quiet">{t.venue.go}</Button>
        </form>
        {venues.length === 0 ? (
          <Empty title={t.venue.none} />
        ) : (
          <ul class="venue-list">
            {venues.map((venue) => (
              <li key={venue.id}>
                <article class="venue-card">
                  <h2>
                    <a class="cover" href={`/venues/${venue.id}`}>
                      {venue.name}
                    </a>
                  </h2>
                  {venue.distanceKm !== undefined && (
                    <p class="venue-distance">{distanceText(venue.distanceKm, venue.country)}</p>
                  )}
                  <p>
                    {[venue.address, placeName({ name: venue.city, region: venue.region })].filter(Boolean).join(", ")}
                  </p>
                </article>
              </li>
            ))}
          </ul>
        )}
        <Pager
          previous={page > 1 ? addressOf(page - 1) : undefined}
          next={found.length > page * venuesOnPage ? addressOf(page + 1) : undefined}
        />
      </>
    ),
  };
}
