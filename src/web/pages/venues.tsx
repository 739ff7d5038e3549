// Venues: the list, closest first, and one venue with all its showings of a day.

import type { Showing, Venue } from "../../catalogue/model.ts";
import { Refusal } from "../../domain/refusals.ts";
import type { Server } from "../../http/server.ts";
import { withQuery } from "../addresses.ts";
import { sendShared } from "../answers.ts";
import { Button } from "../components/buttons.tsx";
import { Field } from "../components/fields.tsx";
import { Empty, PageHead } from "../components/frames.tsx";
import { DayStrip } from "../components/moments.tsx";
import { PlaceField } from "../components/place-field.tsx";
import { Poster } from "../components/poster.tsx";
import { Showtimes } from "../components/showtimes.tsx";
import { freshForm, queryValues } from "../form-values.ts";
import type { PageOptions } from "../layout.tsx";
import { t } from "../messages.ts";
import type { PageServices } from "../services.ts";
import { dayOf, dayTexts, isDay } from "../times.ts";
import { distanceText, placeName, whereOf, type Where } from "../where.ts";

const venuesOnPage = 60;
const suggestedPlaces = 120;
const stripDays = 14;

/** `GET /venues` and `GET /venues/:id` */
export function registerVenues(server: Server, services: PageServices): void {
  server.get("/venues", (request, reply) => {
    const values = queryValues(request);
    const where = whereOf(values, services.catalogue);
    const text = values.text("q", 100);
    const key = `venues ${JSON.stringify([where.query, where.unknown, text])}`;
    return sendShared(services, request, reply, { key, freshMs: 60_000, maxAgeS: 10 }, async () =>
      drawVenues(services, where, text),
    );
  });
  server.get<{ Params: { id: string } }>("/venues/:id", (request, reply) => {
    const venue = services.catalogue.venue(request.params.id);
    if (!venue) throw new Refusal("not_found", t.venue.gone);
    const on = queryValues(request).text("on");
    const day = isDay(on) ? on : undefined;
    const key = `venue ${venue.id} ${day ?? ""}`;
    return sendShared(services, request, reply, { key, freshMs: 1_000, maxAgeS: 1 }, () =>
      drawVenue(services, venue, day),
    );
  });
}

function drawVenues({ catalogue }: PageServices, where: Where, text: string): PageOptions {
  const venues = catalogue.findVenues({
    ...(where.position ? { near: where.position } : {}),
    ...(text ? { text } : {}),
    limit: venuesOnPage,
  });
  const fresh = freshForm({ near: where.unknown ?? (where.place ? placeName(where.place) : ""), q: text });
  const form = where.unknown ? { ...fresh, errors: { near: t.where.unknown(where.unknown) } } : fresh;
  return {
    title: t.venue.title,
    description: t.venue.description,
    part: "venues",
    wide: true,
    islands: ["position"],
    body: (
      <>
        <PageHead title={where.place ? t.venue.near(where.place.name) : t.venue.title} />
        <form method="get" action="/venues" role="search" class="search search-alone">
          <div class="search-main">
            <PlaceField form={form} places={catalogue.findPlaces("", suggestedPlaces)} />
            <Field form={form} name="q" label={t.venue.words} type="search" maxLength={100} plain />
            <div class="search-go">
              <Button>{t.venue.go}</Button>
            </div>
          </div>
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
                  <p>
                    {venue.address}
                    <br />
                    {placeName({ name: venue.city, region: venue.region })}
                    {venue.distanceKm !== undefined && ` · ${distanceText(venue.distanceKm, venue.country)}`}
                  </p>
                </article>
              </li>
            ))}
          </ul>
        )}
      </>
    ),
  };
}

async function drawVenue(services: PageServices, venue: Venue, on: string | undefined): Promise<PageOptions> {
  const { catalogue, sales } = services;
  const now = services.clock();
  const days = catalogue.daysOfVenue(venue.id, now);
  const today = dayOf(now, venue.timeZone);
  const day = on ?? (days.includes(today) ? today : (days[0] ?? today));
  const showings = await catalogue.showingsOfVenue(venue.id, day);
  const free = await sales.freeOf(showings);
  const freeById = new Map(showings.map((showing, index) => [showing.id, free[index] ?? showing.placeCount]));
  const address = [venue.address, placeName({ name: venue.city, region: venue.region })].filter(Boolean).join(", ");
  const map = withQuery("https://www.openstreetmap.org/", { mlat: venue.latitude, mlon: venue.longitude });
  return {
    title: venue.name,
    description: `${venue.name}, ${address}`,
    part: "venues",
    wide: true,
    body: (
      <>
        <PageHead
          title={venue.name}
          trail={[{ href: "/venues", text: t.venue.title }]}
          lead={
            <>
              {address} ·{" "}
              <a href={map} rel="noopener noreferrer external">
                {t.venue.map}
              </a>
            </>
          }
        />
        <DayStrip
          days={days.slice(0, stripDays)}
          current={day}
          today={today}
          hrefOf={(other) => withQuery(`/venues/${venue.id}`, { on: other })}
        />
        {showings.length === 0 ? (
          <Empty title={t.venue.nothing(dayTexts(day).long)} />
        ) : (
          <ByShow services={services} venue={venue} showings={showings} free={freeById} now={now} />
        )}
        <p class="soft small">{t.venue.soldBy(venue.sellerName)}</p>
      </>
    ),
  };
}

function ByShow(props: {
  services: PageServices;
  venue: Venue;
  showings: readonly Showing[];
  free: ReadonlyMap<string, number>;
  now: number;
}) {
  const byShow = Map.groupBy(props.showings, (showing) => showing.showId);
  return (
    <>
      {[...byShow].map(([showId, showings]) => {
        const show = props.services.catalogue.show(showId);
        return (
          <article class="venue-show" key={showId}>
            <Poster title={show?.title ?? ""} src={show?.poster ?? ""} alt="" />
            <div>
              <h2>{show ? <a href={`/shows/${showId}`}>{show.title}</a> : t.venue.unknownShow}</h2>
              <Showtimes
                showings={showings}
                free={showings.map((showing) => props.free.get(showing.id) ?? showing.placeCount)}
                timeZone={props.venue.timeZone}
                now={props.now}
                auditorium
              />
            </div>
          </article>
        );
      })}
    </>
  );
}
