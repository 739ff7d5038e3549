// The door: one big answer to each code. A script takes codes from the camera and from scanners without leaving the page;
// without it a form does.

import type { FastifyReply, FastifyRequest } from "fastify";
import type { Showing } from "../../../catalogue/model.ts";
import { Refusal } from "../../../domain/refusals.ts";
import type { Server } from "../../../http/server.ts";
import { doorCounts } from "../../../sales/scan.ts";
import type { ScanAnswer } from "../../../sales/sales.ts";
import { Button } from "../../components/buttons.tsx";
import { Field } from "../../components/fields.tsx";
import { Icon } from "../../components/icon.tsx";
import { answerView, codeOf, type AnswerView } from "../../door/answer.ts";
import { AnswerBox } from "../../door/answer-box.tsx";
import type { Counted, DoorPage } from "../../door/asking.ts";
import { formValues, freshForm, queryValues, type FormState } from "../../form-values.ts";
import { t } from "../../messages.ts";
import { numberText } from "../../numbers.ts";
import { fill } from "../../picker/fill.ts";
import { momentText, timeText } from "../../times.ts";
import { enter, sendSellerPage, type SellerPageServices, type Visit } from "./frame.tsx";
import { ScanChoice, showingsAroundNow } from "./scan-choice.tsx";

/** `GET /sell/:sellerId/scan?showing=…` and its form. */
export function registerScan(server: Server, services: SellerPageServices): void {
  server.get("/sell/:sellerId/scan", async (request, reply) => {
    const visit = await enter(services, request, "scan");
    const form = freshForm({ gate: t.door.usualGate });
    return draw(services, reply, visit, { form, ...(await onlyOf(services, request, visit)) });
  });
  server.post("/sell/:sellerId/scan", async (request, reply) => {
    const visit = await enter(services, request, "scan");
    const only = await onlyOf(services, request, visit);
    const values = formValues(request);
    const [token, gate] = [codeOf(values.text("token", 2_000)), values.text("gate", 60) || t.door.usualGate];
    const form = freshForm({ gate });
    if (token === "")
      return draw(services, reply, visit, { form: { ...form, errors: { token: t.door.noCode } }, ...only }, 400);
    const { sellerId, actor } = visit.by;
    const showing = only.only ? { showingId: only.only.id } : {};
    const answer = await services.sales.scan({ token, gate, sellerIds: [sellerId], actor, ...showing });
    const status = answer.admitted ? 200 : new Refusal(answer.reason ?? "ticket_invalid").status;
    return draw(services, reply, visit, { form, answer, ...only }, status);
  });
}

/** The one showing that the address names, if it is the seller's. */
async function onlyOf({ catalogue }: SellerPageServices, request: FastifyRequest, { by }: Visit) {
  const id = queryValues(request).text("showing", 40);
  if (id === "") return {};
  const only = await catalogue.showing(id);
  if (only?.sellerId !== by.sellerId) throw new Refusal("not_found", "There is no such showing.");
  return { only };
}

interface Door {
  form: FormState;
  answer?: ScanAnswer;
  only?: Showing;
}

async function draw(
  services: SellerPageServices,
  reply: FastifyReply,
  visit: Visit,
  door: Door,
  status = 200,
): Promise<FastifyReply> {
  const { form, answer, only } = door;
  const counted = await countOf(services, door);
  const choices = await showingsAroundNow(services, visit.by.sellerId);
  const { sellerId } = visit.by;
  const page: DoorPage = {
    scans: "/api/v1/scans",
    showings: `/api/v1/sellers/${sellerId}/showings`,
    sellerId,
    usualGate: t.door.usualGate,
    texts: t.door.live,
    ...(only ? { only: only.id } : {}),
    ...(counted ? { counted: counted.showingId } : {}),
  };
  // Of all pages only this one may ask for the camera.
  void reply.header("permissions-policy", "camera=(self), microphone=()");
  const action = `${visit.base}/scan${only ? `?showing=${only.id}` : ""}`;
  return sendSellerPage(
    services,
    reply,
    visit,
    {
      title: t.door.title,
      part: "/scan",
      islands: ["door"],
      styles: ["door"],
      body: (
        <div class="door" data-door={JSON.stringify(page)}>
          {only && <Only services={services} showing={only} all={`${visit.base}/scan`} />}
          <div data-part="answer" role="status" aria-live="assertive" aria-atomic="true" aria-label={t.door.answer}>
            <AnswerBox {...viewOf(answer, services.clock())} />
          </div>
          <HowMany counted={counted} />
          <CameraPart />
          <form method="post" action={action} class="door-form">
            <Field
              form={form}
              name="token"
              label={t.door.code}
              hint={t.door.codeHint}
              autoComplete="off"
              autoFocus
              required
              maxLength={2_000}
            />
            <Button>{t.door.check}</Button>
            <Field form={form} name="gate" label={t.door.gate} required maxLength={60} />
          </form>
          <label class="door-switch" data-live hidden>
            <input type="checkbox" data-part="sound" />
            {t.door.sound}
          </label>
          <ScanChoice action={`${visit.base}/scan`} choices={choices} {...(only ? { only: only.id } : {})} />
          <section data-part="past" class="door-past" hidden>
            <h2>{t.door.last}</h2>
            <ol />
          </section>
        </div>
      ),
    },
    status,
  );
}

function viewOf(answer: ScanAnswer | undefined, now: number): AnswerView {
  const { live } = t.door;
  if (!answer) return { tone: "ready", word: live.ready, why: live.readyWhy };
  return answerView(live, answer, { now, time: timeText, moment: momentText });
}

/** Of the showing that the page is for, or of the ticket that was scanned. */
async function countOf({ sales }: SellerPageServices, { answer, only }: Door): Promise<Counted | undefined> {
  const { ticket, admittedCount, soldCount } = answer ?? {};
  if (ticket && admittedCount !== undefined && soldCount !== undefined)
    return { showingId: ticket.showingId, admitted: admittedCount, sold: soldCount };
  if (!only) return undefined;
  const counts = doorCounts((await sales.availability(only)).sections);
  return { showingId: only.id, admitted: counts.admittedCount, sold: counts.soldCount };
}

function Only({ services, showing, all }: { services: SellerPageServices; showing: Showing; all: string }) {
  const title = services.catalogue.show(showing.showId)?.title ?? "";
  const timeZone = services.catalogue.venue(showing.venueId)?.timeZone ?? "UTC";
  return (
    <p class="door-only">
      {t.door.only(title, momentText(showing.startsAt, timeZone))} <a href={all}>{t.door.any}</a>
    </p>
  );
}

function HowMany({ counted }: { counted: Counted | undefined }) {
  const { admitted = 0, sold = 0 } = counted ?? {};
  return (
    <div class="door-count" data-part="count" hidden={!counted}>
      <p>{fill(t.door.live.count, { admitted: numberText(admitted), sold: numberText(sold) })}</p>
      <progress max={Math.max(1, sold)} value={admitted} aria-hidden="true" />
    </div>
  );
}

/** Nothing of it is there without the page's script. */
function CameraPart() {
  return (
    <div class="door-eye" data-live hidden>
      <button type="button" class="button button-main" data-part="start">
        <Icon name="scan" />
        {t.door.camera}
      </button>
      <div class="door-camera" data-part="camera" hidden>
        <video data-part="video" playsInline muted aria-label={t.door.picture} />
        <div class="door-camera-row">
          <label class="door-switch" data-part="light-row" hidden>
            <input type="checkbox" data-part="light" />
            {t.door.torch}
          </label>
          <button type="button" class="button button-quiet" data-part="stop">
            {t.door.stop}
          </button>
        </div>
      </div>
      <p data-part="status" role="status" class="hint" />
    </div>
  );
}
