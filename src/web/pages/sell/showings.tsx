// A seller's showings: the day of a venue as a grid, or all of a show from now on; drafts are published from here.

import type { FastifyReply } from "fastify";
import type { OwnAuditorium, OwnShow, OwnShowing, OwnVenue } from "../../../catalogue/authoring/authoring.ts";
import type { Refusal } from "../../../domain/refusals.ts";
import type { Server } from "../../../http/server.ts";
import { seeOther } from "../../answers.ts";
import { attempt } from "../../attempt.ts";
import { withQuery } from "../../addresses.ts";
import { Button, ButtonLink } from "../../components/buttons.tsx";
import { Field, Select } from "../../components/fields.tsx";
import { Badge, Empty, Pager, Table } from "../../components/frames.tsx";
import { formValues, freshForm, queryValues, type FormValues } from "../../form-values.ts";
import { t } from "../../messages.ts";
import { numberText } from "../../numbers.ts";
import { addDays, dayOf, dayTexts, isDay, momentText } from "../../times.ts";
import { DayGrid } from "./day-grid.tsx";
import { enter, sendSellerPage, type SellerPageServices, type Visit } from "./frame.tsx";
import { RefusalNotice } from "./refusal-notice.tsx";

const pageSize = 50;
export const showingTones = { draft: "plain", published: "good", cancelled: "bad" } as const;

/** What the list is about. */
interface Wanted {
  showId?: string;
  venue?: OwnVenue;
  date: string;
  cursor?: string;
}

interface Listing {
  showings: readonly OwnShowing[];
  next?: string;
  shows: readonly OwnShow[];
  venues: readonly OwnVenue[];
  auditoriums: readonly OwnAuditorium[];
  sold: ReadonlyMap<string, number>;
}

/** `GET /sell/:sellerId/showings`, `POST …/showings` (publishes those that are ticked). */
export function registerShowings(server: Server, services: SellerPageServices): void {
  server.get("/sell/:sellerId/showings", async (request, reply) => {
    const visit = await enter(services, request, "orders");
    return draw(services, reply, visit, queryValues(request));
  });
  server.post("/sell/:sellerId/showings", async (request, reply) => {
    const visit = await enter(services, request, "schedule");
    const values = formValues(request);
    const ids = values.all("showings").slice(0, 1_000);
    const tried = await attempt(values, [], () => services.authoring.publishShowings(visit.by, ids));
    if (!("made" in tried)) return draw(services, reply, visit, values, tried.refusal);
    const [first] = tried.made;
    const day = values.text("date", 10);
    const back = isDay(day) ? { venue: values.text("venue", 60), date: day } : first ? { show: first.showId } : {};
    return seeOther(reply, withQuery(`${visit.base}/showings`, { ...back, done: "published" }));
  });
}

async function draw(
  services: SellerPageServices,
  reply: FastifyReply,
  visit: Visit,
  query: FormValues,
  refusal?: Refusal,
): Promise<FastifyReply> {
  const { authoring, clock } = services;
  const [shows, venues] = await Promise.all([authoring.shows(visit.by.sellerId), authoring.venues(visit.by.sellerId)]);
  const [showId, asked, date] = [query.text("show", 60), query.text("venue", 60), query.text("date", 10)];
  const venue = venues.find(({ id }) => id === asked) ?? venues[0];
  const today = dayOf(clock(), venue?.timeZone ?? "UTC");
  const wanted: Wanted = {
    ...(showId === "" ? {} : { showId, cursor: query.text("cursor", 60) }),
    ...(venue ? { venue } : {}),
    date: isDay(date) ? date : venue && showId === "" ? await firstDay(services, visit, venue, today) : today,
  };
  const listing = { shows, venues, ...(await read(services, visit.by.sellerId, wanted)) };
  const ofDay = wanted.showId === undefined;
  const schedule = ofDay ? { venue: venue?.id, date: wanted.date } : { show: showId };
  return sendSellerPage(
    services,
    reply,
    visit,
    {
      title: t.programme.title,
      part: "/showings",
      actions: visit.can("schedule") && (
        <ButtonLink href={withQuery(`${visit.base}/schedule`, schedule)}>{t.programme.schedule}</ButtonLink>
      ),
      ...(ofDay && visit.can("schedule") ? { islands: ["schedule"] } : {}),
      styles: ["schedule"],
      body: (
        <>
          {refusal && <RefusalNotice base={visit.base} refusal={refusal} />}
          {ofDay ? (
            <>
              <DayFilter visit={visit} listing={listing} wanted={wanted} />
              <Day visit={visit} listing={listing} wanted={wanted} now={clock()} />
              <ShowFilter visit={visit} listing={listing} wanted={wanted} />
            </>
          ) : (
            <>
              <ShowFilter visit={visit} listing={listing} wanted={wanted} />
              <List visit={visit} listing={listing} wanted={wanted} />
              <Pager
                next={listing.next && withQuery(`${visit.base}/showings`, { show: showId, cursor: listing.next })}
              />
              <DayFilter visit={visit} listing={listing} wanted={wanted} />
            </>
          )}
        </>
      ),
    },
    refusal?.status,
  );
}

/** How far ahead a seller's first showings are looked for. */
const lookAheadDays = 30;

/** Today if something is shown then, else the next day on which something is. */
async function firstDay(
  { authoring }: SellerPageServices,
  { by }: Visit,
  venue: OwnVenue,
  today: string,
): Promise<string> {
  const startsIn = async (until: string) => {
    const showings = await authoring.showingsAtVenue(by.sellerId, venue.id, today, until);
    return showings.filter(({ status }) => status !== "cancelled").map(({ startsAt }) => startsAt);
  };
  if ((await startsIn(today)).length > 0) return today;
  const starts = await startsIn(addDays(today, lookAheadDays));
  return starts.length === 0 ? today : dayOf(Math.min(...starts), venue.timeZone);
}

type Found = Pick<Listing, "showings" | "next" | "auditoriums" | "sold">;

async function read(services: SellerPageServices, sellerId: string, wanted: Wanted): Promise<Found> {
  const { authoring, clock, reports } = services;
  const { venue, date, showId } = wanted;
  if (showId !== undefined) {
    const page = { from: clock(), limit: pageSize, ...(wanted.cursor ? { cursor: wanted.cursor } : {}) };
    const { items, next } = await authoring.showingsOfShow(sellerId, showId, page);
    const rooms = [...new Set(items.map(({ auditoriumId }) => auditoriumId))];
    const auditoriums = await authoring.auditoriumsById(sellerId, rooms);
    return { showings: items, ...(next ? { next } : {}), auditoriums, sold: new Map() };
  }
  if (!venue) return { showings: [], auditoriums: [], sold: new Map() };
  const [showings, auditoriums] = await Promise.all([
    authoring.showingsAtVenue(sellerId, venue.id, date, date),
    authoring.auditoriums(sellerId, venue.id),
  ]);
  const starts = showings.map(({ startsAt }) => startsAt);
  const period = { from: Math.min(...starts), until: Math.max(...starts) + 1 };
  const page = { limit: 500, venueId: venue.id };
  const { items } = starts.length > 0 ? await reports.byShowing(sellerId, period, page) : { items: [] };
  const sold = new Map(items.map(({ showingId, tickets }) => [showingId, tickets]));
  return { showings, auditoriums: auditoriums.toSorted(byName), sold };
}

/** `Room 2` before `Room 10`. */
function byName(a: OwnAuditorium, b: OwnAuditorium): number {
  return a.name.localeCompare(b.name, t.locale, { numeric: true });
}

function DayFilter({ visit, listing, wanted }: { visit: Visit; listing: Listing; wanted: Wanted }) {
  return (
    <form method="get" action={`${visit.base}/showings`} class="inline-form">
      <Select
        form={freshForm({ venue: wanted.venue?.id ?? "" })}
        name="venue"
        label={t.programme.venue}
        options={listing.venues.map(({ id, name }) => ({ value: id, text: name }))}
      />
      <Field form={freshForm({ date: wanted.date })} name="date" label={t.programme.date} type="date" plain />
      <Button kind="quiet">{t.programme.showDay}</Button>
    </form>
  );
}

function ShowFilter({ visit, listing, wanted }: { visit: Visit; listing: Listing; wanted: Wanted }) {
  return (
    <form method="get" action={`${visit.base}/showings`} class="inline-form">
      <Select
        form={freshForm({ show: wanted.showId ?? "" })}
        name="show"
        label={t.programme.ofShow}
        options={listing.shows.map(({ id, title }) => ({ value: id, text: title }))}
      />
      <Button kind="quiet">{t.programme.showAll}</Button>
    </form>
  );
}

function Day({ visit, listing, wanted, now }: { visit: Visit; listing: Listing; wanted: Wanted; now: number }) {
  const { venue, date } = wanted;
  if (!venue)
    return <Missing title={t.programme.noVenue} href={`${visit.base}/venues/new`} text={t.programme.addVenue} />;
  if (listing.auditoriums.length === 0) {
    const href = `${visit.base}/venues/${venue.id}/auditoriums/new`;
    return <Missing title={t.programme.noRoom} href={href} text={t.programme.addRoom} />;
  }
  const caption = t.dayGrid.caption(venue.name, dayTexts(date).long);
  const dayHref = (days: number) => withQuery(`${visit.base}/showings`, { venue: venue.id, date: addDays(date, days) });
  return (
    <>
      <div class="day-head">
        <h2>{caption}</h2>
        <span class="day-steps">
          <a class="button button-quiet" href={dayHref(-1)} rel="prev" aria-label={t.programme.dayBefore}>
            <span aria-hidden="true">←</span>
          </a>
          <a class="button button-quiet" href={dayHref(1)} rel="next" aria-label={t.programme.dayAfter}>
            <span aria-hidden="true">→</span>
          </a>
        </span>
      </div>
      <DayGrid
        base={visit.base}
        api={`/api/v1/sellers/${visit.by.sellerId}/showings/`}
        caption={caption}
        venueId={venue.id}
        date={date}
        timeZone={venue.timeZone}
        now={now}
        rooms={listing.auditoriums}
        showings={listing.showings.filter(({ status }) => status !== "cancelled")}
        titleOf={(id) => listing.shows.find((show) => show.id === id)?.title ?? ""}
        sold={listing.sold}
        editable={visit.can("schedule")}
      />
      {listing.showings.length > 0 && (
        <>
          <h2>{t.programme.list}</h2>
          <List visit={visit} listing={listing} wanted={wanted} />
        </>
      )}
    </>
  );
}

function Missing({ title, href, text }: { title: string; href: string; text: string }) {
  return (
    <Empty title={title}>
      <p>
        <a href={href}>{text}</a>
      </p>
    </Empty>
  );
}

function List({ visit, listing, wanted }: { visit: Visit; listing: Listing; wanted: Wanted }) {
  const { showings, shows, venues, auditoriums } = listing;
  if (showings.length === 0) return <Empty title={t.programme.none} />;
  const drafts = visit.can("schedule") && showings.some(({ status }) => status === "draft");
  const titleOf = (id: string) => shows.find((show) => show.id === id)?.title ?? "";
  const whenOf = ({ startsAt, venueId }: OwnShowing) =>
    momentText(startsAt, venues.find(({ id }) => id === venueId)?.timeZone ?? "UTC");
  const roomOf = ({ venueId, auditoriumId }: OwnShowing) =>
    [venues.find(({ id }) => id === venueId)?.name, auditoriums.find(({ id }) => id === auditoriumId)?.name].join(", ");
  const tick = (showing: OwnShowing) =>
    showing.status === "draft" && (
      <input
        type="checkbox"
        name="showings"
        value={showing.id}
        checked
        aria-label={t.programme.publishOne(titleOf(showing.showId), whenOf(showing))}
      />
    );
  const table = (
    <Table
      caption={t.programme.title}
      hideCaption
      rows={showings}
      keyOf={(showing) => showing.id}
      columns={[
        ...(drafts ? [{ title: t.programme.publish, cell: tick }] : []),
        {
          title: t.programme.showing,
          head: true,
          cell: (showing) => (
            <>
              <a href={`${visit.base}/showings/${showing.id}`}>
                {whenOf(showing)}, {titleOf(showing.showId)}
              </a>
              <span class="minor-below">{roomOf(showing)}</span>
            </>
          ),
        },
        { title: t.programme.where, minor: true, cell: roomOf },
        { title: t.programme.places, number: true, minor: true, cell: (showing) => numberText(showing.placeCount) },
        {
          title: t.programme.status,
          cell: ({ status }) => <Badge tone={showingTones[status]}>{t.programme.statuses[status]}</Badge>,
        },
      ]}
    />
  );
  if (!drafts) return table;
  return (
    <form method="post" action={`${visit.base}/showings`}>
      {wanted.showId === undefined ? (
        <>
          <input type="hidden" name="venue" value={wanted.venue?.id ?? ""} />
          <input type="hidden" name="date" value={wanted.date} />
        </>
      ) : (
        <>
          <input type="hidden" name="show" value={wanted.showId} />
          <input type="hidden" name="cursor" value={wanted.cursor ?? ""} />
        </>
      )}
      {table}
      <div class="actions">
        <Button>{t.programme.publishTicked}</Button>
      </div>
    </form>
  );
}
