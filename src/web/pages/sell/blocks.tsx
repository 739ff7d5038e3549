// Taking seats off sale and putting them back: the seats of one section at a time, as boxes in their rows. What is ticked is off
// sale; the form says what was when it was drawn, so that only what somebody changed is changed. A script lays the boxes out as
// they are in the room, to be painted.

import type { FastifyReply, FastifyRequest } from "fastify";
import type { Showing } from "../../../catalogue/model.ts";
import type { Layout, Seat, SeatMap } from "../../../domain/seat-map.ts";
import type { Server } from "../../../http/server.ts";
import { seeOther } from "../../answers.ts";
import { attempt } from "../../attempt.ts";
import { withQuery } from "../../addresses.ts";
import { Button } from "../../components/buttons.tsx";
import { Field, FormMessage, Select } from "../../components/fields.tsx";
import type { FormValues } from "../../form-values.ts";
import { formValues, freshForm, queryValues, type FormState } from "../../form-values.ts";
import { t } from "../../messages.ts";
import { PageRefusal } from "../../page-refusal.ts";
import { numberText } from "../../numbers.ts";
import { enter, param, sendSellerPage, type SellerPageServices, type Visit } from "./frame.tsx";
import { readShowing, titleOf, trailTo } from "./showing-view.ts";

const stateName = (state: string) => t.offSale.states[state as keyof typeof t.offSale.states] ?? t.offSale.states.f;

/** `GET /sell/:sellerId/showings/:showingId/blocks` and its form. */
export function registerBlocks(server: Server, services: SellerPageServices): void {
  server.get("/sell/:sellerId/showings/:showingId/blocks", async (request, reply) => {
    const visit = await enter(services, request, "schedule");
    return draw(services, request, reply, visit, freshForm());
  });
  server.post("/sell/:sellerId/showings/:showingId/blocks", async (request, reply) => {
    const visit = await enter(services, request, "schedule");
    const id = param(request, "showingId");
    const values = formValues(request);
    const tried = await attempt(values, ["quantity"], async () => {
      await services.authoring.showing(visit.by.sellerId, id);
      const { block, free } = await changesOf(services, id, values);
      if (block.length + free.length === 0) throw new PageRefusal("invalid_request", t.offSale.nothing);
      // What is blocked may be refused, because somebody buys it just now: then nothing was changed.
      if (block.length > 0) await services.authoring.blockSeats(visit.by, id, block, true);
      if (free.length > 0) await services.authoring.blockSeats(visit.by, id, free, false);
      if (free.length === 0) return "blocked";
      return block.length === 0 ? "unblocked" : "saved";
    });
    if ("made" in tried) {
      const query = { section: values.text("section", 8), done: tried.made };
      return seeOther(reply, withQuery(`${visit.base}/showings/${id}/blocks`, query));
    }
    return draw(services, request, reply, visit, tried.form, tried.status);
  });
}

async function openShowing(services: SellerPageServices, id: string): Promise<Showing> {
  const showing = await services.catalogue.showing(id);
  if (!showing) throw new PageRefusal("not_ready", t.offSale.publishFirst);
  return showing;
}

interface Changes {
  block: readonly string[];
  free: readonly string[];
}

/** What was ticked and what no longer is; for a standing area as many places as asked for. */
async function changesOf(services: SellerPageServices, id: string, values: FormValues): Promise<Changes> {
  const quantity = values.whole("quantity", 1, 50_000);
  if (quantity === undefined) {
    const [was, now] = [new Set(values.all("was")), new Set(values.all("seats"))];
    return { block: [...now.difference(was)], free: [...was.difference(now)] };
  }
  const block = values.text("action") === "block";
  const seats = await standingPlaces(services, id, values.text("section", 8), quantity, block);
  return block ? { block: seats, free: [] } : { block: [], free: seats };
}

async function standingPlaces(
  services: SellerPageServices,
  id: string,
  sectionId: string,
  quantity: number,
  block: boolean,
): Promise<string[]> {
  const showing = await openShowing(services, id);
  const { layout } = await services.catalogue.seatMap(showing.seatMapId);
  const section = layout.sections.find((one) => one.id === sectionId && one.kind === "standing");
  if (!section) throw new PageRefusal("invalid_request", t.offSale.noArea, { field: "quantity" });
  const { states } = await services.sales.seatStates(showing);
  const wanted = block ? "f" : "b";
  const places = Array.from({ length: section.count }, (_, index) => section.start + index);
  // From the end: buyers are given the lowest places first.
  const found = places.filter((place) => (states[place] ?? "f") === wanted).slice(-quantity);
  if (found.length < quantity) {
    const sentence = block ? t.offSale.onlyFree(found.length) : t.offSale.onlyBlocked(found.length);
    throw new PageRefusal("invalid_request", sentence, { field: "quantity" });
  }
  return found.map((place) => layout.names[place] ?? "");
}

async function draw(
  services: SellerPageServices,
  request: FastifyRequest,
  reply: FastifyReply,
  visit: Visit,
  form: FormState,
  status = 200,
): Promise<FastifyReply> {
  const id = param(request, "showingId");
  const view = await readShowing(services, visit.by.sellerId, id);
  const showing = await openShowing(services, id);
  const { map, layout } = await services.catalogue.seatMap(showing.seatMapId);
  const { states } = await services.sales.seatStates(showing);
  const asked = form.values.text("section", 8) || queryValues(request).text("section", 8);
  const section = map.sections.find((one) => one.id === asked) ?? map.sections[0];
  const action = `${visit.base}/showings/${id}/blocks`;
  return sendSellerPage(
    services,
    reply,
    visit,
    {
      title: t.offSale.title,
      part: "/showings",
      trail: trailTo(visit, view),
      lead: t.offSale.lead(titleOf(view)),
      islands: ["paint"],
      styles: ["blocks"],
      body: section && (
        <>
          {map.sections.length > 1 && (
            <form method="get" action={action} class="inline-form">
              <Select
                form={freshForm({ section: section.id })}
                name="section"
                label={t.offSale.section}
                options={map.sections.map(({ id, name }) => ({ value: id, text: name }))}
              />
              <Button kind="quiet">{t.offSale.showSection}</Button>
            </form>
          )}
          <form method="post" action={action} class="block-form">
            <FormMessage form={form} />
            <input type="hidden" name="section" value={section.id} />
            {section.kind === "seats" ? (
              <SeatBoxes section={section} layout={layout} states={states} form={form} />
            ) : (
              <StandingCount form={form} section={section} layout={layout} states={states} />
            )}
            {section.kind === "seats" ? (
              <div class="actions block-bar">
                <Button>{t.offSale.save}</Button>
                <span class="block-changes" role="status" data-text={t.offSale.changes} />
              </div>
            ) : (
              <div class="actions">
                <Button name="action" value="block">
                  {t.offSale.block}
                </Button>
                <Button name="action" value="unblock" kind="quiet">
                  {t.offSale.unblock}
                </Button>
              </div>
            )}
          </form>
        </>
      ),
    },
    status,
  );
}

type Section<Kind> = Extract<SeatMap["sections"][number], { kind: Kind }>;

function SeatBoxes(props: { section: Section<"seats">; layout: Layout; states: string; form: FormState }) {
  const { section, layout, states, form } = props;
  const sent = form.values.has("section") ? new Set(form.values.all("seats")) : undefined;
  return (
    <fieldset class="block-seats" data-paint>
      <legend>{section.name}</legend>
      <p class="hint block-how">{t.offSale.how}</p>
      <ul class="block-legend" aria-label={t.offSale.legend}>
        <li class="block-key-free">{t.offSale.onSale}</li>
        <li class="block-key-off">{t.offSale.off}</li>
        <li class="block-key-gone">{t.offSale.gone}</li>
      </ul>
      <div class="block-rows" role="region" aria-label={t.offSale.seatsOf(section.name)} tabIndex={0}>
        <div class="block-map">
          {section.rows.map((row) => (
            <div class="block-row" key={row.name} data-label={t.offSale.row(row.name)}>
              <span class="block-row-name">{row.name}</span>
              {row.seats.map((seat) => {
                const state = states[layout.placeOf.get(seat.name) ?? -1] ?? "f";
                return (
                  <SeatBox
                    key={seat.name}
                    seat={seat}
                    state={state}
                    checked={state === "b" || state === "f" ? (sent?.has(seat.name) ?? state === "b") : false}
                  />
                );
              })}
            </div>
          ))}
        </div>
      </div>
    </fieldset>
  );
}

function SeatBox({ seat, state, checked }: { seat: Seat; state: string; checked: boolean }) {
  const looks = `block-seat block-seat-${state}${seat.aisle ? " block-seat-aisle" : ""}`;
  return (
    <label class={looks} data-x={seat.x} data-y={seat.y}>
      {state === "b" && <input type="hidden" name="was" value={seat.name} />}
      <input
        type="checkbox"
        name="seats"
        value={seat.name}
        checked={checked}
        disabled={state !== "f" && state !== "b"}
        aria-label={`${seat.name}, ${stateName(state)}`}
      />
      <span aria-hidden="true">{seat.name.split("-").at(-1)}</span>
    </label>
  );
}

function StandingCount(props: { form: FormState; section: Section<"standing">; layout: Layout; states: string }) {
  const { section, layout, states } = props;
  const place = layout.sections.find(({ id }) => id === section.id);
  const own = place ? states.slice(place.start, place.start + place.count) : "";
  const count = (state: string) => (own === "" && state === "f" ? section.capacity : own.split(state).length - 1);
  return (
    <Field
      form={props.form}
      name="quantity"
      label={t.offSale.standing(section.name)}
      hint={t.offSale.standingHint(numberText(count("f")), numberText(count("b")))}
      type="number"
      min={1}
      max={section.capacity}
      required
    />
  );
}
