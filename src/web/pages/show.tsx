// A show: what it is, and where and when it runs on a day.

import type { Show, Showing, VenueShowings } from "../../catalogue/model.ts";
import type { Server } from "../../http/server.ts";
import { withQuery } from "../addresses.ts";
import { sendShared } from "../answers.ts";
import { Empty } from "../components/frames.tsx";
import { DayStrip } from "../components/moments.tsx";
import { PlaceLink } from "../components/place-panel.tsx";
import { Stills } from "../components/stills.tsx";
import { Stage } from "../components/stage.tsx";
import { VenueTimes } from "../components/venue-times.tsx";
import { queryValues } from "../form-values.ts";
import type { LinkCard, PageOptions } from "../layout.tsx";
import { t } from "../messages.ts";
import { PageRefusal } from "../page-refusal.ts";
import type { PageServices } from "../services.ts";
import { posterAddress, showData, siteOf, type Site, type SoldShowing } from "../structured-data.ts";
import { dayOf, dayTexts, isDay } from "../times.ts";
import { keptPlace, placeName, whereOf, type Where } from "../where.ts";

/** Venues at first, and how many more a tap adds. */
const venueStep = 10;
const mostVenues = 100;
const offeredCities = 8;
const stripDays = 14;
/** Showings that machines are told of: those of the closest venues. */
const describedShowings = 20;
/** Search engines show about so much. */
const descriptionLength = 160;

interface Wanted {
  show: Show;
  where: Where;
  on?: string;
  venues: number;
}

/** `GET /shows/:id` */
export function registerShow(server: Server, services: PageServices): void {
  server.get<{ Params: { id: string } }>("/shows/:id", (request, reply) => {
    const show = services.catalogue.show(request.params.id);
    if (!show) throw new PageRefusal("not_found", t.show.gone);
    const values = queryValues(request);
    const where = whereOf(values, services.catalogue, keptPlace(request));
    const on = values.text("on");
    const venues = values.whole("venues", venueStep, mostVenues) ?? venueStep;
    const wanted = { show, where, ...(isDay(on) ? { on } : {}), venues };
    const key = `show ${JSON.stringify([show.id, where.query, where.unknown, wanted.on, venues])}`;
    return sendShared(services, request, reply, { key, freshMs: 1_000, maxAgeS: 1 }, () => drawShow(services, wanted));
  });
}

/** What the page says of a day. */
interface Day {
  /** Days with showings to come. */
  days: readonly string[];
  today: string;
  day: string;
  venues: readonly VenueShowings[];
  hasMore: boolean;
  /** Free places, in the order of all showings. */
  free: readonly number[];
  accessible: ReadonlySet<string>;
  now: number;
}

async function findDay(services: PageServices, { show, where, on, venues: count }: Wanted): Promise<Day> {
  const { catalogue, sales } = services;
  const now = services.clock();
  const all = await catalogue.daysOf(show.id, now);
  const today = dayOf(now, where.place?.timeZone ?? catalogue.venues()[0]?.timeZone ?? "UTC");
  // Far in the west it may still be the day before: nobody here looks for that, unless it is all there is.
  const coming = where.place ? all.filter((one) => one >= today) : all;
  const days = coming.length > 0 ? coming : all;
  const day = on ?? (days.includes(today) ? today : (days[0] ?? today));
  const near = where.position ? { near: where.position } : {};
  // One more than the page shows, to know whether there are more.
  const found = await catalogue.showingsOfShow({ showId: show.id, on: day, ...near, now, limit: count + 1, offset: 0 });
  const venues = found.slice(0, count);
  const showings = venues.flatMap((entry) => entry.showings);
  const [free, accessible] = [await sales.freeOf(showings), await accessibleMaps(services, showings)];
  return { days, today, day, venues, hasMore: found.length > count, free, accessible, now };
}

async function drawShow(services: PageServices, wanted: Wanted): Promise<PageOptions> {
  const { show, where } = wanted;
  const found = await findDay(services, wanted);
  const site = siteOf(services);
  const address = addressOf(wanted, wanted.venues > venueStep ? { venues: wanted.venues } : {});
  return {
    title: show.title,
    description: descriptionOf(show),
    address,
    canonical: `${services.publicUrl}/shows/${show.id}`,
    place: { where, to: address, cities: services.catalogue.cities(offeredCities) },
    part: "shows",
    bleed: true,
    styles: ["show"],
    ...(show.trailerUrl === "" ? {} : { islands: ["trailer"] }),
    card: cardOf(site, show),
    data: showData(site, show, soldShowings(found).slice(0, describedShowings)),
    body: (
      <>
        <Stage show={show} />
        <ShowTimes wanted={wanted} found={found} />
        <Stills show={show} />
      </>
    ),
  };
}

function addressOf({ show, where, on }: Wanted, change: { on?: string; venues?: number } = {}): string {
  return withQuery(`/shows/${show.id}`, { ...where.query, on, ...change });
}

function ShowTimes({ wanted, found }: { wanted: Wanted; found: Day }) {
  const { where, venues: count } = wanted;
  const { days, today, day, venues, free, accessible, now } = found;
  const next = days.find((other) => other > day) ?? days[0];
  const hrefOf = (other: string) => `${addressOf(wanted, { on: other })}#showtimes`;
  return (
    <section class="wrap wide show-times" aria-labelledby="showtimes">
      <div class="list-head">
        <h2 id="showtimes">{t.show.showtimes}</h2>
        <PlaceLink text={where.place ? t.show.near(placeName(where.place)) : t.home.sayWhere} />
      </div>
      <DayStrip days={days.slice(0, stripDays)} current={day} today={today} hrefOf={hrefOf} />
      {venues.length === 0 ? (
        <NothingThen day={day} {...(next ? { next: { day: next, href: hrefOf(next) } } : {})} />
      ) : (
        <VenueTimes
          venues={venues}
          free={free}
          now={now}
          day={day}
          accessible={accessible}
          {...(count > venueStep ? { more: count - venueStep } : {})}
        />
      )}
      {found.hasMore && count < mostVenues && (
        <p class="more">
          <a class="button button-quiet" href={`${addressOf(wanted, { venues: count + venueStep })}#more`}>
            {t.show.more(venueStep)}
          </a>
        </p>
      )}
    </section>
  );
}

/** Which seat maps of some showings have places for wheelchairs. */
async function accessibleMaps({ catalogue }: PageServices, showings: readonly Showing[]): Promise<ReadonlySet<string>> {
  const ids = [...new Set(showings.map((showing) => showing.seatMapId))];
  const maps = await Promise.all(ids.map((id) => catalogue.seatMap(id)));
  const isAccessible = (map: (typeof maps)[number]) =>
    map.layout.sections.some((section) => section.accessibleRuns.length > 0);
  return new Set(maps.filter(isAccessible).map(({ id }) => id));
}

function soldShowings({ venues, free }: Day): SoldShowing[] {
  return venues
    .flatMap(({ venue, showings }) => showings.map((showing) => ({ venue, showing })))
    .map((sold, index) => ({ ...sold, free: free[index] ?? sold.showing.placeCount }));
}

function cardOf(site: Site, show: Show): LinkCard {
  const type = show.kind === "film" ? "video.movie" : "website";
  const address = posterAddress(site, show);
  // Nobody draws an SVG beside a link.
  if (address === undefined || address.endsWith(".svg")) return { type };
  return { type, image: { address, alt: t.poster(show.title) } };
}

/** The first sentences of the synopsis, cut at a word. */
function descriptionOf({ synopsis }: Show): string {
  const text = synopsis.replaceAll(/\s+/g, " ");
  if (text.length <= descriptionLength) return text;
  return `${text.slice(0, text.lastIndexOf(" ", descriptionLength))} …`;
}

function NothingThen({ day, next }: { day: string; next?: { day: string; href: string } }) {
  return (
    <Empty title={!next ? t.show.over : t.show.notOn(dayTexts(day).long)}>
      {next && (
        <p class="actions">
          <a class="button button-main" href={next.href}>
            {t.show.nextOn(dayTexts(next.day).long)}
          </a>
        </p>
      )}
    </Empty>
  );
}
