// The page of the auditorium editor: what the editor begins with, and what its changes mean for showings. The editor itself is a
// script; without one the form of the auditorium does the essentials.

import type { OwnAuditorium, OwnVenue, SeatMapVersion } from "../../../catalogue/authoring/authoring.ts";
import { Refusal } from "../../../domain/refusals.ts";
import type { SeatMap } from "../../../domain/seat-map.ts";
import type { Server } from "../../../http/server.ts";
import { sendPage } from "../../answers.ts";
import { Notice, PageHead } from "../../components/frames.tsx";
import type { EditorData } from "../../editor/page-data.ts";
import { queryValues } from "../../form-values.ts";
import { jsonInMarkup } from "../../layout.tsx";
import { t } from "../../messages.ts";
import { enter, param, type SellerPageServices, type Visit } from "./frame.tsx";

/** `GET /sell/:sellerId/auditoriums/:auditoriumId/edit`; `?from=` begins with an earlier version. */
export function registerAuditoriumEditor(server: Server, services: SellerPageServices): void {
  const { authoring } = services;
  server.get("/sell/:sellerId/auditoriums/:auditoriumId/edit", async (request, reply) => {
    const visit = await enter(services, request, "list");
    const { sellerId } = visit.by;
    const auditorium = await authoring.auditorium(sellerId, param(request, "auditoriumId"));
    const venue = await authoring.venue(sellerId, auditorium.venueId);
    const versions = await authoring.seatMapVersions(sellerId, auditorium.id);
    const wanted = queryValues(request).text("from", 64);
    if (wanted !== "" && !versions.some(({ seatMapId }) => seatMapId === wanted)) throw new Refusal("not_found");
    const { map } = await authoring.seatMap(auditorium.seatMapId);
    const from = wanted === "" ? undefined : (await authoring.seatMap(wanted)).map;
    const data = await dataFor(services, visit, auditorium, map, from);
    return sendPage(services, reply, {
      title: t.auditoriums.editTitle(auditorium.name),
      part: "sell",
      private: true,
      wide: true,
      bleed: true,
      address: visit.address,
      islands: ["editor"],
      styles: ["editor"],
      body: <EditorPage {...{ visit, auditorium, venue, versions, data }} />,
    });
  });
}

async function dataFor(
  { authoring }: SellerPageServices,
  { by: { sellerId }, base }: Visit,
  auditorium: OwnAuditorium,
  seatMap: SeatMap,
  from: SeatMap | undefined,
): Promise<EditorData> {
  const { id, name, seatMapId } = auditorium;
  const inUse = await authoring.seatMapsInUse(sellerId);
  return {
    address: `/api/v1/sellers/${sellerId}/auditoriums/${id}`,
    auditoriumId: id,
    name,
    seatMapId,
    seatMap,
    ...(from ? { from } : {}),
    pricesHref: `${base}/prices/new/${id}`,
    others: inUse
      .filter((other) => other.seatMapId !== seatMapId)
      .map((other) => ({
        auditoriumId: other.auditoriumId,
        name: t.auditoriums.inUse(other.name, t.auditoriums.places(other.placeCount), other.auditoriums),
      })),
  };
}

function EditorPage(props: {
  visit: Visit;
  auditorium: OwnAuditorium;
  venue: OwnVenue;
  versions: readonly SeatMapVersion[];
  data: EditorData;
}) {
  const { visit, auditorium, venue, versions, data } = props;
  const texts = t.auditoriums;
  const here = `${visit.base}/auditoriums/${auditorium.id}`;
  return (
    <div class="editor-page">
      <PageHead
        title={texts.editTitle(auditorium.name)}
        trail={[
          { href: visit.base, text: visit.seller.name },
          { href: `${visit.base}/venues/${venue.id}`, text: venue.name },
          { href: here, text: auditorium.name },
        ]}
      />
      <Uses versions={versions} href={`${here}#versions`} />
      <div class="editor-holder" data-editor="closed">
        <noscript>
          <Notice kind="warning" title={texts.needsScript}>
            <p>
              <a href={`${here}#change`}>{texts.withoutScript}</a>
            </p>
          </Notice>
        </noscript>
        <p class="editor-opening" aria-hidden="true">
          {texts.opening}
        </p>
      </div>
      <script type="application/json" id="editor-data" dangerouslySetInnerHTML={{ __html: jsonInMarkup(data) }} />
    </div>
  );
}

/** What saving will mean: showings keep what they have. */
function Uses({ versions, href }: { versions: readonly SeatMapVersion[]; href: string }) {
  const texts = t.auditoriums;
  const [current, ...others] = versions;
  const [now, before] = [current?.toCome ?? 0, others.reduce((sum, version) => sum + version.toCome, 0)];
  if (now + before === 0) return null;
  return (
    <p class="editor-uses">
      {[now > 0 && texts.editUsed(now), before > 0 && texts.editOthers(before)].filter(Boolean).join(" ")}{" "}
      <a href={href}>{texts.allVersions}</a>
    </p>
  );
}
