// Auditoriums: made from a template or from a drawing of one's own, with a picture of their seats.

import type { FastifyReply } from "fastify";
import type { OwnAuditorium, OwnVenue, SeatMapSource } from "../../../catalogue/authoring/authoring.ts";
import type { CompiledSeatMap } from "../../../catalogue/model.ts";
import { Refusal } from "../../../domain/refusals.ts";
import { seatMapTemplates } from "../../../domain/templates.ts";
import type { Server } from "../../../http/server.ts";
import { seeOther } from "../../answers.ts";
import { attempt } from "../../attempt.ts";
import { Button } from "../../components/buttons.tsx";
import { Field, FormMessage, Radios } from "../../components/fields.tsx";
import { Card, Facts, Table } from "../../components/frames.tsx";
import { freshForm, type FormState, type FormValues } from "../../form-values.ts";
import { fileForm, type FileForm } from "./form-file.ts";
import { enter, param, sendSellerPage, type SellerPageServices, type Visit } from "./frame.tsx";
import { SeatMapPicture } from "./seat-map-picture.tsx";

const fields = ["name", "turnaroundMinutes", "template", "seatMap"];

/** `GET /sell/:sellerId/venues/:venueId/auditoriums/new`, `…/auditoriums/:auditoriumId` and their forms. */
export function registerAuditoriums(server: Server, services: SellerPageServices): void {
  const { authoring } = services;
  const fresh = { turnaroundMinutes: "20", template: "small-cinema" };
  server.get("/sell/:sellerId/venues/:venueId/auditoriums/new", async (request, reply) => {
    const visit = await enter(services, request, "list");
    const venue = await authoring.venue(visit.by.sellerId, param(request, "venueId"));
    return drawNew(services, reply, visit, venue, freshForm(fresh));
  });
  server.post("/sell/:sellerId/venues/:venueId/auditoriums/new", async (request, reply) => {
    const visit = await enter(services, request, "list");
    const venue = await authoring.venue(visit.by.sellerId, param(request, "venueId"));
    const sent = await fileForm(request, "seatMap");
    const tried = await attempt(sent.values, fields, () => {
      const source = sourceOf(sent);
      if (!source) throw new Refusal("invalid_request", "Choose where the seats come from.", { field: "template" });
      return authoring.addAuditorium(visit.by, { venueId: venue.id, ...readFields(sent.values), ...source });
    });
    if ("made" in tried) return seeOther(reply, `${visit.base}/auditoriums/${tried.made.id}?done=added`);
    return drawNew(services, reply, visit, venue, tried.form, tried.status);
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
    const tried = await attempt(sent.values, fields, async () =>
      authoring.changeAuditorium(visit.by, auditorium.id, { ...readFields(sent.values), ...sourceOf(sent) }),
    );
    if ("made" in tried) return seeOther(reply, `${visit.base}/auditoriums/${auditorium.id}?done=saved`);
    return drawOne(services, reply, visit, auditorium, tried.form, tried.status);
  });
}

function readFields(values: FormValues) {
  return { name: values.text("name"), turnaroundMinutes: values.whole("turnaroundMinutes") ?? Number.NaN };
}

/** Where the seats come from; undefined to leave them as they are. */
function sourceOf({ values, file, tooLarge }: FileForm & { tooLarge?: Refusal }): SeatMapSource | undefined {
  if (tooLarge) throw tooLarge;
  const chosen = values.text("template", 30);
  if (chosen === "" || chosen === "keep") return undefined;
  if (chosen !== "own") {
    const template = seatMapTemplates.find(({ kind }) => kind === chosen);
    if (!template) throw new Refusal("invalid_request", "Choose one of the templates.", { field: "template" });
    return { template: template.kind };
  }
  if (!file) throw new Refusal("invalid_request", "Choose the file with your seat map.", { field: "seatMap" });
  try {
    return { seatMap: JSON.parse(file.toString("utf8")) as unknown };
  } catch {
    throw new Refusal("invalid_request", "This file is no JSON document.", { field: "seatMap" });
  }
}

function formOf(auditorium: OwnAuditorium): Record<string, string> {
  return { name: auditorium.name, turnaroundMinutes: String(auditorium.turnaroundMinutes), template: "keep" };
}

function drawNew(
  services: SellerPageServices,
  reply: FastifyReply,
  visit: Visit,
  venue: OwnVenue,
  form: FormState,
  status = 200,
): FastifyReply {
  const action = `${visit.base}/venues/${venue.id}/auditoriums/new`;
  return sendSellerPage(
    services,
    reply,
    visit,
    {
      title: `Add an auditorium to ${venue.name}`,
      part: "/venues",
      trail: trailTo(visit, venue),
      body: <AuditoriumForm form={form} action={action} button="Add auditorium" />,
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
  const venue = await services.authoring.venue(visit.by.sellerId, auditorium.venueId);
  const compiled = await services.authoring.seatMap(auditorium.seatMapId);
  return sendSellerPage(
    services,
    reply,
    visit,
    {
      title: `${auditorium.name}, ${venue.name}`,
      part: "/venues",
      trail: trailTo(visit, venue),
      body: (
        <>
          <Drawing compiled={compiled} auditorium={auditorium} />
          <Card title="Change">
            <AuditoriumForm form={form} action={`${visit.base}/auditoriums/${auditorium.id}`} button="Save" keep />
          </Card>
        </>
      ),
    },
    status,
  );
}

function trailTo(visit: Visit, venue: OwnVenue) {
  return [
    { href: `${visit.base}/venues`, text: "Venues" },
    { href: `${visit.base}/venues/${venue.id}`, text: venue.name },
  ];
}

function Drawing({ compiled, auditorium }: { compiled: CompiledSeatMap; auditorium: OwnAuditorium }) {
  const { map, layout } = compiled;
  return (
    <div class="sell-columns">
      <Card title="Seats">
        <SeatMapPicture map={map} label={`Seat map of ${auditorium.name}: ${auditorium.placeCount} places`} />
      </Card>
      <Card title="Sections">
        <Facts items={[{ name: "Places", value: layout.placeCount.toLocaleString("en-US") }]} />
        <Table
          caption="Sections"
          hideCaption
          rows={layout.sections}
          keyOf={(section) => section.id}
          columns={[
            { title: "Section", head: true, cell: (section) => section.id },
            { title: "Name", cell: (section) => section.name },
            { title: "Kind", cell: (section) => (section.kind === "seats" ? "Seats" : "Standing") },
            { title: "Places", number: true, cell: (section) => section.count.toLocaleString("en-US") },
          ]}
        />
      </Card>
    </div>
  );
}

function AuditoriumForm(props: { form: FormState; action: string; button: string; keep?: boolean }) {
  const { form } = props;
  const templates = seatMapTemplates.map(({ kind, name, describe }) => ({ value: kind, text: name, hint: describe }));
  return (
    <form method="post" action={props.action} encType="multipart/form-data" class="sell-form">
      <FormMessage form={form} />
      <Field form={form} name="name" label="Name" hint="As it stands on the ticket" required maxLength={60} />
      <Field
        form={form}
        name="turnaroundMinutes"
        label="Minutes between showings"
        hint="For cleaning and letting people in"
        type="number"
        min={0}
        max={720}
        required
      />
      <Radios
        form={form}
        name="template"
        legend="Seats"
        options={[
          ...(props.keep
            ? [{ value: "keep", text: "As they are", hint: "Showings that are scheduled keep theirs in any case" }]
            : []),
          ...templates,
          { value: "own", text: "A seat map of your own", hint: "A JSON document, described in the API" },
        ]}
      />
      <Field form={form} name="seatMap" label="Seat map of your own" type="file" accept="application/json,.json" />
      <Button>{props.button}</Button>
    </form>
  );
}
