// The door: a code typed in or sent by a scanner that types, and one big answer.

import type { FastifyReply } from "fastify";
import { Refusal } from "../../../domain/refusals.ts";
import type { Server } from "../../../http/server.ts";
import type { ScanAnswer } from "../../../sales/sales.ts";
import { Button } from "../../components/buttons.tsx";
import { Field } from "../../components/fields.tsx";
import { formValues, freshForm, type FormState } from "../../form-values.ts";
import { numberText } from "../../numbers.ts";
import { momentText } from "../../times.ts";
import { enter, sellerTimeZone, sendSellerPage, type SellerPageServices, type Visit } from "./frame.tsx";

/** `GET /sell/:sellerId/scan` and its form. */
export function registerScan(server: Server, services: SellerPageServices): void {
  server.get("/sell/:sellerId/scan", async (request, reply) => {
    const visit = await enter(services, request, "scan");
    return draw(services, reply, visit, freshForm({ gate: "Main entrance" }));
  });
  server.post("/sell/:sellerId/scan", async (request, reply) => {
    const visit = await enter(services, request, "scan");
    const values = formValues(request);
    const [token, gate] = [tokenOf(values.text("token", 2_000)), values.text("gate", 60) || "Main entrance"];
    const form = freshForm({ gate });
    if (token === "")
      return draw(services, reply, visit, { ...form, errors: { token: "Scan or type a code." } }, undefined, 400);
    const { sellerId, actor } = visit.by;
    const answer = await services.sales.scan({ token, gate, sellerIds: [sellerId], actor });
    const status = answer.admitted ? 200 : new Refusal(answer.reason ?? "ticket_invalid").status;
    return draw(services, reply, visit, form, answer, status);
  });
}

/** A ticket's code, also out of an address that ends in it. */
function tokenOf(text: string): string {
  return /(v1\.[\w-]+\.[\w-]+\.[\w-]+)\s*$/.exec(text)?.[1] ?? text;
}

async function draw(
  services: SellerPageServices,
  reply: FastifyReply,
  visit: Visit,
  form: FormState,
  answer?: ScanAnswer,
  status = 200,
): Promise<FastifyReply> {
  const timeZone = await sellerTimeZone(services, visit.by.sellerId);
  return sendSellerPage(
    services,
    reply,
    visit,
    {
      title: "Scan tickets",
      part: "/scan",
      body: (
        <div class="scan">
          {answer && <Answer answer={answer} timeZone={timeZone} />}
          <form method="post" action={`${visit.base}/scan`} class="scan-form">
            <Field
              form={form}
              name="token"
              label="Code of the ticket"
              hint="Scan it into this field, or type it and press Enter"
              autoComplete="off"
              autoFocus
              required
              maxLength={2_000}
            />
            <Field form={form} name="gate" label="Gate" required maxLength={60} />
            <Button>Check ticket</Button>
          </form>
        </div>
      ),
    },
    status,
  );
}

const headings: Readonly<Record<string, string>> = {
  ticket_used: "Used already",
  ticket_void: "Not valid any more",
  ticket_wrong_showing: "Another showing",
  not_allowed: "Another seller’s ticket",
};

function Answer({ answer, timeZone }: { answer: ScanAnswer; timeZone: string }) {
  const { admitted, reason = "ticket_invalid", detail, ticket, usedAt, usedGate, admittedCount } = answer;
  return (
    <div class={admitted ? "scan-answer scan-yes" : "scan-answer scan-no"} role={admitted ? "status" : "alert"}>
      <p class="scan-word">{admitted ? "Let in" : (headings[reason] ?? "No ticket of ours")}</p>
      <p>{detail}</p>
      {usedAt !== undefined && (
        <p>
          First used {momentText(usedAt, timeZone)}
          {usedGate ? ` at ${usedGate}` : ""}.
        </p>
      )}
      {ticket && (
        <p>
          <strong>{ticket.seat}</strong> · {ticket.tier} · {ticket.title}, {momentText(ticket.startsAt, timeZone)}
        </p>
      )}
      {admittedCount !== undefined && (
        <p>
          {numberText(admittedCount)} {admittedCount === 1 ? "person is" : "people are"} in.
        </p>
      )}
    </div>
  );
}
