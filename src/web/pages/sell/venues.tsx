// A seller's venues: listed, added, changed.

import type { FastifyReply } from "fastify";
import type { OwnAuditorium, OwnVenue, VenueInput } from "../../../catalogue/authoring/authoring.ts";
import type { Catalogue } from "../../../catalogue/model.ts";
import { countries } from "../../../domain/countries.ts";
import type { Server } from "../../../http/server.ts";
import { seeOther } from "../../answers.ts";
import { attempt } from "../../attempt.ts";
import { Button, ButtonLink } from "../../components/buttons.tsx";
import { Field, FormMessage, Select, type Option } from "../../components/fields.tsx";
import { Card, Empty, Pager, Table } from "../../components/frames.tsx";
import { formValues, freshForm, queryValues, type FormState, type FormValues } from "../../form-values.ts";
import { withQuery } from "../../addresses.ts";
import { t } from "../../messages.ts";
import { numberText } from "../../numbers.ts";
import { enter, param, sendSellerPage, type SellerPageServices, type Visit } from "./frame.tsx";

const pageSize = 100;
const fields = ["name", "address", "city", "region", "country", "latitude", "longitude", "timeZone"] as const;

/** `GET /sell/:sellerId/venues`, `…/venues/new`, `…/venues/:venueId` and their forms. */
export function registerVenues(server: Server, services: SellerPageServices): void {
  const { authoring } = services;
  server.get("/sell/:sellerId/venues", async (request, reply) => {
    const visit = await enter(services, request, "list");
    const venues = await authoring.venues(visit.by.sellerId);
    return sendSellerPage(services, reply, visit, {
      title: t.sellVenues.title,
      part: "/venues",
      actions: <ButtonLink href={`${visit.base}/venues/new`}>{t.sellVenues.add}</ButtonLink>,
      body: <List visit={visit} venues={venues} page={queryValues(request).whole("page", 1, 10_000) ?? 1} />,
    });
  });
  server.get("/sell/:sellerId/venues/new", async (request, reply) => {
    const visit = await enter(services, request, "list");
    // Whoever has a venue already adds the next one mostly in the same country.
    const [other] = await authoring.venues(visit.by.sellerId);
    return drawNew(services, reply, visit, freshForm({ country: other?.country ?? t.sellVenues.usualCountry }));
  });
  server.post("/sell/:sellerId/venues/new", async (request, reply) => {
    const visit = await enter(services, request, "list");
    const values = formValues(request);
    const tried = await attempt(values, fields, () =>
      authoring.addVenue(visit.by, readVenue(values, services.catalogue)),
    );
    if ("made" in tried) return seeOther(reply, `${visit.base}/venues/${tried.made.id}?done=added`);
    return drawNew(services, reply, visit, tried.form, tried.status);
  });
  server.get("/sell/:sellerId/venues/:venueId", async (request, reply) => {
    const visit = await enter(services, request, "list");
    const venue = await authoring.venue(visit.by.sellerId, param(request, "venueId"));
    return drawOne(services, reply, visit, venue, freshForm(formOf(venue)));
  });
  server.post("/sell/:sellerId/venues/:venueId", async (request, reply) => {
    const visit = await enter(services, request, "list");
    const venue = await authoring.venue(visit.by.sellerId, param(request, "venueId"));
    const values = formValues(request);
    const tried = await attempt(values, fields, () =>
      authoring.changeVenue(visit.by, venue.id, readVenue(values, services.catalogue)),
    );
    if ("made" in tried) return seeOther(reply, `${visit.base}/venues/${venue.id}?done=saved`);
    return drawOne(services, reply, visit, venue, tried.form, tried.status);
  });
}

/** A venue as typed. Position and time zone that are left empty are those of the city, if it is known. */
function readVenue(values: FormValues, catalogue: Pick<Catalogue, "findPlaces">): VenueInput {
  const [city, region] = [values.text("city", 200), values.text("region", 200)];
  const place = catalogue.findPlaces(region === "" ? city : `${city}, ${region}`, 1)[0];
  const number = (name: "latitude" | "longitude") => {
    const text = values.text(name, 20).replace(",", ".");
    return text === "" ? (place?.[name] ?? Number.NaN) : Number(text);
  };
  return {
    name: values.text("name"),
    address: values.text("address"),
    city,
    region,
    country: values.text("country", 2),
    latitude: number("latitude"),
    longitude: number("longitude"),
    timeZone: values.text("timeZone", 60) || (place?.timeZone ?? ""),
  };
}

function formOf(venue: OwnVenue): Record<string, string> {
  return Object.fromEntries(fields.map((name) => [name, String(venue[name])]));
}

function drawNew(services: SellerPageServices, reply: FastifyReply, visit: Visit, form: FormState, status = 200) {
  return sendSellerPage(
    services,
    reply,
    visit,
    {
      title: t.sellVenues.add,
      part: "/venues",
      trail: [{ href: `${visit.base}/venues`, text: t.sellVenues.title }],
      body: <VenueForm form={form} action={`${visit.base}/venues/new`} button={t.sellVenues.addNow} />,
    },
    status,
  );
}

async function drawOne(
  services: SellerPageServices,
  reply: FastifyReply,
  visit: Visit,
  venue: OwnVenue,
  form: FormState,
  status = 200,
): Promise<FastifyReply> {
  const auditoriums = await services.authoring.auditoriums(visit.by.sellerId, venue.id);
  const here = `${visit.base}/venues/${venue.id}`;
  return sendSellerPage(
    services,
    reply,
    visit,
    {
      title: venue.name,
      part: "/venues",
      trail: [{ href: `${visit.base}/venues`, text: t.sellVenues.title }],
      actions: <ButtonLink href={`${here}/auditoriums/new`}>{t.sellVenues.addRoom}</ButtonLink>,
      body: (
        <>
          <Auditoriums base={visit.base} auditoriums={auditoriums} addHref={`${here}/auditoriums/new`} />
          <Card title={t.sellVenues.addressAndClock}>
            <VenueForm form={form} action={here} button={t.sellVenues.save} />
          </Card>
        </>
      ),
    },
    status,
  );
}

function List({ visit, venues, page }: { visit: Visit; venues: readonly OwnVenue[]; page: number }) {
  if (venues.length === 0) {
    return (
      <Empty title={t.sellVenues.none}>
        <p>{t.sellVenues.noneHint}</p>
      </Empty>
    );
  }
  const pages = Math.ceil(venues.length / pageSize);
  const href = (to: number) => (to >= 1 && to <= pages ? withQuery(`${visit.base}/venues`, { page: to }) : undefined);
  return (
    <>
      <Table
        caption={t.sellVenues.title}
        hideCaption
        rows={venues.slice((page - 1) * pageSize, page * pageSize)}
        keyOf={(venue) => venue.id}
        columns={[
          {
            title: t.sellVenues.venue,
            head: true,
            cell: (venue) => <a href={`${visit.base}/venues/${venue.id}`}>{venue.name}</a>,
          },
          { title: t.sellVenues.city, cell: (venue) => [venue.city, venue.region].filter(Boolean).join(", ") },
          { title: t.sellVenues.clock, minor: true, cell: (venue) => venue.timeZone },
        ]}
      />
      <Pager previous={href(page - 1)} next={href(page + 1)} position={t.pager.page(page, pages)} />
    </>
  );
}

function Auditoriums(props: { base: string; auditoriums: readonly OwnAuditorium[]; addHref: string }) {
  if (props.auditoriums.length === 0) {
    return (
      <Empty title={t.sellVenues.noRoom}>
        <p>
          <a href={props.addHref}>{t.sellVenues.addOne}</a>: {t.sellVenues.whatFor}
        </p>
      </Empty>
    );
  }
  return (
    <Table
      caption={t.sellVenues.rooms}
      rows={props.auditoriums}
      keyOf={(auditorium) => auditorium.id}
      columns={[
        {
          title: t.sellVenues.room,
          head: true,
          cell: (auditorium) => <a href={`${props.base}/auditoriums/${auditorium.id}`}>{auditorium.name}</a>,
        },
        { title: t.sellVenues.places, number: true, cell: (auditorium) => numberText(auditorium.placeCount) },
        {
          title: t.sellVenues.turnaround,
          number: true,
          cell: (auditorium) => t.times.minutes(auditorium.turnaroundMinutes),
        },
      ]}
    />
  );
}

/** By name, as the reader's language sorts them; a code that is none of them stays what it is. */
function countryOptions(present: string): Option[] {
  const names = new Intl.DisplayNames([t.locale], { type: "region" });
  const codes = present === "" || countries.includes(present) ? countries : [present, ...countries];
  const options = codes.map((value) => ({
    value,
    text: /^[A-Z]{2}$/.test(value) ? (names.of(value) ?? value) : value,
  }));
  const order = new Intl.Collator(t.locale);
  return options.toSorted((a, b) => order.compare(a.text, b.text));
}

function VenueForm({ form, action, button }: { form: FormState; action: string; button: string }) {
  return (
    <form method="post" action={action} class="sell-form">
      <FormMessage form={form} />
      <Field form={form} name="name" label={t.sellVenues.name} required maxLength={120} />
      <Field form={form} name="address" label={t.sellVenues.street} required maxLength={200} />
      <div class="sell-fields">
        <Field form={form} name="city" label={t.sellVenues.city} required maxLength={100} />
        <Field form={form} name="region" label={t.sellVenues.region} maxLength={100} />
        <Select
          form={form}
          name="country"
          label={t.sellVenues.country}
          options={countryOptions(form.values.text("country", 2))}
        />
      </div>
      <fieldset>
        <legend>{t.sellVenues.position}</legend>
        <p class="hint">{t.sellVenues.positionHint}</p>
        <div class="sell-fields">
          <Field form={form} name="latitude" label={t.sellVenues.latitude} inputMode="decimal" maxLength={20} />
          <Field form={form} name="longitude" label={t.sellVenues.longitude} inputMode="decimal" maxLength={20} />
          <Field
            form={form}
            name="timeZone"
            label={t.sellVenues.timeZone}
            hint={t.sellVenues.timeZoneHint}
            list="zones"
            maxLength={60}
          />
        </div>
        <datalist id="zones">
          {Intl.supportedValuesOf("timeZone").map((zone) => (
            <option key={zone} value={zone} />
          ))}
        </datalist>
      </fieldset>
      <Button>{button}</Button>
    </form>
  );
}
