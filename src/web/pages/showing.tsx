// A showing: its prices and exact counts, and the ways to take places. The same for everybody at one version of its seats.

import type { FastifyReply, FastifyRequest } from "fastify";
import type { CompiledSeatMap, Show, Showing, Venue } from "../../catalogue/model.ts";
import { Refusal, type RefusalCode } from "../../domain/refusals.ts";
import type { Server } from "../../http/server.ts";
import type { Availability, HoldInput } from "../../sales/sales.ts";
import { withQuery } from "../addresses.ts";
import { sendPage, sendShared } from "../answers.ts";
import { Card, Notice, Table } from "../components/frames.tsx";
import { TimeOf } from "../components/moments.tsx";
import { Poster } from "../components/poster.tsx";
import { LostSeats } from "../components/lost-seats.tsx";
import { BestForm, StandingForm } from "../components/seat-forms.tsx";
import { SeatPicker, SeatTray } from "../components/seat-picker.tsx";
import { formValues, freshForm, queryValues, refusedForm, type FormState } from "../form-values.ts";
import { keepHeldSeats } from "../held-seats.ts";
import { holdInput, pickKind, type PickKind } from "../hold-input.ts";
import type { WantedSeat } from "../instead.ts";
import type { PageOptions } from "../layout.tsx";
import { t } from "../messages.ts";
import { moneyText, numberText } from "../numbers.ts";
import { PageRefusal } from "../page-refusal.ts";
import { isLarge, pickerData, seatMapAddress } from "../picker/data.ts";
import { sectionViews, type SectionView } from "../seats.ts";
import type { PageServices } from "../services.ts";
import { dateText, durationText, zoneText } from "../times.ts";
import { placeName } from "../where.ts";

/** A version of the seats names the page's content but for "begun": so long it may be kept. */
const keepMs = 30_000;
/** More sections than this are folded away: the map says it better. */
const sectionsInView = 6;

/** What stays on the showing's page, beside the form that asked for it; everything else is a page of its own. */
const formRefusals: ReadonlySet<RefusalCode> = new Set<RefusalCode>([
  "invalid_request",
  "seat_unknown",
  "price_unknown",
  "hold_cooldown",
  "limit_exceeded",
  "seats_taken",
  "sold_out",
  "strands_seat",
]);

interface Sent {
  kind: PickKind;
  form: FormState;
  /** Seats of one's own choice that lost the race, and those of them that are gone. */
  lost?: { wanted: readonly WantedSeat[]; gone: readonly string[] };
}

type Request = FastifyRequest<{ Params: { id: string } }>;

/** `GET /showings/:id` and `POST /showings/:id/hold` */
export function registerShowing(server: Server, services: PageServices): void {
  server.get("/showings/:id", async (request: Request, reply) => {
    const showing = await showingOf(services, request.params.id);
    const section = queryValues(request).text("section", 20);
    const availability = await services.sales.availability(showing);
    const key = `showing ${JSON.stringify([showing.id, availability.version, section])}`;
    return sendShared(services, request, reply, { key, freshMs: keepMs, maxAgeS: 0 }, () =>
      drawShowing(services, showing, availability, section),
    );
  });
  server.post("/showings/:id/hold", (request: Request, reply) => askForHold(services, request, reply));
}

async function askForHold(services: PageServices, request: Request, reply: FastifyReply): Promise<FastifyReply> {
  const showing = await showingOf(services, request.params.id);
  const values = formValues(request);
  let input: HoldInput | undefined;
  try {
    input = holdInput(values, showing, await services.catalogue.seatMap(showing.seatMapId));
    const hold = await services.sales.hold(input, await services.visitors.customer(request, reply));
    keepHeldSeats(services, reply, hold);
    return reply.redirect(`/holds/${hold.id}`, 303);
  } catch (refusal) {
    if (!(refusal instanceof Refusal) || !formRefusals.has(refusal.code)) throw refusal;
    const fields = ["quantity", "section", "maxPrice", refusal.facts.field ?? ""].filter((name) => values.has(name));
    const lost = lostBy(refusal, input);
    const sent = { kind: pickKind(values), form: refusedForm(values, refusal, fields), ...(lost ? { lost } : {}) };
    const availability = await services.sales.availability(showing);
    const options = await drawShowing(services, showing, availability, values.text("at", 20), sent);
    return sendPage(services, reply, options, refusal.status);
  }
}

/** What a refused hold had asked for, if somebody else was faster. */
function lostBy(refusal: Refusal, input: HoldInput | undefined): Sent["lost"] {
  const gone = refusal.facts["seats"];
  if (refusal.code !== "seats_taken" || !input?.seats || !Array.isArray(gone)) return undefined;
  const wanted = input.seats.map((seat, index) => ({ seat, tier: input.tiers?.[index] ?? "" }));
  return { wanted, gone: gone.map(String) };
}

async function showingOf({ catalogue }: PageServices, id: string): Promise<Showing> {
  const showing = await catalogue.showing(id);
  if (!showing) throw new PageRefusal("not_found", t.showing.gone);
  return showing;
}

async function drawShowing(
  services: PageServices,
  showing: Showing,
  availability: Availability,
  section: string,
  sent?: Sent,
): Promise<PageOptions> {
  const { catalogue, sales } = services;
  const show = catalogue.show(showing.showId);
  const venue = catalogue.venue(showing.venueId);
  if (!venue) throw new PageRefusal("not_found", t.showing.gone);
  const seatMap = await catalogue.seatMap(showing.seatMapId);
  const views = sectionViews(showing, seatMap, availability);
  const { states } = await sales.seatStates(showing);
  const over = services.clock() >= showing.endsAt;
  const closed = showing.status === "cancelled" ? t.showing.cancelled : over ? t.showing.over : undefined;
  return {
    title: t.showing.title(show?.title ?? t.showing.unnamed, venue.name),
    part: "shows",
    wide: true,
    task: true,
    styles: ["seats"],
    islands: ["seats"],
    address: withQuery(`/showings/${showing.id}`, { section }),
    canonical: `${services.publicUrl}/showings/${showing.id}`,
    body: (
      <>
        <Head {...{ show, showing, venue, views }} />
        {closed ? (
          <Notice kind="warning" title={closed}>
            <p>
              <a href={`/shows/${showing.showId}`}>{t.showing.others}</a>
            </p>
          </Notice>
        ) : availability.free === 0 && !sent ? (
          <Notice kind="warning" title={t.seats.soldOut}>
            <p>
              {t.showing.soldOut} <a href={`/shows/${showing.showId}`}>{t.showing.others}</a>
            </p>
          </Notice>
        ) : (
          <Ways {...{ showing, seatMap, views, states, section }} version={availability.version} sent={sent} />
        )}
      </>
    ),
  };
}

function Head(props: { show: Show | undefined; showing: Showing; venue: Venue; views: readonly SectionView[] }) {
  const { show, showing, venue, views } = props;
  const left = (kind: string) => views.reduce((sum, { section, left }) => sum + (section.kind === kind ? left : 0), 0);
  const has = (kind: string) => views.some(({ section }) => section.kind === kind);
  return (
    <div class="showing-head">
      <Poster title={show?.title ?? ""} src={show?.poster ?? ""} eager alt="" />
      <div>
        <h1>{show ? <a href={`/shows/${show.id}`}>{show.title}</a> : t.showing.unnamed}</h1>
        <p class="showing-when">
          {dateText(showing.startsAt, venue.timeZone)} ·{" "}
          <span>
            <TimeOf at={showing.startsAt} timeZone={venue.timeZone} /> {zoneText(showing.startsAt, venue.timeZone)}
          </span>
        </p>
        <p>
          <a href={`/venues/${venue.id}`}>{venue.name}</a>
          <span class="soft">
            {[
              showing.auditorium.name,
              placeName({ name: venue.city, region: venue.region }),
              show?.rating,
              show && show.runningMinutes > 0 && durationText(show.runningMinutes),
            ]
              .filter(Boolean)
              .map((part) => ` · ${part}`)
              .join("")}
          </span>
        </p>
        <p class="showing-left">
          {has("seats") && <strong data-left-all="seats">{t.seatMap.seatsLeft(left("seats"))}</strong>}
          {has("seats") && has("standing") && " · "}
          {has("standing") && <strong data-left-all="standing">{t.seatMap.placesLeft(left("standing"))}</strong>}
        </p>
      </div>
    </div>
  );
}

interface WaysProps {
  showing: Showing;
  seatMap: CompiledSeatMap;
  views: readonly SectionView[];
  states: string;
  /** Chosen by the address, where the map is large. */
  section: string;
  version: number;
  sent: Sent | undefined;
}

function Ways({ showing, seatMap, views, states, section, version, sent }: WaysProps) {
  const formOf = (kind: PickKind) => (sent?.kind === kind ? sent.form : freshForm());
  const large = isLarge(showing);
  const sold = views.filter((view) => view.section.kind === "seats" && view.range);
  const shown = large ? sold.filter((view) => view.section.id === section) : sold;
  const hrefOf = (id: string) => {
    const standing = views.some((view) => view.section.id === id && view.section.kind === "standing");
    return standing ? "#standing" : `${withQuery(`/showings/${showing.id}`, { section: id })}#seats`;
  };
  const data = pickerData(showing, seatMap, views, { version, states, section, chosen: sent && chosenBefore(sent) });
  // What is said of lost seats says more than the refusal's sentence.
  const seatsForm = sent?.lost ? { values: sent.form.values, errors: {} } : formOf("seats");
  return (
    <div class="picker-columns" data-picker={JSON.stringify(data)}>
      {large && <link rel="preload" as="fetch" href={seatMapAddress(showing)} crossorigin="anonymous" />}
      {sent?.lost && <LostSeats {...{ showing, seatMap, states }} {...sent.lost} />}
      {sold.length > 0 && (
        <SeatPicker
          {...{ showing, views, version, states, shown, section, data, hrefOf }}
          map={seatMap.map}
          form={seatsForm}
        />
      )}
      <div class="picker-side stack">
        <SeatTray />
        <BestForm {...{ showing, views, version }} form={formOf("best")} />
        <StandingForm {...{ showing, views, version }} form={formOf("standing")} />
        <p class="soft small">{t.showing.allIn}</p>
      </div>
      <Prices {...{ showing, views }} {...(large ? { hrefOf } : {})} />
    </div>
  );
}

/** What the form had that came back, so that nothing has to be chosen twice. */
function chosenBefore({ kind, form, lost }: Sent): (readonly [string, string])[] | undefined {
  if (lost) return lost.wanted.map(({ seat, tier }) => [seat, tier] as const);
  if (kind !== "seats") return undefined;
  const seats = form.values.all("seat");
  return seats.map((seat) => [seat, form.values.text(`ticket.${seat}`, 40)] as const);
}

function Prices(props: { showing: Showing; views: readonly SectionView[]; hrefOf?: (section: string) => string }) {
  const { showing, views, hrefOf } = props;
  const money = (minor: number) => moneyText(minor, showing.prices.currency);
  const table = (
    <Table
      caption={t.priceTable.title}
      hideCaption
      rows={views}
      keyOf={(view) => view.section.id}
      columns={[
        {
          title: t.priceTable.section,
          head: true,
          cell: ({ section }) => (hrefOf ? <a href={hrefOf(section.id)}>{section.name}</a> : section.name),
        },
        {
          title: t.priceTable.left,
          number: true,
          cell: ({ section, left }) => <span data-left={section.id}>{numberText(left)}</span>,
        },
        ...showing.prices.tiers.map((tier) => ({
          title: tier.name,
          number: true,
          cell: ({ prices }: SectionView) => {
            const found = prices.find((price) => price.tier.id === tier.id);
            return found ? money(found.totalMinor) : "–";
          },
        })),
      ]}
    />
  );
  if (views.length <= sectionsInView) return <Card title={t.priceTable.title}>{table}</Card>;
  return (
    <details class="card">
      <summary class="card-title-summary">{t.priceTable.all(views.length)}</summary>
      {table}
    </details>
  );
}
