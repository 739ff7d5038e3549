// The list of shows now running: near a place, on a day, by time, kind, genre and words. All filters live in the address.

import type { ListedShow, Showing } from "../../catalogue/model.ts";
import type { Server } from "../../http/server.ts";
import { withQuery } from "../addresses.ts";
import { sendShared } from "../answers.ts";
import { FilterBar, OrderChoice, OtherDay } from "../components/filter-bar.tsx";
import { Empty, Pager } from "../components/frames.tsx";
import { DayStrip, MomentOf, TimeOf } from "../components/moments.tsx";
import { PlaceLink } from "../components/place-panel.tsx";
import { PosterCard } from "../components/poster.tsx";
import { Fullness } from "../components/showtimes.tsx";
import { queryValues } from "../form-values.ts";
import type { PageOptions } from "../layout.tsx";
import { fieldsOf, isForAnyDay, listAddress, listQuery, readFilters, type Filters } from "../list-filters.ts";
import { t } from "../messages.ts";
import { moneyText } from "../numbers.ts";
import type { PageServices } from "../services.ts";
import { addDays, clockOf, dayOf, dayTexts, durationText } from "../times.ts";
import { distanceText, keptPlace, placeName, type Where } from "../where.ts";

const pageSize = 24;
/** Days that the strip offers. */
const stripDays = 7;
const offeredCities = 8;
/** Showtimes of the closest venue on a card. */
const timesOnCard = 3;
/** Cards that can be seen before anybody scrolls, and how many of them come first of all. */
const eagerCards = 6;
const firstCards = 2;

/** A show of the list with the showtimes that its card offers. */
interface CardData {
  listed: ListedShow;
  times: readonly Showing[];
  free: number;
}

/** `GET /` */
export function registerHome(server: Server, services: PageServices): void {
  const { cache, catalogue } = services;
  const known = cache.known(
    () => catalogue.version(),
    (request) => `${t.language} ${keptPlace(request) ?? ""}`,
  );
  server.get("/", { onRequest: known }, (request, reply) => {
    const filters = readFilters(queryValues(request), catalogue, keptPlace(request));
    const { where, ...rest } = filters;
    const key = `home ${JSON.stringify([where.query, where.unknown, rest])}`;
    // Lists say how full showings are, at most a second late.
    return sendShared(services, request, reply, { key, freshMs: 1_000, maxAgeS: 1 }, () => drawHome(services, filters));
  });
}

async function drawHome(services: PageServices, filters: Filters): Promise<PageOptions> {
  const { catalogue } = services;
  const now = services.clock();
  const { where, on, text } = filters;
  const anyDay = isForAnyDay(filters);
  const found = await catalogue.list(listQuery(filters, now));
  const pages = Math.max(1, Math.ceil(found.length / pageSize));
  const page = Math.min(filters.page, pages);
  const timeZone = where.place?.timeZone ?? catalogue.venues()[0]?.timeZone ?? "UTC";
  const today = dayOf(now, timeZone);
  const isLater = ({ next }: ListedShow) => anyDay && next.date > today;
  const cards = await cardsOf(services, found.slice((page - 1) * pageSize, page * pageSize), isLater);
  const title = text ? t.home.searched(text) : where.place ? t.home.near(where.place.name) : t.home.title;
  const address = listAddress(filters, { page });
  return {
    title,
    description: t.home.description,
    address,
    part: "shows",
    wide: true,
    place: { where, to: address, cities: catalogue.cities(offeredCities) },
    ...(text ? { searched: text } : {}),
    body: (
      <>
        <div class="list-head">
          <h1>{title}</h1>
          {!where.position && <PlaceLink text={t.home.sayWhere} />}
        </div>
        <DayStrip
          days={stripOf(today, on)}
          current={anyDay ? "" : (on ?? today)}
          today={today}
          hrefOf={(day) => listAddress(filters, { on: day === today && !anyDay ? undefined : day })}
          other={<OtherDay filters={filters} today={today} />}
        />
        <FilterBar
          filters={filters}
          genres={genresOf(services)}
          {...(on === undefined || on === today ? { timeNow: clockOf(now, timeZone) } : {})}
        />
        {cards.length === 0 ? (
          <NothingFound filters={filters} today={today} />
        ) : (
          <>
            <div class="result-line">
              <h2 id="results">
                {anyDay
                  ? t.home.foundAny(found.length)
                  : t.home.found(found.length, dayTexts(on ?? today).long, on === undefined || on === today)}
              </h2>
              <OrderChoice filters={filters} />
            </div>
            <div class="poster-grid">
              {cards.map((card, index) => (
                <Card
                  key={card.listed.show.id}
                  card={card}
                  where={where}
                  order={index}
                  dated={on !== undefined || isLater(card.listed)}
                />
              ))}
            </div>
          </>
        )}
        <Pager
          previous={page > 1 ? listAddress(filters, { page: page - 1 }) : undefined}
          next={page < pages ? listAddress(filters, { page: page + 1 }) : undefined}
          position={t.pager.page(page, pages)}
        />
      </>
    ),
  };
}

/** The days from today on, and the chosen one if it lies beyond. */
function stripOf(today: string, on: string | undefined): string[] {
  const days = Array.from({ length: stripDays }, (_, index) => addDays(today, index));
  return on === undefined || days.includes(on) ? days : [...days, on].toSorted();
}

/** What cards show: the times of the day, or, of what comes later, when it does. */
async function cardsOf(
  services: PageServices,
  listed: readonly ListedShow[],
  isLater: (entry: ListedShow) => boolean,
): Promise<CardData[]> {
  const free = await services.sales.freeOf(listed.map((entry) => entry.next));
  return Promise.all(
    listed.map(async (entry, index) => {
      const all = isLater(entry) ? [] : await services.catalogue.showingsOfVenue(entry.venue.id, entry.next.date);
      const later = all.filter(
        (showing) =>
          showing.showId === entry.show.id && showing.startsAt >= entry.next.startsAt && showing.status === "published",
      );
      return { listed: entry, times: later.slice(0, timesOnCard), free: free[index] ?? entry.next.placeCount };
    }),
  );
}

/** The most frequent first. */
function genresOf({ catalogue }: PageServices): string[] {
  const counts = new Map<string, number>();
  for (const { genres } of catalogue.shows()) {
    for (const genre of genres) counts.set(genre, (counts.get(genre) ?? 0) + 1);
  }
  return [...counts].toSorted(([a, one], [b, other]) => other - one || (a < b ? -1 : 1)).map(([genre]) => genre);
}

function Card({ card, where, order, dated }: { card: CardData; where: Where; order: number; dated: boolean }) {
  const { show, venue, next, distanceKm, venues } = card.listed;
  const query = { ...where.query, ...(dated ? { on: next.date } : {}) };
  return (
    <PosterCard
      href={withQuery(`/shows/${show.id}`, query)}
      show={show}
      eager={order < firstCards ? "first" : order < eagerCards}
    >
      <p class="poster-card-facts">
        {[show.rating, show.runningMinutes > 0 && durationText(show.runningMinutes)].filter(Boolean).join(" · ")}
        {show.genres.length > 0 && <span> · {show.genres.slice(0, 2).join(", ")}</span>}
      </p>
      <p class="poster-card-venue">
        {venue.name}
        <span class="soft">
          {distanceKm === undefined
            ? ` · ${placeName({ name: venue.city, region: venue.region })}`
            : ` · ${distanceText(distanceKm, venue.country)}`}
          {venues > 1 && <span class="poster-card-more"> · {t.home.moreVenues(venues - 1)}</span>}
        </span>
      </p>
      <ul class="card-times">
        {card.times.length === 0 ? (
          <li>
            <MomentOf at={next.startsAt} timeZone={venue.timeZone} />
          </li>
        ) : (
          card.times.map((showing) => (
            <li key={showing.id}>
              <a href={`/showings/${showing.id}`}>
                <span class="unseen">{t.home.timeLabel(show.title)} </span>
                <TimeOf at={showing.startsAt} timeZone={venue.timeZone} />
              </a>
            </li>
          ))
        )}
      </ul>
      <p class="poster-card-foot">
        <span class="price">{t.showtimes.from(moneyText(next.priceMinMinor, next.prices.currency))}</span>
        <Fullness free={card.free} places={next.placeCount} />
      </p>
    </PosterCard>
  );
}

/** Says what found nothing, and the ways on. */
function NothingFound({ filters, today }: { filters: Filters; today: string }) {
  const { on, where } = filters;
  const after = addDays(on ?? today, 1);
  // Further ahead than the strip the day after is hardly better: back to where there is something.
  const next = after < addDays(today, stripDays) ? after : today;
  const fields = fieldsOf(filters, { on: undefined });
  const isFiltered = Object.keys(fields).some((name) => !(name in where.query) && fields[name] !== undefined);
  const plain = on === undefined || on === today ? t.home.nothingToday : t.home.nothingOn(dayTexts(on).long);
  return (
    <Empty title={isFiltered ? t.home.nothing : plain}>
      <p class="actions">
        {!isForAnyDay(filters) && (
          <a class="button button-main" href={listAddress(filters, { on: next })}>
            {t.home.tryDay(dayTexts(next).long)}
          </a>
        )}
        {isFiltered && (
          <a class="button button-quiet" href={withQuery("/", where.query)}>
            {t.home.clear}
          </a>
        )}
      </p>
    </Empty>
  );
}
