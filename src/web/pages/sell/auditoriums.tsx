// Auditoriums: made from a few numbers, a template or a drawing of one's own, with a picture of their seats and its versions.

import type { FastifyReply } from "fastify";
import type { OwnAuditorium, OwnVenue } from "../../../catalogue/authoring/authoring.ts";
import type { CompiledSeatMap } from "../../../catalogue/model.ts";
import type { Server } from "../../../http/server.ts";
import { seeOther } from "../../answers.ts";
import { attempt } from "../../attempt.ts";
import { ButtonLink } from "../../components/buttons.tsx";
import { Card, Facts, Table } from "../../components/frames.tsx";
import { freshForm, type FormState } from "../../form-values.ts";
import { t } from "../../messages.ts";
import { PageRefusal } from "../../page-refusal.ts";
import { numberText } from "../../numbers.ts";
import { registerAuditoriumEditor } from "./auditoriums-edit.tsx";
import { AuditoriumForm, auditoriumFields, readAuditorium, sourceOf, usualAuditorium } from "./auditoriums-form.tsx";
import { Versions, type DrawnVersion } from "./auditoriums-versions.tsx";
import { fileForm } from "./form-file.ts";
import { enter, param, sendSellerPage, type SellerPageServices, type Visit } from "./frame.tsx";
import { SeatMapPicture } from "./seat-map-picture.tsx";

/** `GET /sell/:sellerId/venues/:venueId/auditoriums/new`, `…/auditoriums/:auditoriumId`, their forms, and the editor. */
export function registerAuditoriums(server: Server, services: SellerPageServices): void {
  const { authoring } = services;
  server.get("/sell/:sellerId/venues/:venueId/auditoriums/new", async (request, reply) => {
    const visit = await enter(services, request, "list");
    const venue = await authoring.venue(visit.by.sellerId, param(request, "venueId"));
    return drawNew(services, reply, visit, venue, freshForm(usualAuditorium));
  });
  server.post("/sell/:sellerId/venues/:venueId/auditoriums/new", async (request, reply) => {
    const visit = await enter(services, request, "list");
    const venue = await authoring.venue(visit.by.sellerId, param(request, "venueId"));
    const sent = await fileForm(request, "seatMap");
    const tried = await attempt(sent.values, auditoriumFields, async () => {
      const source = await sourceOf(services, visit.by.sellerId, sent);
      if (!source) throw new PageRefusal("invalid_request", t.auditoriums.chooseSource, { field: "template" });
      return authoring.addAuditorium(visit.by, { venueId: venue.id, ...readAuditorium(sent.values), ...source });
    });
    if (!("made" in tried)) return drawNew(services, reply, visit, venue, tried.form, tried.status);
    const made = `${visit.base}/auditoriums/${tried.made.id}`;
    return seeOther(reply, sent.values.text("next") === "draw" ? `${made}/edit` : `${made}?done=added`);
  });
  server.get("/sell/:sellerId/auditoriums/:auditoriumId", async (request, reply) => {
    const visit = await enter(services, request, "list");
    const auditorium = await authoring.auditorium(visit.by.sellerId, param(request, "auditoriumId"));
    return drawOne(services, reply, visit, auditorium, freshForm(formOf(auditorium)));
  });
  server.post("/sell/:sellerId/auditoriums/:auditoriumId", async (request, reply) => {
    const visit = await enter(services, request, "list");
    const auditorium = await authoring.auditorium(visit.by.sellerId, param(request, "auditoriumId"));
    const sent = await fileForm(request, "seatMap");
    const tried = await attempt(sent.values, auditoriumFields, async () =>
      authoring.changeAuditorium(visit.by, auditorium.id, {
        ...readAuditorium(sent.values),
        ...(await sourceOf(services, visit.by.sellerId, sent)),
      }),
    );
    if ("made" in tried) return seeOther(reply, `${visit.base}/auditoriums/${auditorium.id}?done=saved`);
    return drawOne(services, reply, visit, auditorium, tried.form, tried.status);
  });
  registerAuditoriumEditor(server, services);
}

function formOf(auditorium: OwnAuditorium): Record<string, string> {
  const { name, turnaroundMinutes } = auditorium;
  return { ...usualAuditorium, name, turnaroundMinutes: String(turnaroundMinutes), template: "keep" };
}

async function drawNew(
  services: SellerPageServices,
  reply: FastifyReply,
  visit: Visit,
  venue: OwnVenue,
  form: FormState,
  status = 200,
): Promise<FastifyReply> {
  const action = `${visit.base}/venues/${venue.id}/auditoriums/new`;
  const others = await services.authoring.seatMapsInUse(visit.by.sellerId);
  return sendSellerPage(
    services,
    reply,
    visit,
    {
      title: t.auditoriums.addTo(venue.name),
      part: "/venues",
      styles: ["auditoriums"],
      trail: trailTo(visit, venue),
      body: <AuditoriumForm form={form} action={action} others={others} />,
    },
    status,
  );
}

async function drawOne(
  services: SellerPageServices,
  reply: FastifyReply,
  visit: Visit,
  auditorium: OwnAuditorium,
  form: FormState,
  status = 200,
): Promise<FastifyReply> {
  const { authoring } = services;
  const { sellerId } = visit.by;
  const venue = await authoring.venue(sellerId, auditorium.venueId);
  const versions: DrawnVersion[] = [];
  for (const version of await authoring.seatMapVersions(sellerId, auditorium.id)) {
    versions.push({ ...version, compiled: await authoring.seatMap(version.seatMapId) });
  }
  const others = (await authoring.seatMapsInUse(sellerId)).filter(
    ({ seatMapId }) => seatMapId !== auditorium.seatMapId,
  );
  const here = `${visit.base}/auditoriums/${auditorium.id}`;
  const [current] = versions;
  return sendSellerPage(
    services,
    reply,
    visit,
    {
      title: `${auditorium.name}, ${venue.name}`,
      part: "/venues",
      styles: ["auditoriums"],
      trail: trailTo(visit, venue),
      actions: <ButtonLink href={`${here}/edit`}>{t.auditoriums.edit}</ButtonLink>,
      body: (
        <>
          {current && <Drawing compiled={current.compiled} auditorium={auditorium} />}
          <Versions versions={versions} editHref={`${here}/edit`} timeZone={venue.timeZone} />
          <Card title={t.auditoriums.change} id="change">
            <AuditoriumForm form={form} action={here} others={others} keep />
          </Card>
        </>
      ),
    },
    status,
  );
}

function trailTo(visit: Visit, venue: OwnVenue) {
  return [
    { href: `${visit.base}/venues`, text: t.auditoriums.venues },
    { href: `${visit.base}/venues/${venue.id}`, text: venue.name },
  ];
}

function Drawing({ compiled, auditorium }: { compiled: CompiledSeatMap; auditorium: OwnAuditorium }) {
  const { map, layout } = compiled;
  const texts = t.auditoriums;
  return (
    <div class="sell-columns">
      <Card title={texts.seats}>
        <SeatMapPicture map={map} label={texts.picture(auditorium.name, auditorium.placeCount)} />
      </Card>
      <Card title={texts.sections}>
        <Facts items={[{ name: texts.placeCount, value: numberText(layout.placeCount) }]} />
        <Table
          caption={texts.sections}
          hideCaption
          rows={layout.sections}
          keyOf={(section) => section.id}
          columns={[
            { title: texts.section, head: true, cell: (section) => section.id },
            { title: texts.sectionName, cell: (section) => section.name },
            { title: texts.kind, cell: (section) => texts.kinds[section.kind] },
            { title: texts.placeCount, number: true, cell: (section) => numberText(section.count) },
          ]}
        />
      </Card>
    </div>
  );
}
