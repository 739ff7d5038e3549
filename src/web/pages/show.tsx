// A show: what it is, and where and when it runs on a day.

import type { Show, VenueShowings } from "../../catalogue/model.ts";
import { Refusal } from "../../domain/refusals.ts";
import type { Server } from "../../http/server.ts";
import { withQuery } from "../addresses.ts";
import { sendShared } from "../answers.ts";
import { Badge, Empty, Facts, Pager } from "../components/frames.tsx";
import { Button } from "../components/buttons.tsx";
import { DayStrip } from "../components/moments.tsx";
import { PlaceField } from "../components/place-field.tsx";
import { Poster } from "../components/poster.tsx";
import { Showtimes } from "../components/showtimes.tsx";
import { freshForm, queryValues } from "../form-values.ts";
import type { PageOptions } from "../layout.tsx";
import { t } from "../messages.ts";
import type { PageServices } from "../services.ts";
import { dayOf, dayTexts, durationText, isDay, languageText } from "../times.ts";
import { embedAddress, linkAddress } from "../trailers.ts";
import { distanceText, placeName, whereOf, type Where } from "../where.ts";

const venuesOnPage = 20;
const suggestedPlaces = 120;
const stripDays = 14;

interface Wanted {
  show: Show;
  where: Where;
  on?: string;
  page: number;
}

/** `GET /shows/:id` */
export function registerShow(server: Server, services: PageServices): void {
  server.get<{ Params: { id: string } }>("/shows/:id", (request, reply) => {
    const show = services.catalogue.show(request.params.id);
    if (!show) throw new Refusal("not_found", t.show.gone);
    const values = queryValues(request);
    const where = whereOf(values, services.catalogue);
    const on = values.text("on");
    const page = values.whole("page", 1, 1_000) ?? 1;
    const wanted = { show, where, ...(isDay(on) ? { on } : {}), page };
    const key = `show ${JSON.stringify([show.id, where.query, where.unknown, wanted.on, page])}`;
    return sendShared(services, request, reply, { key, freshMs: 1_000, maxAgeS: 1 }, () => drawShow(services, wanted));
  });
}

async function drawShow(services: PageServices, { show, where, on, page }: Wanted): Promise<PageOptions> {
  const { catalogue, sales } = services;
  const now = services.clock();
  const days = await catalogue.daysOf(show.id, now);
  const today = dayOf(now, where.place?.timeZone ?? catalogue.venues()[0]?.timeZone ?? "UTC");
  const day = on ?? (days.includes(today) ? today : (days[0] ?? today));
  // One more than the page shows, to know whether there is a next one.
  const found = await catalogue.showingsOfShow({
    showId: show.id,
    on: day,
    ...(where.position ? { near: where.position } : {}),
    now,
    limit: venuesOnPage + 1,
    offset: (page - 1) * venuesOnPage,
  });
  const venues = found.slice(0, venuesOnPage);
  const free = await sales.freeOf(venues.flatMap((entry) => entry.showings));
  const addressOf = (change: { on?: string; page?: number }) =>
    withQuery(`/shows/${show.id}`, { ...where.query, on, ...change });
  return {
    title: show.title,
    description: show.synopsis.slice(0, 160),
    part: "shows",
    wide: true,
    islands: ["position"],
    body: (
      <>
        <Head show={show} />
        <section aria-labelledby="showtimes">
          <h2 id="showtimes">{t.show.showtimes}</h2>
          <WhereForm where={where} services={services} show={show} {...(on ? { on } : {})} />
          <DayStrip
            days={days.slice(0, stripDays)}
            current={day}
            today={today}
            hrefOf={(other) => addressOf({ on: other })}
          />
          {venues.length === 0 ? (
            <Empty title={t.show.notOn(dayTexts(day).long)} />
          ) : (
            <Venues venues={venues} free={free} now={now} day={day} />
          )}
          <Pager
            previous={page > 1 ? addressOf({ page: page - 1 }) : undefined}
            next={found.length > venuesOnPage ? addressOf({ page: page + 1 }) : undefined}
          />
        </section>
      </>
    ),
  };
}

function Head({ show }: { show: Show }) {
  const facts = [
    { name: t.show.directors(show.directors.length), value: show.directors.join(", ") },
    { name: t.show.cast, value: show.cast.join(", ") },
    { name: t.show.length, value: show.runningMinutes > 0 ? durationText(show.runningMinutes) : "" },
    { name: t.show.language, value: languageText(show.language) },
    { name: t.show.year, value: show.year ? String(show.year) : "" },
  ];
  return (
    <div class="show-head">
      <Poster title={show.title} src={show.poster} eager />
      <div>
        <h1>{show.title}</h1>
        <p class="show-tags">
          {show.rating && <Badge tone="warning">{show.rating}</Badge>}
          {show.genres.map((genre) => (
            <a key={genre} class="badge badge-plain" href={withQuery("/", { genre })}>
              {genre}
            </a>
          ))}
        </p>
        {show.synopsis && <p class="synopsis">{show.synopsis}</p>}
        <Facts items={facts.filter((fact) => fact.value !== "")} />
        <Trailer show={show} />
      </div>
    </div>
  );
}

/** Nothing is asked of the other site before the trailer is opened. */
function Trailer({ show }: { show: Show }) {
  const embedded = embedAddress(show.trailerUrl);
  if (embedded) {
    return (
      <details class="trailer-frame">
        <summary class="button button-quiet">{t.show.trailer}</summary>
        <iframe
          class="trailer"
          src={embedded}
          title={t.show.trailerOf(show.title)}
          loading="lazy"
          allow="fullscreen; picture-in-picture"
          allowFullScreen
        />
      </details>
    );
  }
  const link = linkAddress(show.trailerUrl);
  return link ? (
    <p>
      <a href={link} rel="noopener noreferrer external">
        {t.show.trailer}
      </a>
    </p>
  ) : null;
}

function WhereForm(props: { where: Where; show: Show; on?: string; services: PageServices }) {
  const { where, show, on, services } = props;
  const fresh = freshForm({ near: where.unknown ?? (where.place ? placeName(where.place) : "") });
  const form = where.unknown ? { ...fresh, errors: { near: t.where.unknown(where.unknown) } } : fresh;
  return (
    <form method="get" action={`/shows/${show.id}`} class="where-form">
      {on && <input type="hidden" name="on" value={on} />}
      <PlaceField form={form} places={services.catalogue.findPlaces("", suggestedPlaces)} />
      <div class="search-go">
        <Button kind="quiet">{t.show.near}</Button>
      </div>
    </form>
  );
}

function Venues(props: { venues: readonly VenueShowings[]; free: readonly number[]; now: number; day: string }) {
  let before = 0;
  return (
    <>
      {props.venues.map(({ venue, distanceKm, showings }) => {
        const free = props.free.slice(before, (before += showings.length));
        return (
          <div class="venue-block" key={venue.id}>
            <div class="venue-block-head">
              <h3>
                <a href={withQuery(`/venues/${venue.id}`, { on: props.day })}>{venue.name}</a>
              </h3>
              <span class="soft small">
                {placeName({ name: venue.city, region: venue.region })}
                {distanceKm !== undefined && ` · ${distanceText(distanceKm, venue.country)}`}
              </span>
            </div>
            <Showtimes showings={showings} free={free} timeZone={venue.timeZone} now={props.now} />
          </div>
        );
      })}
    </>
  );
}
