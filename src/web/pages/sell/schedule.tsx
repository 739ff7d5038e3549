// Scheduling in bulk: these times, these weekdays, this date range; looked at before it is done.

import type { FastifyReply } from "fastify";
import {
  weekdays,
  type OwnVenue,
  type Clash,
  type ScheduleInput,
  type ScheduleResult,
  type Weekday,
} from "../../../catalogue/authoring/authoring.ts";
import type { Refusal } from "../../../domain/refusals.ts";
import type { Server } from "../../../http/server.ts";
import { seeOther } from "../../answers.ts";
import { attempt } from "../../attempt.ts";
import { Button } from "../../components/buttons.tsx";
import { Checkbox, Field, FormMessage, Select } from "../../components/fields.tsx";
import { Empty, Notice, Table } from "../../components/frames.tsx";
import { formValues, freshForm, queryValues, type FormState, type FormValues } from "../../form-values.ts";
import { dayTexts, momentText } from "../../times.ts";
import { enter, sendSellerPage, type SellerPageServices, type Visit } from "./frame.tsx";
import { describePrices } from "./prices.tsx";

const fields = ["showId", "auditoriumId", "priceListId", "times", "weekdays", "from", "to", "publish"];
const dayNames: Record<Weekday, string> = {
  mon: "Mon",
  tue: "Tue",
  wed: "Wed",
  thu: "Thu",
  fri: "Fri",
  sat: "Sat",
  sun: "Sun",
};
/** More lines help nobody to check a schedule. */
const mostLines = 60;

/** `GET /sell/:sellerId/schedule` and its form. */
export function registerSchedule(server: Server, services: SellerPageServices): void {
  server.get("/sell/:sellerId/schedule", async (request, reply) => {
    const visit = await enter(services, request, "schedule");
    const query = queryValues(request);
    const [showId, venueId] = [query.text("show", 60), query.text("venue", 60)];
    return draw(services, reply, visit, freshForm({ showId, venueId }));
  });
  server.post("/sell/:sellerId/schedule", async (request, reply) => {
    const visit = await enter(services, request, "schedule");
    const values = formValues(request);
    const dryRun = values.text("action") !== "schedule";
    const input = readSchedule(values);
    const tried = await attempt(values, fields, () => services.authoring.schedule(visit.by, { ...input, dryRun }));
    if ("made" in tried) {
      if (dryRun) return draw(services, reply, visit, { values, errors: {} }, { preview: tried.made });
      const done = input.publish ? "published" : "scheduled";
      return seeOther(reply, `${visit.base}/showings?show=${input.showId}&done=${done}`);
    }
    return draw(services, reply, visit, tried.form, { refusal: tried.refusal }, tried.status);
  });
}

function readSchedule(values: FormValues): ScheduleInput {
  const given = values.all("weekdays");
  return {
    showId: values.text("showId", 60),
    auditoriumId: values.text("auditoriumId", 60),
    priceListId: values.text("priceListId", 60),
    times: values
      .text("times", 1_000)
      .split(/[\s,;]+/)
      .filter(Boolean)
      .map((time) => (/^\d:/.test(time) ? `0${time}` : time)),
    weekdays: weekdays.filter((day) => given.includes(day)),
    from: values.text("from", 10),
    to: values.text("to", 10),
    publish: values.text("publish") === "yes",
  };
}

async function draw(
  services: SellerPageServices,
  reply: FastifyReply,
  visit: Visit,
  form: FormState,
  outcome: { preview?: ScheduleResult; refusal?: Refusal } = {},
  status = 200,
): Promise<FastifyReply> {
  const { sellerId } = visit.by;
  const { authoring } = services;
  const [shows, venues, lists] = await Promise.all([
    authoring.shows(sellerId),
    authoring.venues(sellerId),
    authoring.priceLists(sellerId),
  ]);
  const asked = form.values.text("venueId", 60);
  const venue = venues.find(({ id }) => id === asked) ?? (venues.length === 1 ? venues[0] : undefined);
  if (!venue && venues.length > 0) return drawVenueChoice(services, reply, visit, venues, form);
  const auditoriums = venue ? await authoring.auditoriums(sellerId, venue.id) : [];
  const timeZone = venue?.timeZone ?? "UTC";
  const clashes = outcome.preview?.clashes ?? clashesOf(outcome.refusal);
  const choices = {
    showId: shows.filter((show) => show.status !== "archived").map((show) => ({ value: show.id, text: show.title })),
    auditoriumId: auditoriums.map(({ id, name, placeCount }) => ({
      value: id,
      text: `${venue?.name ?? ""}, ${name} (${placeCount.toLocaleString("en-US")})`,
    })),
    priceListId: lists.map((list) => ({ value: list.id, text: describePrices(list) })),
  };
  const missing = Object.values(choices).some((options) => options.length === 0);
  return sendSellerPage(
    services,
    reply,
    visit,
    {
      title: "Schedule showings",
      part: "/showings",
      trail: [{ href: `${visit.base}/showings`, text: "Showings" }],
      lead: "All of it is scheduled, or nothing. Times are those on the venue’s clock.",
      body: (
        <>
          {clashes.length > 0 && <Clashes clashes={clashes} timeZone={timeZone} />}
          {outcome.preview && <Preview preview={outcome.preview} />}
          {missing ? (
            <Empty title="Something is still missing">
              <p>
                A showing needs a <a href={`${visit.base}/shows`}>show</a>, an{" "}
                <a href={`${visit.base}/venues`}>auditorium</a> and <a href={`${visit.base}/prices`}>prices</a>.
              </p>
            </Empty>
          ) : (
            <ScheduleForm
              form={form}
              action={`${visit.base}/schedule`}
              choices={choices}
              venueId={venue?.id ?? ""}
              ready={outcome.preview?.clashes.length === 0}
            />
          )}
        </>
      ),
    },
    status,
  );
}

/** The clashes of a refusal, as schedule() named them. */
function clashesOf(refusal: Refusal | undefined): Clash[] {
  const named = refusal?.code === "schedule_clash" ? refusal.facts["clashes"] : undefined;
  if (!Array.isArray(named)) return [];
  return (named as { date: string; time: string; startsAt: string; with: Record<string, string> }[]).map((clash) => ({
    date: clash.date,
    time: clash.time,
    startsAt: Date.parse(clash.startsAt),
    with: {
      showId: clash.with["showId"] ?? "",
      title: clash.with["title"] ?? "",
      startsAt: Date.parse(clash.with["startsAt"] ?? ""),
      endsAt: Date.parse(clash.with["endsAt"] ?? ""),
    },
  }));
}

function Clashes({ clashes, timeZone }: { clashes: readonly Clash[]; timeZone: string }) {
  return (
    <Notice kind="error" title={clashes.length === 1 ? "One clash" : `${clashes.length} clashes`}>
      <p>The auditorium is taken. Nothing can be scheduled until these are gone:</p>
      <ul>
        {clashes.slice(0, mostLines).map((clash) => (
          <li key={`${clash.startsAt} ${clash.with.startsAt}`}>
            {momentText(clash.startsAt, timeZone)} clashes with “{clash.with.title}” at{" "}
            {momentText(clash.with.startsAt, timeZone)}
          </li>
        ))}
        {clashes.length > mostLines && <li>and {clashes.length - mostLines} more</li>}
      </ul>
    </Notice>
  );
}

function Preview({ preview: { showings, over, clashes } }: { preview: ScheduleResult }) {
  const days = new Map<string, { time: string; moved: boolean }[]>();
  for (const { date, time, movedMinutes } of showings) {
    days.set(date, [...(days.get(date) ?? []), { time, moved: movedMinutes !== undefined }]);
  }
  const moved = showings.some(({ movedMinutes }) => movedMinutes !== undefined);
  const rows = [...days].map(([date, times]) => ({ date, times }));
  return (
    <>
      <Notice kind={clashes.length === 0 ? "info" : "warning"}>
        <p>
          {showings.length.toLocaleString("en-US")} {showings.length === 1 ? "showing" : "showings"} on {days.size}{" "}
          {days.size === 1 ? "day" : "days"}. {over > 0 && `${over} of the times are over already and left out. `}
          {moved && "Times with * do not exist that day, because the clock is put forward: they start an hour later. "}
          Nothing is scheduled yet.
        </p>
      </Notice>
      <Table
        caption="What would be scheduled"
        rows={rows.slice(0, mostLines)}
        keyOf={(row) => row.date}
        columns={[
          { title: "Day", head: true, cell: (row) => dayTexts(row.date).long },
          { title: "Times", cell: (row) => row.times.map(({ time, moved }) => time + (moved ? "*" : "")).join(", ") },
        ]}
      />
      {rows.length > mostLines && <p>and {rows.length - mostLines} more days</p>}
    </>
  );
}

/** Where there are several venues, one is chosen before its auditoriums are offered. */
function drawVenueChoice(
  services: SellerPageServices,
  reply: FastifyReply,
  visit: Visit,
  venues: readonly OwnVenue[],
  form: FormState,
): FastifyReply {
  return sendSellerPage(services, reply, visit, {
    title: "Schedule showings",
    part: "/showings",
    trail: [{ href: `${visit.base}/showings`, text: "Showings" }],
    body: (
      <form method="get" action={`${visit.base}/schedule`} class="sell-form">
        <input type="hidden" name="show" value={form.values.text("showId", 60)} />
        <Select
          form={freshForm()}
          name="venue"
          label="At which venue?"
          options={venues.map(({ id, name, city }) => ({ value: id, text: `${name}, ${city}` }))}
        />
        <Button>Go on</Button>
      </form>
    ),
  });
}

type Choices = Record<"showId" | "auditoriumId" | "priceListId", { value: string; text: string }[]>;

function ScheduleForm(props: { form: FormState; action: string; choices: Choices; venueId: string; ready: boolean }) {
  const { form, choices } = props;
  return (
    <form method="post" action={props.action} class="sell-form">
      <FormMessage form={form} />
      <input type="hidden" name="venueId" value={props.venueId} />
      <Select form={form} name="showId" label="Show" options={choices.showId} />
      <Select form={form} name="auditoriumId" label="Auditorium" options={choices.auditoriumId} />
      <Select form={form} name="priceListId" label="Prices" hint="Fee and tax included" options={choices.priceListId} />
      <Field form={form} name="times" label="Times" hint="Like 13:00, 16:30, 19:30" required />
      <fieldset class="weekdays">
        <legend>Weekdays</legend>
        <p class="hint">None means every day.</p>
        <div class="weekday-row">
          {weekdays.map((day) => (
            <Checkbox key={day} form={form} name="weekdays" value={day} label={dayNames[day]} />
          ))}
        </div>
      </fieldset>
      <div class="sell-fields">
        <Field form={form} name="from" label="First day" type="date" required />
        <Field form={form} name="to" label="Last day" type="date" required />
      </div>
      <Checkbox form={form} name="publish" label="Publish at once" hint="Otherwise they are drafts that nobody sees" />
      <div class="actions">
        <Button name="action" value="preview" kind={props.ready ? "quiet" : "main"}>
          Preview
        </Button>
        <Button name="action" value="schedule" kind={props.ready ? "main" : "quiet"}>
          Schedule
        </Button>
      </div>
    </form>
  );
}
