// `/sell/<seller>`: what was sold today and in the last days, by show, and how full the coming showings are.

import { formatMoney } from "../../../domain/money.ts";
import type { Server } from "../../../http/server.ts";
import type { ShowingTotals, ShowTotals, Totals } from "../../../store/seller-reports.ts";
import { withQuery } from "../../addresses.ts";
import { ButtonLink } from "../../components/buttons.tsx";
import { Card, Empty, Figures, Table } from "../../components/frames.tsx";
import { addDays, dayOf, dayTexts, momentText, timeText } from "../../times.ts";
import { enter, fullness, sellerTimeZone, sendSellerPage, type SellerPageServices, type Visit } from "./frame.tsx";
import { Sparkline } from "./sparkline.tsx";

const daysBack = 14;
// A chain has hundreds of thousands of showings a day: a week of them is what a page can count.
const daysAhead = 7;
const comingShowings = 25;
/** Nothing is scheduled further ahead than a year at a time. */
const horizonMs = 800 * 86_400_000;

interface DayLine extends Totals {
  day: string;
}

interface Overview {
  timeZone: string;
  now: number;
  days: readonly DayLine[];
  shows: readonly ShowTotals[];
  coming: readonly ShowingTotals[];
}

/** `GET /sell/:sellerId` */
export function registerDashboard(server: Server, services: SellerPageServices): void {
  server.get("/sell/:sellerId", async (request, reply) => {
    const visit = await enter(services, request, "sales");
    const overview = await read(services, visit);
    const { timeZone, now } = overview;
    return sendSellerPage(services, reply, visit, {
      title: visit.seller.name,
      part: "",
      lead: `As of ${timeText(now, timeZone)} (${timeZone}). Load the page again for the newest figures.`,
      actions: visit.can("list") && <ButtonLink href={`${visit.base}/shows/new`}>List a show</ButtonLink>,
      body: <Body visit={visit} overview={overview} />,
    });
  });
}

async function read(services: SellerPageServices, { by }: Visit): Promise<Overview> {
  const { reports, clock } = services;
  const now = clock();
  const timeZone = await sellerTimeZone(services, by.sellerId);
  const today = dayOf(now, timeZone);
  const begin = (day: string) => Temporal.PlainDate.from(day).toZonedDateTime(timeZone).epochMilliseconds;
  const quarters = await reports.quarters(by.sellerId, {
    from: begin(addDays(today, 1 - daysBack)),
    until: begin(addDays(today, 1)),
  });
  const days = Array.from({ length: daysBack }, (_, index) => {
    const line = { day: addDays(today, index + 1 - daysBack), orders: 0, tickets: 0, grossMinor: 0, refundedMinor: 0 };
    for (const quarter of quarters) {
      if (dayOf(quarter.at, timeZone) !== line.day) continue;
      line.orders += quarter.orders;
      line.tickets += quarter.tickets;
      line.grossMinor += quarter.grossMinor;
      line.refundedMinor += quarter.refundedMinor;
    }
    return line;
  });
  const ahead = { from: begin(today), until: begin(addDays(today, daysAhead)) };
  const { items } = await reports.byShowing(
    by.sellerId,
    { from: now, until: now + horizonMs },
    { limit: comingShowings },
  );
  return { timeZone, now, days, shows: await reports.byShow(by.sellerId, ahead), coming: items };
}

function Body({ visit, overview }: { visit: Visit; overview: Overview }) {
  const { days, shows, coming } = overview;
  const today = days.at(-1) ?? { orders: 0, tickets: 0, grossMinor: 0, refundedMinor: 0 };
  const net = days.reduce((sum, day) => sum + netOf(day), 0);
  const money = (minor: number) => formatMoney(minor, visit.seller.currency);
  if (shows.length === 0 && net === 0 && coming.length === 0) return <FirstSteps visit={visit} />;
  return (
    <>
      <Figures
        items={[
          { name: "Tickets today", value: today.tickets.toLocaleString("en-US") },
          { name: "Sales today", value: money(netOf(today)), note: "after refunds" },
          { name: "Orders today", value: today.orders.toLocaleString("en-US") },
          { name: `Sales in ${daysBack} days`, value: money(net), note: "after refunds" },
        ]}
      />
      <div class="sell-columns">
        <LastDays visit={visit} overview={overview} />
        <ComingShows visit={visit} overview={overview} />
      </div>
      <ComingShowings visit={visit} overview={overview} />
    </>
  );
}

function netOf(totals: Totals): number {
  return totals.grossMinor - totals.refundedMinor;
}

/** The address of a report as CSV. */
function csvOf({ seller }: Visit, by: string, from: string, to: string, timeZone: string): string {
  return withQuery(`/api/v1/sellers/${seller.id}/sales.csv`, { by, from, to, timeZone });
}

type Part = { visit: Visit; overview: Overview };

function LastDays({ visit, overview: { days, timeZone } }: Part) {
  const money = (minor: number) => formatMoney(minor, visit.seller.currency);
  return (
    <Card title="Last days">
      <Sparkline values={days.map((day) => day.tickets)} label={`Tickets a day in the last ${daysBack} days`} />
      <Table
        caption="Sales by day"
        hideCaption
        rows={days.toReversed()}
        keyOf={(day) => day.day}
        columns={[
          { title: "Day", head: true, cell: ({ day }) => `${dayTexts(day).weekday}, ${dayTexts(day).day}` },
          { title: "Tickets", number: true, cell: (day) => day.tickets.toLocaleString("en-US") },
          { title: "Gross", number: true, cell: (day) => money(day.grossMinor) },
          { title: "Refunds", number: true, cell: (day) => money(day.refundedMinor) },
          { title: "Net", number: true, cell: (day) => money(netOf(day)) },
        ]}
      />
      <p>
        <a href={csvOf(visit, "day", days[0]?.day ?? "", days.at(-1)?.day ?? "", timeZone)}>Days as CSV</a>
      </p>
    </Card>
  );
}

function ComingShows({ visit, overview: { shows, timeZone, now } }: Part) {
  const money = (minor: number) => formatMoney(minor, visit.seller.currency);
  const today = dayOf(now, timeZone);
  const csv = (by: string) => csvOf(visit, by, today, addDays(today, daysAhead - 1), timeZone);
  return (
    <Card title={`Shows of the next ${daysAhead} days`}>
      <Table
        caption="Sales by show"
        hideCaption
        rows={shows}
        keyOf={(show) => show.showId}
        columns={[
          {
            title: "Show",
            head: true,
            cell: (show) => <a href={`${visit.base}/showings?show=${show.showId}`}>{show.title}</a>,
          },
          { title: "Showings", number: true, cell: (show) => show.showings.toLocaleString("en-US") },
          { title: "Sold", number: true, cell: (show) => fullness(show.tickets, show.capacity) },
          { title: "Net", number: true, cell: (show) => money(netOf(show)) },
        ]}
      />
      <p>
        <a href={csv("show")}>Shows as CSV</a> · <a href={csv("showing")}>Showings as CSV</a>
      </p>
    </Card>
  );
}

function ComingShowings({ visit, overview: { coming, timeZone } }: Part) {
  return (
    <Card title="Next showings">
      <Table
        caption="Next showings"
        hideCaption
        rows={coming}
        keyOf={(showing) => showing.showingId}
        columns={[
          {
            title: "Showing",
            head: true,
            cell: (showing) => (
              <a href={`${visit.base}/showings/${showing.showingId}`}>
                {momentText(showing.startsAt, timeZone)}, {showing.title}
              </a>
            ),
          },
          { title: "Sold", number: true, cell: (showing) => fullness(showing.tickets, showing.capacity) },
          { title: "Net", number: true, cell: (showing) => formatMoney(netOf(showing), visit.seller.currency) },
        ]}
      />
    </Card>
  );
}

function FirstSteps({ visit: { base, can } }: { visit: Visit }) {
  return (
    <Empty title="Nothing is on sale yet">
      {can("list") && (
        <ol class="steps">
          <li>
            <a href={`${base}/venues/new`}>Add a venue</a> and its auditoriums
          </li>
          <li>
            <a href={`${base}/shows/new`}>List a show</a>
          </li>
          <li>
            <a href={`${base}/prices`}>Set prices</a>
          </li>
          <li>
            <a href={`${base}/schedule`}>Schedule showings</a> and publish them
          </li>
        </ol>
      )}
    </Empty>
  );
}
