// A seller's showings: of a venue on a day, or of a show from now on; drafts are published from here.

import type { FastifyReply, FastifyRequest } from "fastify";
import type { OwnAuditorium, OwnShow, OwnShowing, OwnVenue } from "../../../catalogue/authoring/authoring.ts";
import type { Server } from "../../../http/server.ts";
import { seeOther } from "../../answers.ts";
import { attempt } from "../../attempt.ts";
import { withQuery } from "../../addresses.ts";
import { Button, ButtonLink } from "../../components/buttons.tsx";
import { Field, Select } from "../../components/fields.tsx";
import { Badge, Empty, Notice, Pager, Table } from "../../components/frames.tsx";
import { formValues, freshForm, queryValues } from "../../form-values.ts";
import { dayOf, isDay, momentText } from "../../times.ts";
import { enter, sendSellerPage, type SellerPageServices, type Visit } from "./frame.tsx";

const pageSize = 50;
export const showingTones = { draft: "plain", published: "good", cancelled: "bad" } as const;

/** What the list is about. */
interface Wanted {
  showId?: string;
  venueId?: string;
  date?: string;
  cursor?: string;
}

interface Listing {
  showings: readonly OwnShowing[];
  next?: string;
  shows: readonly OwnShow[];
  venues: readonly OwnVenue[];
  auditoriums: readonly OwnAuditorium[];
}

/** `GET /sell/:sellerId/showings`, `POST …/showings` (publishes those that are ticked). */
export function registerShowings(server: Server, services: SellerPageServices): void {
  server.get("/sell/:sellerId/showings", async (request, reply) => {
    const visit = await enter(services, request, "orders");
    return draw(services, request, reply, visit);
  });
  server.post("/sell/:sellerId/showings", async (request, reply) => {
    const visit = await enter(services, request, "schedule");
    const values = formValues(request);
    const ids = values.all("showings").slice(0, 1_000);
    const tried = await attempt(values, [], () => services.authoring.publishShowings(visit.by, ids));
    if (!("made" in tried)) return draw(services, request, reply, visit, tried.refusal.message, tried.status);
    const [first] = tried.made;
    const back = first ? { show: first.showId } : {};
    return seeOther(reply, withQuery(`${visit.base}/showings`, { ...back, done: "published" }));
  });
}

async function draw(
  services: SellerPageServices,
  request: FastifyRequest,
  reply: FastifyReply,
  visit: Visit,
  error?: string,
  status = 200,
): Promise<FastifyReply> {
  const query = queryValues(request);
  const { sellerId } = visit.by;
  const { authoring } = services;
  const shows = await authoring.shows(sellerId);
  const venues = await authoring.venues(sellerId);
  const [showId, venueId] = [query.text("show", 60), query.text("venue", 60) || (venues[0]?.id ?? "")];
  const date = query.text("date", 10);
  const timeZone = venues.find(({ id }) => id === venueId)?.timeZone ?? "UTC";
  const wanted: Wanted =
    showId === ""
      ? { venueId, date: isDay(date) ? date : dayOf(services.clock(), timeZone) }
      : { showId, cursor: query.text("cursor", 60) };
  const found = await read(services, sellerId, wanted);
  const rooms = [...new Set(found.showings.map(({ auditoriumId }) => auditoriumId))];
  const listing = { shows, venues, ...found, auditoriums: await authoring.auditoriumsById(sellerId, rooms) };
  return sendSellerPage(
    services,
    reply,
    visit,
    {
      title: "Showings",
      part: "/showings",
      actions: visit.can("schedule") && (
        <ButtonLink href={withQuery(`${visit.base}/schedule`, { show: showId })}>Schedule showings</ButtonLink>
      ),
      body: (
        <>
          {error && (
            <Notice kind="error">
              <p>{error}</p>
            </Notice>
          )}
          <Filters visit={visit} listing={listing} wanted={wanted} />
          <List visit={visit} listing={listing} />
          <Pager next={listing.next && withQuery(`${visit.base}/showings`, { show: showId, cursor: listing.next })} />
        </>
      ),
    },
    status,
  );
}

async function read(services: SellerPageServices, sellerId: string, wanted: Wanted) {
  const { authoring, clock } = services;
  if (wanted.showId !== undefined) {
    const page = { from: clock(), limit: pageSize, ...(wanted.cursor ? { cursor: wanted.cursor } : {}) };
    const { items, next } = await authoring.showingsOfShow(sellerId, wanted.showId, page);
    return { showings: items, ...(next ? { next } : {}) };
  }
  if (!wanted.venueId || !wanted.date) return { showings: [] };
  return { showings: await authoring.showingsAtVenue(sellerId, wanted.venueId, wanted.date, wanted.date) };
}

function Filters({ visit, listing, wanted }: { visit: Visit; listing: Listing; wanted: Wanted }) {
  const form = freshForm({ show: wanted.showId ?? "", venue: wanted.venueId ?? "", date: wanted.date ?? "" });
  const action = `${visit.base}/showings`;
  return (
    <div class="sell-columns">
      <form method="get" action={action} class="inline-form">
        <Select
          form={form}
          id="of-venue"
          name="venue"
          label="At a venue"
          options={listing.venues.map(({ id, name }) => ({ value: id, text: name }))}
        />
        <Field form={form} name="date" label="On" type="date" plain />
        <Button kind="quiet">Show the day</Button>
      </form>
      <form method="get" action={action} class="inline-form">
        <Select
          form={form}
          id="of-show"
          name="show"
          label="Of a show, from now on"
          options={listing.shows.map(({ id, title }) => ({ value: id, text: title }))}
        />
        <Button kind="quiet">Show all</Button>
      </form>
    </div>
  );
}

function List({ visit, listing }: { visit: Visit; listing: Listing }) {
  const { showings, shows, venues, auditoriums } = listing;
  if (showings.length === 0) return <Empty title="No showing here" />;
  const drafts = visit.can("schedule") && showings.some(({ status }) => status === "draft");
  const titleOf = (id: string) => shows.find((show) => show.id === id)?.title ?? "";
  const whenOf = ({ startsAt, venueId }: OwnShowing) =>
    momentText(startsAt, venues.find(({ id }) => id === venueId)?.timeZone ?? "UTC");
  const roomOf = ({ venueId, auditoriumId }: OwnShowing) =>
    [venues.find(({ id }) => id === venueId)?.name, auditoriums.find(({ id }) => id === auditoriumId)?.name].join(", ");
  const table = (
    <Table
      caption="Showings"
      hideCaption
      rows={showings}
      keyOf={(showing) => showing.id}
      columns={[
        ...(drafts
          ? [
              {
                title: "Publish",
                cell: (showing: OwnShowing) =>
                  showing.status === "draft" && (
                    <input
                      type="checkbox"
                      name="showings"
                      value={showing.id}
                      checked
                      aria-label={`Publish ${titleOf(showing.showId)}, ${whenOf(showing)}`}
                    />
                  ),
              },
            ]
          : []),
        {
          title: "Showing",
          head: true,
          cell: (showing) => (
            <a href={`${visit.base}/showings/${showing.id}`}>
              {whenOf(showing)}, {titleOf(showing.showId)}
            </a>
          ),
        },
        { title: "Where", cell: roomOf },
        { title: "Places", number: true, cell: (showing) => showing.placeCount.toLocaleString("en-US") },
        {
          title: "Status",
          cell: (showing) => <Badge tone={showingTones[showing.status]}>{showing.status}</Badge>,
        },
      ]}
    />
  );
  if (!drafts) return table;
  return (
    <form method="post" action={`${visit.base}/showings`}>
      {table}
      <Button>Publish those that are ticked</Button>
    </form>
  );
}
