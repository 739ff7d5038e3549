// `/sell/<seller>`: what was sold today and over days, by show, venue and showing, how full the showings are and which come next.
// The figures move as tickets sell: islands/dashboard.ts asks `/sell/<seller>/live` for them again.

import type { FastifyReply, FastifyRequest } from "fastify";
import { renderToString } from "preact-render-to-string";
import type { OwnShow, OwnVenue } from "../../../catalogue/authoring/authoring.ts";
import { addDays, dateAt } from "../../../catalogue/authoring/venue-clock.ts";
import type { Server } from "../../../http/server.ts";
import type { Overview } from "../../../sales/overview/overview.ts";
import { ButtonLink } from "../../components/buttons.tsx";
import { Empty } from "../../components/frames.tsx";
import { queryValues, type FormState } from "../../form-values.ts";
import { t } from "../../messages.ts";
import { BestShowings, BestShows, BestVenues, SlowestShows } from "./dashboard-best.tsx";
import { dashboardAddress, readChoice } from "./dashboard-choice.ts";
import { ComingShowings } from "./dashboard-coming.tsx";
import { DaysFigures, TodayFigures } from "./dashboard-figures.tsx";
import { DashboardFilters } from "./dashboard-filters.tsx";
import { SalesOverTime } from "./dashboard-sales.tsx";
import { FullShowings } from "./dashboard-seats.tsx";
import { clockText, daysText, type View } from "./dashboard-view.ts";
import { StepsCard } from "./first-steps.tsx";
import { commonTimeZone, enter, sendSellerPage, type SellerPageServices, type Visit } from "./frame.tsx";

interface Reading {
  view: View;
  form: FormState;
  today: string;
  shows: readonly OwnShow[];
  venues: readonly OwnVenue[];
  /** Of the auditoriums of coming showings, by id. */
  venueOf: ReadonlyMap<string, string>;
  freshUntil: number;
}

/** `GET /sell/:sellerId`, and `…/live`: its figures alone. */
export function registerDashboard(server: Server, services: SellerPageServices): void {
  server.get("/sell/:sellerId", async (request, reply) => {
    const visit = await enter(services, request, "sales");
    return visit.firstSteps ? drawBeginning(services, reply, visit) : draw(services, request, reply, visit);
  });
  server.get("/sell/:sellerId/live", async (request, reply) => {
    const visit = await enter(services, request, "sales");
    const reading = await read(services, request, visit);
    const { view, freshUntil } = reading;
    const { choice, overview } = view;
    // Not part of what is compared: figures that are the same are not sent again, but it is said when they were read.
    void reply.header("x-figures-at", String(overview.asOf));
    void reply.header("x-figures-next", String(Math.max(0, freshUntil - services.clock())));
    const key = ["figures", t.language, visit.base, dashboardAddress("", choice), choice.days.to, view.maySchedule];
    return services.cache.serve(request, reply, key.join(" "), async () => ({
      body: renderToString(<Figures {...reading} />),
      contentType: "text/html; charset=utf-8",
      language: t.language,
      cacheControl: "private, no-cache",
      freshMs: Math.max(0, freshUntil - services.clock()),
    }));
  });
}

async function read(services: SellerPageServices, request: FastifyRequest, visit: Visit): Promise<Reading> {
  const { authoring, overviews, clock } = services;
  const { sellerId } = visit.by;
  const values = queryValues(request);
  const [shows, venues] = await Promise.all([authoring.shows(sellerId), authoring.venues(sellerId)]);
  const chosen = venues.find(({ id }) => id === values.text("venue", 64));
  const timeZone = chosen?.timeZone ?? commonTimeZone(venues);
  const today = dateAt(clock(), timeZone);
  const { choice, form } = readChoice(values, today, {
    isShow: (id) => shows.some((show) => show.id === id),
    isVenue: (id) => id !== "" && id === chosen?.id,
  });
  const { days, seats, showId, venueId } = choice;
  const filter = { ...(showId === undefined ? {} : { showId }), ...(venueId === undefined ? {} : { venueId }) };
  const { overview, freshUntil } = await overviews.read({ sellerId, timeZone, days, filter, seats });
  const rooms = [...new Set(overview.coming.map(({ auditoriumId }) => auditoriumId))];
  const auditoriums = await authoring.auditoriumsById(sellerId, rooms);
  return {
    view: {
      base: visit.base,
      sellerId,
      currency: visit.seller.currency,
      timeZone,
      choice,
      overview,
      venues: new Map(venues.map((venue) => [venue.id, venue])),
      maySchedule: visit.can("schedule"),
    },
    form,
    today,
    shows,
    venues,
    venueOf: new Map(auditoriums.map(({ id, venueId }) => [id, venueId])),
    freshUntil,
  };
}

/** Nothing was ever on sale: the way there, instead of figures that are all nothing. */
function drawBeginning(services: SellerPageServices, reply: FastifyReply, visit: Visit): FastifyReply {
  return sendSellerPage(services, reply, visit, {
    title: t.dashboard.title,
    part: "",
    saysSteps: true,
    body: visit.firstSteps && <StepsCard base={visit.base} steps={visit.firstSteps} />,
  });
}

async function draw(services: SellerPageServices, request: FastifyRequest, reply: FastifyReply, visit: Visit) {
  const reading = await read(services, request, visit);
  const { view, form, today, shows, venues } = reading;
  const { choice, overview } = view;
  const status = Object.keys(form.errors).length > 0 ? 400 : 200;
  return sendSellerPage(
    services,
    reply,
    visit,
    {
      title: t.dashboard.title,
      part: "",
      actions: visit.can("list") && (
        <ButtonLink href={`${visit.base}/shows/new`} kind="quiet">
          {t.dashboard.listShow}
        </ButtonLink>
      ),
      islands: ["dashboard"],
      styles: ["dashboard"],
      body: isNothing(overview) ? (
        <Empty title={t.firstSteps.waiting}>
          <p>{t.firstSteps.waitingLead}</p>
        </Empty>
      ) : (
        <>
          <LiveLine view={view} />
          <DashboardFilters base={visit.base} {...{ choice, form, today, shows, venues }} />
          <div
            class="dash"
            data-live={dashboardAddress(`${visit.base}/live`, choice)}
            data-next={Math.max(0, reading.freshUntil - services.clock())}
          >
            <Figures {...reading} />
          </div>
        </>
      ),
    },
    status,
  );
}

/** Whoever may not begin, of a seller who never did. */
function isNothing({ total, totalBefore, coming, heat, slowest }: Overview): boolean {
  return total.orders + totalBefore.orders + coming.length + heat.length + slowest.length === 0;
}

/** Said by the server, and kept true by the island, which has the same sentences with `{time}` for the time. */
function LiveLine({ view: { overview, timeZone } }: { view: View }) {
  const texts = t.dashboard.live;
  return (
    <div class="dash-live">
      <p
        data-live-line
        data-at={overview.asOf}
        data-zone={timeZone}
        data-locale={t.locale}
        data-on={texts.on("{time}")}
        data-paused={texts.paused("{time}")}
        data-lost={texts.lost("{time}")}
        data-ended={texts.ended("{time}")}
        data-back={texts.back}
      >
        {texts.still(clockText(overview.asOf, timeZone))}
      </p>
      <button
        type="button"
        class="button button-quiet button-small"
        data-live-pause
        data-pause={texts.pause}
        data-resume={texts.resume}
        hidden
      >
        {texts.pause}
      </button>
      <p class="unseen" role="status" data-live-said />
      <p class="soft dash-clock">{t.dashboard.clock(timeZone)}</p>
    </div>
  );
}

function Figures({ view, today, venues, venueOf }: Reading) {
  const { choice } = view;
  const days =
    choice.seats === "ahead"
      ? { from: today, to: addDays(today, 6) }
      : { from: addDays(today, -28), to: addDays(today, -1) };
  return (
    <>
      {choice.period !== "day" && <TodayFigures view={view} />}
      <DaysFigures view={view} title={daysText(choice.days)} />
      <SalesOverTime view={view} />
      <div class="dash-pair">
        <div class="dash-column">
          {choice.showId === undefined && <BestShows view={view} />}
          {choice.showId === undefined && <SlowestShows view={view} days={{ from: today, to: addDays(today, 6) }} />}
        </div>
        <div class="dash-column">
          {choice.venueId === undefined && venues.length > 1 && <BestVenues view={view} />}
          <BestShowings view={view} />
        </div>
      </div>
      <div id="dash-seats">
        <FullShowings view={view} days={days} />
      </div>
      <ComingShowings view={view} venueOf={venueOf} />
    </>
  );
}
