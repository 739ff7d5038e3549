// The list of shows now running: near a place, on a day, by kind, genre and words. All filters live in the address.

import type { ListedShow, ListOrder, Place, Showing } from "../../catalogue/model.ts";
import { formatMoney } from "../../domain/money.ts";
import type { Server } from "../../http/server.ts";
import { withQuery } from "../addresses.ts";
import { sendShared } from "../answers.ts";
import { Button } from "../components/buttons.tsx";
import { Field, Select } from "../components/fields.tsx";
import { Empty, Notice, Pager } from "../components/frames.tsx";
import { DayStrip, MomentOf, TimeOf } from "../components/moments.tsx";
import { PlaceField } from "../components/place-field.tsx";
import { PosterCard } from "../components/poster.tsx";
import { Fullness } from "../components/showtimes.tsx";
import { freshForm, queryValues, type FormState, type FormValues } from "../form-values.ts";
import type { PageOptions } from "../layout.tsx";
import { t } from "../messages.ts";
import type { PageServices } from "../services.ts";
import { addDays, dayOf, dayTexts, durationText, isDay } from "../times.ts";
import { distanceText, placeName, whereOf, type Where } from "../where.ts";

const pageSize = 24;
/** Days that the strip offers. */
const stripDays = 7;
const suggestedPlaces = 120;
/** Showtimes of the closest venue on a card. */
const timesOnCard = 4;

/** The filters of an address, made normal: what does not parse is left out. */
interface Filters {
  where: Where;
  on?: string;
  after?: string;
  kind?: "film" | "event";
  genre?: string;
  text?: string;
  sort: ListOrder;
  page: number;
}

/** A show of the list with the showtimes that its card offers. */
interface CardData {
  listed: ListedShow;
  times: readonly Showing[];
  free: number;
}

/** `GET /` */
export function registerHome(server: Server, services: PageServices): void {
  const known = services.cache.known(() => services.catalogue.version());
  server.get("/", { onRequest: known }, (request, reply) => {
    const filters = readFilters(queryValues(request), services);
    const { where, ...rest } = filters;
    const key = `home ${JSON.stringify([where.query, where.unknown, rest])}`;
    // Lists say how full showings are, at most a second late.
    return sendShared(services, request, reply, { key, freshMs: 1_000, maxAgeS: 1 }, () => drawHome(services, filters));
  });
}

function readFilters(values: FormValues, { catalogue }: PageServices): Filters {
  const where = whereOf(values, catalogue);
  const [on, after, kind, sort] = [values.text("on"), values.text("after"), values.text("kind"), values.text("sort")];
  const genre = values.text("genre", 60);
  const text = values.text("q", 100);
  return {
    where,
    ...(isDay(on) ? { on } : {}),
    ...(/^([01]\d|2[0-3]):[0-5]\d$/.test(after) ? { after } : {}),
    ...(kind === "film" || kind === "event" ? { kind } : {}),
    ...(genre ? { genre } : {}),
    ...(text ? { text } : {}),
    sort: readOrder(sort, where),
    page: values.whole("page", 1, 1_000) ?? 1,
  };
}

function readOrder(sort: string, where: Where): ListOrder {
  if (sort === "soonest" || sort === "popular") return sort;
  if (sort === "closest" && where.position) return sort;
  return where.position ? "soonest" : "popular";
}

async function drawHome(services: PageServices, filters: Filters): Promise<PageOptions> {
  const { catalogue } = services;
  const now = services.clock();
  const { where, on, after, kind, genre, text, sort } = filters;
  // Who looks for a title, or for concerts, without naming a day wants to know when it comes.
  const anyDay = on === undefined && (text !== undefined || kind === "event");
  const found = await catalogue.list({
    ...(where.position ? { near: where.position } : {}),
    ...(on ? { on } : {}),
    ...(anyDay ? { orLater: true } : {}),
    ...(after ? { after } : {}),
    ...(kind ? { kind } : {}),
    ...(genre ? { genre } : {}),
    ...(text ? { text } : {}),
    sort,
    now,
  });
  const pages = Math.max(1, Math.ceil(found.length / pageSize));
  const page = Math.min(filters.page, pages);
  const today = dayOf(now, where.place?.timeZone ?? catalogue.venues()[0]?.timeZone ?? "UTC");
  const isLater = ({ next }: ListedShow) => anyDay && next.date > today;
  const cards = await cardsOf(services, found.slice((page - 1) * pageSize, page * pageSize), isLater);
  const title = where.place ? t.home.near(where.place.name) : t.home.title;
  return {
    title,
    description: t.home.description,
    part: "shows",
    wide: true,
    islands: ["position"],
    body: (
      <>
        <Search
          filters={filters}
          title={title}
          places={catalogue.findPlaces("", suggestedPlaces)}
          genres={genresOf(services)}
        />
        <DayStrip
          days={Array.from({ length: stripDays }, (_, index) => addDays(today, index))}
          current={anyDay ? "" : (on ?? today)}
          today={today}
          hrefOf={(day) => addressOf(filters, { on: day === today && !anyDay ? undefined : day, page: undefined })}
        />
        <h2 class="result-line" id="results">
          {anyDay
            ? t.home.foundAny(found.length)
            : t.home.found(found.length, dayTexts(on ?? today).long, on === undefined || on === today)}
        </h2>
        {cards.length === 0 ? (
          <NothingFound filters={filters} today={today} />
        ) : (
          <div class="poster-grid">
            {cards.map((card, index) => (
              <Card
                key={card.listed.show.id}
                card={card}
                where={where}
                eager={index < 6}
                dated={on !== undefined || isLater(card.listed)}
              />
            ))}
          </div>
        )}
        <Pager
          previous={page > 1 ? addressOf(filters, { page: page - 1 }) : undefined}
          next={page < pages ? addressOf(filters, { page: page + 1 }) : undefined}
          position={t.pager.page(page, pages)}
        />
      </>
    ),
  };
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

function genresOf({ catalogue }: PageServices): string[] {
  return [...new Set(catalogue.shows().flatMap((show) => show.genres))].sort();
}

function addressOf(filters: Filters, change: { on?: string | undefined; page?: number | undefined }): string {
  const { where, on, after, kind, genre, text, sort } = filters;
  const usual = where.position ? "soonest" : "popular";
  return withQuery("/", {
    ...where.query,
    on,
    after,
    kind,
    genre,
    q: text,
    sort: sort === usual ? undefined : sort,
    ...change,
  });
}

function formOf({ where, on, after, kind, genre, text, sort }: Filters): FormState {
  const near = where.unknown ?? (where.place ? placeName(where.place) : "");
  const fresh = freshForm({
    near,
    on: on ?? "",
    after: after ?? "",
    kind: kind ?? "",
    genre: genre ?? "",
    q: text ?? "",
    sort,
  });
  return where.unknown ? { ...fresh, errors: { near: t.where.unknown(where.unknown) } } : fresh;
}

function Search(props: { filters: Filters; title: string; places: readonly Place[]; genres: readonly string[] }) {
  const form = formOf(props.filters);
  const { on, after, kind, genre } = props.filters;
  const open = [on, after, kind, genre].some((filter) => filter !== undefined);
  const sorts = [
    { value: "soonest", text: t.home.sorts.soonest },
    ...(props.filters.where.position ? [{ value: "closest", text: t.home.sorts.closest }] : []),
    { value: "popular", text: t.home.sorts.popular },
  ];
  return (
    <section class="hero">
      <h1>{props.title}</h1>
      {!props.filters.where.position && <p class="lead">{t.home.lead}</p>}
      <form method="get" action="/" role="search" class="search">
        <div class="search-main">
          <PlaceField form={form} places={props.places} />
          <Field
            form={form}
            name="q"
            label={t.home.words}
            type="search"
            placeholder={t.home.wordsExample}
            maxLength={100}
            plain
          />
          <div class="search-go">
            <Button>{t.home.go}</Button>
          </div>
        </div>
        <details class="search-more" open={open}>
          <summary>{t.home.more}</summary>
          <div class="search-filters">
            <Field form={form} name="on" label={t.home.day} type="date" plain />
            <Field form={form} name="after" label={t.home.after} type="time" plain />
            <Select
              form={form}
              name="kind"
              label={t.home.kind}
              options={[
                { value: "", text: t.home.any },
                { value: "film", text: t.home.kinds.film },
                { value: "event", text: t.home.kinds.event },
              ]}
            />
            <Select
              form={form}
              name="genre"
              label={t.home.genre}
              options={[{ value: "", text: t.home.any }, ...props.genres.map((name) => ({ value: name, text: name }))]}
            />
            <Select form={form} name="sort" label={t.home.sort} options={sorts} />
          </div>
        </details>
        <p class="use-position" hidden data-position>
          <button type="button" class="link-button">
            {t.where.use}
          </button>
          <span role="status" data-failed={t.where.failed} data-waiting={t.where.waiting} />
        </p>
      </form>
    </section>
  );
}

function Card({ card, where, eager, dated }: { card: CardData; where: Where; eager: boolean; dated: boolean }) {
  const { show, venue, next, distanceKm, venues } = card.listed;
  const query = { ...where.query, ...(dated ? { on: next.date } : {}) };
  return (
    <PosterCard href={withQuery(`/shows/${show.id}`, query)} title={show.title} poster={show.poster} eager={eager}>
      <p class="poster-card-facts">
        {[show.rating, show.runningMinutes > 0 && durationText(show.runningMinutes), show.genres.slice(0, 2).join(", ")]
          .filter(Boolean)
          .join(" · ")}
      </p>
      <p class="poster-card-venue">
        {venue.name}
        <span class="soft">
          {distanceKm === undefined
            ? ` · ${placeName({ name: venue.city, region: venue.region })}`
            : ` · ${distanceText(distanceKm, venue.country)}`}
          {venues > 1 && ` · ${t.home.moreVenues(venues - 1)}`}
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
        <span class="price">{t.showtimes.from(formatMoney(next.priceMinMinor, next.prices.currency))}</span>
        <Fullness free={card.free} places={next.placeCount} />
      </p>
    </PosterCard>
  );
}

function NothingFound({ filters, today }: { filters: Filters; today: string }) {
  const next = addDays(filters.on ?? today, 1);
  return (
    <>
      {filters.where.unknown && <Notice kind="warning">{t.where.unknown(filters.where.unknown)}</Notice>}
      <Empty title={t.home.nothing}>
        <p>
          <a href={addressOf(filters, { on: next, page: undefined })}>{t.home.tryDay(dayTexts(next).long)}</a>
          {" · "}
          <a href={withQuery("/", filters.where.query)}>{t.home.clear}</a>
        </p>
      </Empty>
    </>
  );
}
