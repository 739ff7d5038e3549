// The next showings, with how full they are.

import { netOf } from "../../../sales/overview/overview.ts";
import { withQuery } from "../../addresses.ts";
import { ButtonLink } from "../../components/buttons.tsx";
import { Table } from "../../components/frames.tsx";
import { t } from "../../messages.ts";
import { When } from "./dashboard-best.tsx";
import { DashboardCard } from "./dashboard-card.tsx";
import { roundMoney, type View } from "./dashboard-view.ts";
import { fullness } from "./frame.tsx";
import { ShareBar } from "./sparkline.tsx";

const shareOf = (tickets: number, capacity: number) => (capacity === 0 ? 0 : tickets / capacity);

export function ComingShowings({ view, venueOf }: { view: View; venueOf: ReadonlyMap<string, string> }) {
  const { base, overview, choice, venues, timeZone } = view;
  const texts = t.dashboard.coming;
  const venue = (auditoriumId: string) => venues.get(venueOf.get(auditoriumId) ?? "");
  return (
    <DashboardCard title={texts.title}>
      {overview.coming.length === 0 ? (
        <>
          <p>{texts.nothing}</p>
          {view.maySchedule && (
            <p>
              <ButtonLink href={withQuery(`${base}/schedule`, { show: choice.showId })} kind="quiet">
                {t.dashboard.slowest.schedule}
              </ButtonLink>
            </p>
          )}
        </>
      ) : (
        <>
          <Table
            caption={texts.title}
            hideCaption
            rows={overview.coming}
            keyOf={({ showingId }) => showingId}
            columns={[
              {
                title: texts.showing,
                head: true,
                cell: ({ showingId, title, startsAt, auditoriumId, tickets, capacity }) => (
                  <>
                    <a href={`${base}/showings/${showingId}`}>{title}</a>
                    <When
                      startsAt={startsAt}
                      timeZone={venue(auditoriumId)?.timeZone ?? timeZone}
                      venue={venues.size > 1 && venue(auditoriumId)?.name}
                    />
                    <ShareBar share={shareOf(tickets, capacity)} kind="full" text={fullness(tickets, capacity)} />
                  </>
                ),
              },
              {
                title: texts.net,
                number: true,
                cell: (line) => <data value={netOf(line)}>{roundMoney(netOf(line), view.currency)}</data>,
              },
            ]}
          />
          {overview.more && (
            <p class="dash-all">
              <a href={withQuery(`${base}/showings`, { show: choice.showId, venue: choice.venueId })}>{texts.all}</a>
            </p>
          )}
        </>
      )}
    </DashboardCard>
  );
}
