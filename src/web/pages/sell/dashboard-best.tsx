// What sells well and what does not: shows, venues and showings by what these days brought, and the emptiest shows to come.

import type { ComponentChildren } from "preact";
import { netOf } from "../../../sales/overview/overview.ts";
import type { Days } from "../../../sales/overview/days.ts";
import type { ShowTotals, SoldTotals } from "../../../store/seller-reports.ts";
import { ButtonLink } from "../../components/buttons.tsx";
import { Table } from "../../components/frames.tsx";
import { t } from "../../messages.ts";
import { numberText, percentText } from "../../numbers.ts";
import { momentText } from "../../times.ts";
import { DashboardCard } from "./dashboard-card.tsx";
import { dashboardAddress } from "./dashboard-choice.ts";
import { csvAddress, roundMoney, type View } from "./dashboard-view.ts";
import { fullness } from "./frame.tsx";
import { ShareBar } from "./sparkline.tsx";

export function BestShows({ view }: { view: View }) {
  const texts = t.dashboard.shows;
  return (
    <Ranking
      view={view}
      title={texts.title}
      head={texts.show}
      lines={view.overview.shows}
      by="show"
      nothing={
        <p>
          {texts.nothing}{" "}
          {view.choice.period !== "month" && (
            <a href={dashboardAddress(view.base, view.choice, { period: "month" })}>{texts.tryMore}</a>
          )}
        </p>
      }
      nameOf={({ key, title }) => <a href={dashboardAddress(view.base, view.choice, { showId: key })}>{title}</a>}
    />
  );
}

export function BestVenues({ view }: { view: View }) {
  return (
    <Ranking
      view={view}
      title={t.dashboard.venues.title}
      head={t.dashboard.venues.venue}
      lines={view.overview.venues}
      by="venue"
      nothing={<p>{t.dashboard.shows.nothing}</p>}
      nameOf={({ key, title }) => <a href={dashboardAddress(view.base, view.choice, { venueId: key })}>{title}</a>}
    />
  );
}

export function BestShowings({ view }: { view: View }) {
  const { base, venues, timeZone } = view;
  return (
    <Ranking
      view={view}
      title={t.dashboard.showings.title}
      head={t.dashboard.showings.showing}
      lines={view.overview.showings}
      by="showing"
      nothing={<p>{t.dashboard.shows.nothing}</p>}
      nameOf={({ key, title, startsAt, venueId }) => {
        const venue = venues.get(venueId ?? "");
        return (
          <>
            <a href={`${base}/showings/${key}`}>{title}</a>
            <When startsAt={startsAt} timeZone={venue?.timeZone ?? timeZone} venue={venues.size > 1 && venue?.name} />
          </>
        );
      }}
    />
  );
}

/** When and where a showing is. */
export function When(props: { startsAt: number | undefined; timeZone: string; venue: string | false | undefined }) {
  const when = props.startsAt === undefined ? undefined : momentText(props.startsAt, props.timeZone);
  return <span class="dash-where">{[when, props.venue].filter(Boolean).join(" · ")}</span>;
}

/** A table with a bar in each line: its part of all revenue. */
function Ranking(props: {
  view: View;
  title: string;
  head: string;
  lines: readonly SoldTotals[];
  by: "show" | "venue" | "showing";
  nothing: ComponentChildren;
  nameOf(line: SoldTotals): ComponentChildren;
}) {
  const { view, title, head, lines, by, nothing, nameOf } = props;
  const whole = netOf(view.overview.total);
  const shareOf = (line: SoldTotals) => (whole <= 0 ? 0 : netOf(line) / whole);
  const most = Math.max(0.0001, ...lines.map(shareOf));
  return (
    <DashboardCard
      title={title}
      {...(lines.length > 0 ? { csv: csvAddress(view, by, "orders", view.choice.days) } : {})}
    >
      {lines.length === 0 ? (
        nothing
      ) : (
        <>
          <Table
            caption={title}
            hideCaption
            rows={lines}
            keyOf={({ key }) => key}
            columns={[
              {
                title: head,
                head: true,
                cell: (line) => (
                  <>
                    {nameOf(line)}
                    <ShareBar share={shareOf(line) / most} text={percentText(shareOf(line))} />
                  </>
                ),
              },
              {
                title: t.dashboard.figures.tickets,
                number: true,
                cell: ({ tickets }) => <data value={tickets}>{numberText(tickets)}</data>,
              },
              {
                title: t.dashboard.figures.net,
                number: true,
                cell: (line) => <data value={netOf(line)}>{roundMoney(netOf(line), view.currency)}</data>,
              },
            ]}
          />
        </>
      )}
    </DashboardCard>
  );
}

/** `days` are those of the showings. */
export function SlowestShows({ view, days }: { view: View; days: Days }) {
  const { base, overview, choice } = view;
  const texts = t.dashboard.slowest;
  const share = ({ tickets, capacity }: ShowTotals) => tickets / capacity;
  return (
    <DashboardCard
      title={texts.title}
      {...(overview.slowest.length > 0 ? { csv: csvAddress(view, "show", "showings", days) } : {})}
    >
      {overview.slowest.length === 0 ? (
        <>
          <p>{texts.nothing}</p>
          {view.maySchedule && (
            <p>
              <ButtonLink href={`${base}/schedule`} kind="quiet">
                {texts.schedule}
              </ButtonLink>
            </p>
          )}
        </>
      ) : (
        <>
          <p class="soft">{texts.lead}</p>
          <Table
            caption={texts.title}
            hideCaption
            rows={overview.slowest}
            keyOf={({ showId }) => showId}
            columns={[
              {
                title: t.dashboard.shows.show,
                head: true,
                cell: (show) => (
                  <>
                    <a href={dashboardAddress(base, choice, { showId: show.showId })}>{show.title}</a>
                    <ShareBar share={share(show)} kind="full" text={fullness(show.tickets, show.capacity)} />
                  </>
                ),
              },
              {
                title: t.dashboard.seats.showings,
                number: true,
                cell: ({ showings }) => <data value={showings}>{numberText(showings)}</data>,
              },
            ]}
          />
        </>
      )}
    </DashboardCard>
  );
}
