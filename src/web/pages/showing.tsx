// A showing: its prices and exact counts, and the ways to take places. The same for everybody at one version of its seats.

import type { CompiledSeatMap, Show, Showing, Venue } from "../../catalogue/model.ts";
import { formatMoney } from "../../domain/money.ts";
import { Refusal, type RefusalCode } from "../../domain/refusals.ts";
import type { Server } from "../../http/server.ts";
import type { Availability } from "../../sales/sales.ts";
import { withQuery } from "../addresses.ts";
import { sendPage, sendShared } from "../answers.ts";
import { Card, Notice, Table } from "../components/frames.tsx";
import { TimeOf } from "../components/moments.tsx";
import { Poster } from "../components/poster.tsx";
import { BestForm, SeatsForm, StandingForm } from "../components/seat-forms.tsx";
import { SectionOverview } from "../components/section-overview.tsx";
import { formValues, freshForm, queryValues, refusedForm, type FormState } from "../form-values.ts";
import { holdInput, pickKind, type PickKind } from "../hold-input.ts";
import type { PageOptions } from "../layout.tsx";
import { t } from "../messages.ts";
import { sectionViews, wholeMapPlaces, type SectionView } from "../seats.ts";
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
}

/** `GET /showings/:id` and `POST /showings/:id/hold` */
export function registerShowing(server: Server, services: PageServices): void {
  server.get<{ Params: { id: string } }>("/showings/:id", async (request, reply) => {
    const showing = await showingOf(services, request.params.id);
    const section = queryValues(request).text("section", 20);
    const availability = await services.sales.availability(showing);
    const key = `showing ${JSON.stringify([showing.id, availability.version, section])}`;
    return sendShared(services, request, reply, { key, freshMs: keepMs, maxAgeS: 0 }, () =>
      drawShowing(services, showing, availability, section),
    );
  });
  server.post<{ Params: { id: string } }>("/showings/:id/hold", async (request, reply) => {
    const showing = await showingOf(services, request.params.id);
    const values = formValues(request);
    try {
      const input = holdInput(values, showing, await services.catalogue.seatMap(showing.seatMapId));
      const hold = await services.sales.hold(input, await services.visitors.customer(request, reply));
      return reply.redirect(`/holds/${hold.id}`, 303);
    } catch (refusal) {
      if (!(refusal instanceof Refusal) || !formRefusals.has(refusal.code)) throw refusal;
      const fields = ["quantity", "section", "maxPrice", refusal.facts.field ?? ""].filter((name) => values.has(name));
      const sent = { kind: pickKind(values), form: refusedForm(values, refusal, fields) };
      const availability = await services.sales.availability(showing);
      const options = await drawShowing(services, showing, availability, values.text("at", 20), sent);
      return sendPage(services, reply, options, refusal.status);
    }
  });
}

async function showingOf({ catalogue }: PageServices, id: string): Promise<Showing> {
  const showing = await catalogue.showing(id);
  if (!showing) throw new Refusal("not_found", t.showing.gone);
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
  if (!venue) throw new Refusal("not_found", t.showing.gone);
  const seatMap = await catalogue.seatMap(showing.seatMapId);
  const views = sectionViews(showing, seatMap, availability);
  const { states } = await sales.seatStates(showing);
  const over = services.clock() >= showing.endsAt;
  const closed = showing.status === "cancelled" ? t.showing.cancelled : over ? t.showing.over : undefined;
  return {
    title: t.showing.title(show?.title ?? t.showing.unnamed, venue.name),
    part: "shows",
    wide: true,
    islands: ["seats"],
    canonical: `${services.publicUrl}/showings/${showing.id}`,
    body: (
      <>
        <Head show={show} showing={showing} venue={venue} free={availability.free} />
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

function Head(props: { show: Show | undefined; showing: Showing; venue: Venue; free: number }) {
  const { show, showing, venue } = props;
  return (
    <div class="showing-head">
      <Poster title={show?.title ?? ""} src={show?.poster ?? ""} eager alt="" />
      <div>
        <h1>{show ? <a href={`/shows/${show.id}`}>{show.title}</a> : t.showing.unnamed}</h1>
        <p class="showing-when">
          {dateText(showing.startsAt, venue.timeZone)}
          <br />
          <TimeOf at={showing.startsAt} timeZone={venue.timeZone} /> {zoneText(showing.startsAt, venue.timeZone)}
        </p>
        <p>
          <a href={`/venues/${venue.id}`}>{venue.name}</a>
          <span class="soft">
            {" "}
            · {showing.auditorium.name} · {placeName({ name: venue.city, region: venue.region })}
          </span>
        </p>
        <p class="soft small">
          {[show?.rating, show && show.runningMinutes > 0 && durationText(show.runningMinutes)]
            .filter(Boolean)
            .join(" · ")}
        </p>
        <p>
          <strong data-left-all>{t.seats.left(props.free)}</strong>
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
  const large = showing.placeCount > wholeMapPlaces;
  const sold = views.filter((view) => view.section.kind === "seats" && view.range);
  const chosen = large ? sold.filter((view) => view.section.id === section) : sold;
  const hrefOf = (id: string) => {
    const standing = views.some((view) => view.section.id === id && view.section.kind === "standing");
    return standing ? "#standing" : `${withQuery(`/showings/${showing.id}`, { section: id })}#seats`;
  };
  return (
    <div class="columns showing-columns">
      <div class="stack">
        <BestForm {...{ showing, views, version }} form={formOf("best")} />
        <StandingForm {...{ showing, views, version }} form={formOf("standing")} />
        <p class="soft small">{t.showing.allIn}</p>
      </div>
      <div class="stack">
        <section class="card" id="seats" aria-labelledby="seats-title">
          <h2 class="card-title" id="seats-title">
            {large ? (chosen[0]?.section.name ?? t.seatMap.chooseSection) : t.seatMap.title}
          </h2>
          {chosen.length > 0 && (
            <SeatsForm
              {...{ showing, views, version, states }}
              form={formOf("seats")}
              shown={chosen}
              stage={seatMap.map.stage.label}
              section={large ? section : undefined}
            />
          )}
          {large && chosen.length > 0 && <h3>{t.seatMap.otherSection}</h3>}
          {large && (
            <SectionOverview
              map={seatMap.map}
              views={views}
              currency={showing.prices.currency}
              current={section}
              hrefOf={hrefOf}
            />
          )}
        </section>
        <Prices {...{ showing, views }} {...(large ? { hrefOf } : {})} />
      </div>
    </div>
  );
}

function Prices(props: { showing: Showing; views: readonly SectionView[]; hrefOf?: (section: string) => string }) {
  const { showing, views, hrefOf } = props;
  const money = (minor: number) => formatMoney(minor, showing.prices.currency);
  const table = (
    <Table
      caption={t.prices.title}
      hideCaption
      rows={views}
      keyOf={(view) => view.section.id}
      columns={[
        {
          title: t.prices.section,
          head: true,
          cell: ({ section }) => (hrefOf ? <a href={hrefOf(section.id)}>{section.name}</a> : section.name),
        },
        {
          title: t.prices.left,
          number: true,
          cell: ({ section, layout, left }) => (
            <span data-left={section.id} data-start={layout.start} data-count={layout.count}>
              {left.toLocaleString(t.locale)}
            </span>
          ),
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
  if (views.length <= sectionsInView) return <Card title={t.prices.title}>{table}</Card>;
  return (
    <details class="card">
      <summary class="card-title-summary">{t.prices.all(views.length)}</summary>
      {table}
    </details>
  );
}
