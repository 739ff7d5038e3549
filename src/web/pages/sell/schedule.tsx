// Scheduling in bulk: these times, these weekdays, this date range; looked at before it is done.

import type { FastifyReply } from "fastify";
import {
  weekdays,
  type OwnVenue,
  type Clash,
  type ScheduleInput,
  type ScheduleResult,
} from "../../../catalogue/authoring/authoring.ts";
import type { Refusal } from "../../../domain/refusals.ts";
import type { Server } from "../../../http/server.ts";
import { withQuery } from "../../addresses.ts";
import { seeOther } from "../../answers.ts";
import { attempt } from "../../attempt.ts";
import { Button } from "../../components/buttons.tsx";
import { Checkbox, Field, FormMessage, Select } from "../../components/fields.tsx";
import { Empty, Notice, Table } from "../../components/frames.tsx";
import { formValues, freshForm, queryValues, type FormState, type FormValues } from "../../form-values.ts";
import { t } from "../../messages.ts";
import { numberText } from "../../numbers.ts";
import { dayTexts, isDay, momentText } from "../../times.ts";
import { enter, sendSellerPage, type SellerPageServices, type Visit } from "./frame.tsx";
import { describePrices } from "./prices.tsx";
import { draftShow, RefusalNotice } from "./refusal-notice.tsx";

const fields = ["showId", "auditoriumId", "priceListId", "times", "weekdays", "from", "to", "publish"];
/** More lines help nobody to check a schedule. */
const mostLines = 60;

/** `GET /sell/:sellerId/schedule` and its form. */
export function registerSchedule(server: Server, services: SellerPageServices): void {
  server.get("/sell/:sellerId/schedule", async (request, reply) => {
    const visit = await enter(services, request, "schedule");
    const query = queryValues(request);
    const [showId, venueId] = [query.text("show", 60), query.text("venue", 60)];
    const [auditoriumId, date] = [query.text("auditorium", 60), query.text("date", 10)];
    const days = isDay(date) ? { from: date, to: date } : {};
    return draw(services, reply, visit, freshForm({ showId, venueId, auditoriumId, ...days }));
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
      const [first] = tried.made.showings;
      const days = new Set(tried.made.showings.map(({ date }) => date));
      const venue = values.text("venueId", 60);
      // One day is looked at in its plan, more of them as a list.
      const back = days.size === 1 && first ? { venue, date: first.date } : { show: input.showId };
      return seeOther(reply, withQuery(`${visit.base}/showings`, { ...back, done }));
    }
    // Clashes are listed one by one: the refusal's own sentence would only say the first of them again.
    const { message, ...form } = tried.form;
    const isListed = clashesOf(tried.refusal).length > 0;
    const shown = isListed || message === undefined ? form : { ...form, message };
    return draw(services, reply, visit, shown, { refusal: tried.refusal }, tried.status);
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
      text: `${venue?.name ?? ""}, ${name} (${numberText(placeCount)})`,
    })),
    priceListId: lists.map((list) => ({ value: list.id, text: describePrices(list) })),
  };
  const missing = Object.values(choices).some((options) => options.length === 0);
  return sendSellerPage(
    services,
    reply,
    visit,
    {
      title: t.bulk.title,
      part: "/showings",
      trail: [{ href: `${visit.base}/showings`, text: t.programme.title }],
      lead: t.bulk.lead,
      styles: ["schedule"],
      body: (
        <>
          {clashes.length > 0 && <Clashes clashes={clashes} timeZone={timeZone} />}
          {outcome.refusal && draftShow(outcome.refusal) && (
            <RefusalNotice base={visit.base} refusal={outcome.refusal} />
          )}
          {outcome.preview && <Preview preview={outcome.preview} />}
          {missing ? (
            <Empty title={t.bulk.missing}>
              <p>{t.bulk.needs}</p>
              <p class="actions">
                <a href={`${visit.base}/shows`}>{t.bulk.shows}</a>
                <a href={`${visit.base}/venues`}>{t.bulk.venues}</a>
                <a href={`${visit.base}/prices`}>{t.bulk.prices}</a>
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
    <Notice kind="error" title={t.bulk.clashes(clashes.length)}>
      <p>{t.bulk.taken}</p>
      <ul>
        {clashes.slice(0, mostLines).map((clash) => (
          <li key={`${clash.startsAt} ${clash.with.startsAt}`}>
            {t.bulk.clash(
              momentText(clash.startsAt, timeZone),
              clash.with.title,
              momentText(clash.with.startsAt, timeZone),
            )}
          </li>
        ))}
        {clashes.length > mostLines && <li>{t.bulk.more(clashes.length - mostLines)}</li>}
      </ul>
    </Notice>
  );
}

/** The days with their times; what clashes is marked where it would be. */
function Preview({ preview }: { preview: ScheduleResult }) {
  const { showings, over, clashes } = preview;
  const wrong = new Set(clashes.map(({ startsAt }) => startsAt));
  // Two of the wanted ones that clash with each other are both marked.
  for (const clash of clashes) if (clash.with.showingId === undefined) wrong.add(clash.with.startsAt);
  const days = [...Map.groupBy(showings, ({ date }) => date)];
  const moved = showings.some(({ movedMinutes }) => movedMinutes !== undefined);
  const said = [
    t.bulk.summary(showings.length, days.length),
    ...(over > 0 ? [t.bulk.over(over)] : []),
    ...(moved ? [t.bulk.moved] : []),
    t.bulk.notYet,
  ];
  return (
    <>
      <Notice kind={clashes.length === 0 ? "info" : "warning"}>
        <p>{said.join(" ")}</p>
      </Notice>
      <Table
        caption={t.bulk.would}
        rows={days.slice(0, mostLines)}
        keyOf={([date]) => date}
        columns={[
          { title: t.bulk.day, head: true, cell: ([date]) => dayTexts(date).long },
          {
            title: t.bulk.times,
            cell: ([, times]) => (
              <ul class="plan-times">
                {times.map(({ time, startsAt, movedMinutes }) => (
                  <li key={startsAt} class={wrong.has(startsAt) ? "plan-time plan-time-clash" : "plan-time"}>
                    {time}
                    {movedMinutes !== undefined && "*"}
                    {wrong.has(startsAt) && ` ${t.bulk.clashMark}`}
                  </li>
                ))}
              </ul>
            ),
          },
        ]}
      />
      {days.length > mostLines && <p>{t.bulk.moreDays(days.length - mostLines)}</p>}
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
    title: t.bulk.title,
    part: "/showings",
    trail: [{ href: `${visit.base}/showings`, text: t.programme.title }],
    body: (
      <form method="get" action={`${visit.base}/schedule`} class="sell-form">
        <input type="hidden" name="show" value={form.values.text("showId", 60)} />
        <Select
          form={freshForm()}
          name="venue"
          label={t.bulk.atWhich}
          options={venues.map(({ id, name, city }) => ({ value: id, text: `${name}, ${city}` }))}
        />
        <Button>{t.bulk.goOn}</Button>
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
      <Select form={form} name="showId" label={t.bulk.show} options={choices.showId} />
      <Select form={form} name="auditoriumId" label={t.bulk.room} options={choices.auditoriumId} />
      <Select form={form} name="priceListId" label={t.bulk.prices} hint={t.bulk.allIn} options={choices.priceListId} />
      <Field form={form} name="times" label={t.bulk.times} hint={t.bulk.timesHint} required />
      <fieldset class="weekdays">
        <legend>{t.bulk.weekdays}</legend>
        <p class="hint">{t.bulk.everyDay}</p>
        <div class="weekday-row">
          {weekdays.map((day) => (
            <Checkbox key={day} form={form} name="weekdays" value={day} label={t.bulk.days[day]} />
          ))}
        </div>
      </fieldset>
      <div class="sell-fields">
        <Field form={form} name="from" label={t.bulk.from} type="date" required />
        <Field form={form} name="to" label={t.bulk.to} type="date" required />
      </div>
      <Checkbox form={form} name="publish" label={t.bulk.publish} hint={t.bulk.publishHint} />
      <div class="actions">
        <Button name="action" value="preview" kind={props.ready ? "quiet" : "main"}>
          {t.bulk.preview}
        </Button>
        <Button name="action" value="schedule" kind={props.ready ? "main" : "quiet"}>
          {t.bulk.make}
        </Button>
      </div>
    </form>
  );
}
