// One venue with what it shows on a day.

import type { Show, Showing, Venue } from "../../catalogue/model.ts";
import type { Server } from "../../http/server.ts";
import { withQuery } from "../addresses.ts";
import { sendShared } from "../answers.ts";
import { Empty, PageHead } from "../components/frames.tsx";
import { DayStrip } from "../components/moments.tsx";
import { Poster } from "../components/poster.tsx";
import { Showtimes } from "../components/showtimes.tsx";
import { queryValues } from "../form-values.ts";
import type { PageOptions } from "../layout.tsx";
import { t } from "../messages.ts";
import { PageRefusal } from "../page-refusal.ts";
import type { PageServices } from "../services.ts";
import { siteOf, venuePageData } from "../structured-data.ts";
import { dayOf, dayTexts, durationText, isDay } from "../times.ts";
import { placeName } from "../where.ts";

const stripDays = 14;
/** Shows of a day at first: fifty films fill forty screens of a phone. */
const showsAtFirst = 12;

interface Wanted {
  venue: Venue;
  on?: string;
  /** Every show, not only the first ones. */
  all: boolean;
}

/** A show's showings of the day that are to come. */
interface ShowTimes {
  show: Show | undefined;
  showings: readonly Showing[];
}

/** `GET /venues/:id` */
export function registerVenue(server: Server, services: PageServices): void {
  server.get<{ Params: { id: string } }>("/venues/:id", (request, reply) => {
    const venue = services.catalogue.venue(request.params.id);
    if (!venue) throw new PageRefusal("not_found", t.venue.gone);
    const values = queryValues(request);
    const on = values.text("on");
    const wanted = { venue, ...(isDay(on) ? { on } : {}), all: values.has("all") };
    const key = `venue ${JSON.stringify([venue.id, wanted.on, wanted.all])}`;
    return sendShared(services, request, reply, { key, freshMs: 1_000, maxAgeS: 1 }, () => drawVenue(services, wanted));
  });
}

async function drawVenue(services: PageServices, { venue, on, all }: Wanted): Promise<PageOptions> {
  const { catalogue, sales } = services;
  const now = services.clock();
  const days = catalogue.daysOfVenue(venue.id, now);
  const today = dayOf(now, venue.timeZone);
  const day = on ?? (days.includes(today) ? today : (days[0] ?? today));
  const shows = showsOf(services, await catalogue.showingsOfVenue(venue.id, day), now);
  const shown = all ? shows : shows.slice(0, showsAtFirst);
  const showings = shown.flatMap((entry) => entry.showings);
  const left = await sales.freeOf(showings);
  const free = new Map(showings.map(({ id, placeCount }, index) => [id, left[index] ?? placeCount]));
  const address = [venue.address, placeName({ name: venue.city, region: venue.region })].filter(Boolean).join(", ");
  const hrefOf = (other: string | undefined, more?: "yes") =>
    withQuery(`/venues/${venue.id}`, { on: other, all: more });
  const next = days.find((other) => other > day);
  return {
    title: venue.name,
    address: hrefOf(on, all ? "yes" : undefined),
    canonical: `${services.publicUrl}/venues/${venue.id}`,
    description: `${venue.name}, ${address}`,
    part: "venues",
    wide: true,
    data: venuePageData(siteOf(services), venue),
    body: (
      <>
        <PageHead
          title={venue.name}
          trail={[{ href: "/venues", text: t.venue.title }]}
          lead={<Address venue={venue} address={address} />}
        />
        <DayStrip days={days.slice(0, stripDays)} current={day} today={today} hrefOf={hrefOf} />
        {shown.length === 0 ? (
          <Empty title={t.venue.nothing(dayTexts(day).long)}>
            {next && (
              <p class="actions">
                <a class="button button-main" href={hrefOf(next)}>
                  {t.home.tryDay(dayTexts(next).long)}
                </a>
              </p>
            )}
          </Empty>
        ) : (
          shown.map((entry, index) => (
            <AtVenue key={entry.showings[0]?.showId} {...entry} {...{ venue, free, now }} eager={index < 3} />
          ))
        )}
        {shows.length > shown.length && (
          <p class="more">
            <a class="button button-quiet" href={hrefOf(on, "yes")}>
              {t.venue.all(shows.length)}
            </a>
          </p>
        )}
        <p class="soft small">{t.venue.soldBy(venue.sellerName)}</p>
      </>
    ),
  };
}

/** By show, the most popular first. */
function showsOf({ catalogue }: PageServices, showings: readonly Showing[], now: number): ShowTimes[] {
  const byShow = Map.groupBy(
    showings.filter((showing) => showing.startsAt > now),
    (showing) => showing.showId,
  );
  return [...byShow]
    .map(([showId, toCome]) => ({ show: catalogue.show(showId), showings: toCome }))
    .toSorted((a, b) => (b.show?.popularity ?? 0) - (a.show?.popularity ?? 0));
}

function Address({ venue, address }: { venue: Venue; address: string }) {
  const map = withQuery("https://www.openstreetmap.org/", { mlat: venue.latitude, mlon: venue.longitude });
  return (
    <>
      {address} ·{" "}
      <a href={map} rel="noopener noreferrer external">
        {t.venue.map}
      </a>
    </>
  );
}

function AtVenue(props: ShowTimes & { venue: Venue; free: ReadonlyMap<string, number>; now: number; eager: boolean }) {
  const { show, showings, venue, free, now } = props;
  const facts = show && [show.rating, show.runningMinutes > 0 && durationText(show.runningMinutes)];
  return (
    <article class="venue-show">
      <Poster
        title={show?.title ?? ""}
        src={show?.poster ?? ""}
        alt=""
        eager={props.eager}
        {...(show ? { morph: show.id } : {})}
      />
      <div>
        <h2>{show ? <a href={`/shows/${show.id}`}>{show.title}</a> : t.venue.unknownShow}</h2>
        {facts && <p class="soft small">{facts.filter(Boolean).join(" · ")}</p>}
        <Showtimes
          showings={showings}
          free={showings.map((showing) => free.get(showing.id) ?? showing.placeCount)}
          timeZone={venue.timeZone}
          now={now}
          auditorium
        />
      </div>
    </article>
  );
}
