// Taking seats off sale and putting them back: the seats of one section at a time, as boxes in their rows.

import type { FastifyReply, FastifyRequest } from "fastify";
import type { Showing } from "../../../catalogue/model.ts";
import { Refusal } from "../../../domain/refusals.ts";
import type { Layout, SeatMap } from "../../../domain/seat-map.ts";
import type { Server } from "../../../http/server.ts";
import { seeOther } from "../../answers.ts";
import { attempt } from "../../attempt.ts";
import { withQuery } from "../../addresses.ts";
import { Button } from "../../components/buttons.tsx";
import { Field, FormMessage, Select } from "../../components/fields.tsx";
import type { FormValues } from "../../form-values.ts";
import { formValues, freshForm, queryValues, type FormState } from "../../form-values.ts";
import { enter, param, sendSellerPage, type SellerPageServices, type Visit } from "./frame.tsx";
import { readShowing, titleOf, trailTo } from "./showing.tsx";

const stateNames: Readonly<Record<string, string>> = {
  f: "free",
  h: "held",
  p: "being paid for",
  s: "sold",
  b: "blocked",
};

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
    const blocked = values.text("action") === "block";
    const tried = await attempt(values, ["quantity"], async () => {
      const seats = await seatsOf(services, visit, id, values, blocked);
      if (seats.length === 0) throw new Refusal("invalid_request", "Tick the seats first.");
      await services.authoring.blockSeats(visit.by, id, seats, blocked);
    });
    if ("made" in tried) {
      const query = { section: values.text("section", 8), done: blocked ? "blocked" : "unblocked" };
      return seeOther(reply, withQuery(`${visit.base}/showings/${id}/blocks`, query));
    }
    return draw(services, request, reply, visit, tried.form, tried.status);
  });
}

async function openShowing(services: SellerPageServices, id: string): Promise<Showing> {
  const showing = await services.catalogue.showing(id);
  if (!showing) throw new Refusal("not_ready", "Publish this showing first: seats are blocked where they are sold.");
  return showing;
}

/** The seats that are ticked; for a standing area as many places as asked for. */
async function seatsOf(
  services: SellerPageServices,
  visit: Visit,
  id: string,
  values: FormValues,
  block: boolean,
): Promise<readonly string[]> {
  await services.authoring.showing(visit.by.sellerId, id);
  const quantity = values.whole("quantity", 1, 50_000);
  if (quantity === undefined) return values.all("seats");
  const showing = await openShowing(services, id);
  const { layout } = await services.catalogue.seatMap(showing.seatMapId);
  const section = layout.sections.find((one) => one.id === values.text("section", 8) && one.kind === "standing");
  if (!section) throw new Refusal("invalid_request", "There is no such standing area.", { field: "quantity" });
  const { states } = await services.sales.seatStates(showing);
  const wanted = block ? "f" : "b";
  const places = Array.from({ length: section.count }, (_, index) => section.start + index);
  // From the end: buyers are given the lowest places first.
  const found = places.filter((place) => (states[place] ?? "f") === wanted).slice(-quantity);
  if (found.length < quantity) {
    const sentence = `Only ${found.length} places are ${block ? "free" : "blocked"}.`;
    throw new Refusal("invalid_request", sentence, { field: "quantity" });
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
      title: "Block seats",
      part: "/showings",
      trail: trailTo(visit, view),
      lead: `${titleOf(view)}. Blocked seats are not sold; what is held or sold cannot be blocked.`,
      body: section && (
        <>
          {map.sections.length > 1 && (
            <form method="get" action={action} class="inline-form">
              <Select
                form={freshForm({ section: section.id })}
                name="section"
                label="Section"
                options={map.sections.map(({ id, name }) => ({ value: id, text: name }))}
              />
              <Button kind="quiet">Show section</Button>
            </form>
          )}
          <form method="post" action={action}>
            <FormMessage form={form} />
            <input type="hidden" name="section" value={section.id} />
            {section.kind === "seats" ? (
              <SeatBoxes section={section} layout={layout} states={states} ticked={form.values.all("seats")} />
            ) : (
              <StandingCount form={form} section={section} layout={layout} states={states} />
            )}
            <div class="actions">
              <Button name="action" value="block">
                Block
              </Button>
              <Button name="action" value="unblock" kind="quiet">
                Put back on sale
              </Button>
            </div>
          </form>
        </>
      ),
    },
    status,
  );
}

type Section<Kind> = Extract<SeatMap["sections"][number], { kind: Kind }>;

function SeatBoxes(props: { section: Section<"seats">; layout: Layout; states: string; ticked: readonly string[] }) {
  const { section, layout, states, ticked } = props;
  return (
    <fieldset class="block-seats">
      <legend>{section.name}</legend>
      <div class="block-rows" role="region" aria-label={`Seats of ${section.name}`} tabIndex={0}>
        {section.rows.map((row) => (
          <div class="block-row" key={row.name}>
            <span class="block-row-name">{row.name}</span>
            {row.seats.map((seat) => {
              const state = states[layout.placeOf.get(seat.name) ?? -1] ?? "f";
              const open = state === "f" || state === "b";
              return (
                <label key={seat.name} class={`block-seat block-seat-${state}${seat.aisle ? " block-seat-aisle" : ""}`}>
                  <input
                    type="checkbox"
                    name="seats"
                    value={seat.name}
                    checked={ticked.includes(seat.name)}
                    disabled={!open}
                    aria-label={`${seat.name}, ${stateNames[state] ?? "free"}`}
                  />
                  <span aria-hidden="true">{seat.name.split("-").at(-1)}</span>
                </label>
              );
            })}
          </div>
        ))}
      </div>
      <p class="hint">Green outline: free. Dark: blocked. Grey: held or sold.</p>
    </fieldset>
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
      label={`Standing places of ${section.name}`}
      hint={`${count("f").toLocaleString("en-US")} free, ${count("b").toLocaleString("en-US")} blocked`}
      type="number"
      min={1}
      max={section.capacity}
      required
    />
  );
}
