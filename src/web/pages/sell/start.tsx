// `/sell`: what selling is, one's sellers, and opening a new one.

import type { FastifyReply, FastifyRequest } from "fastify";
import type { Server } from "../../../http/server.ts";
import { seeOther, sendPage } from "../../answers.ts";
import { attempt } from "../../attempt.ts";
import { Button, ButtonLink } from "../../components/buttons.tsx";
import { Field, FormMessage, Select } from "../../components/fields.tsx";
import { Badge, Card, PageHead } from "../../components/frames.tsx";
import { formValues, freshForm, type FormState } from "../../form-values.ts";
import { signInAddress, signUpAddress } from "../../addresses.ts";
import { homeOf } from "./invitation.tsx";
import { type SellerPageServices } from "./frame.tsx";

const currencies = ["USD", "EUR", "GBP", "CAD", "AUD", "CHF", "SEK", "NOK", "DKK", "PLN", "JPY", "MXN", "BRL", "INR"];

/** `GET /sell`, `POST /sell`. */
export function registerSellStart(server: Server, services: SellerPageServices): void {
  server.get("/sell", (request, reply) => draw(services, request, reply, freshForm({ currency: "USD" })));
  server.post("/sell", async (request, reply) => {
    const { account } = await services.visitors.signedIn(request);
    const values = formValues(request);
    const input = { name: values.text("name"), currency: values.text("currency", 3) };
    const tried = await attempt(values, ["name", "currency"], () => services.accounts.openSeller(account.id, input));
    if ("made" in tried) return seeOther(reply, `/sell/${tried.made.id}`);
    return draw(services, request, reply, tried.form, tried.status);
  });
}

async function draw(
  services: SellerPageServices,
  request: FastifyRequest,
  reply: FastifyReply,
  form: FormState,
  status = 200,
): Promise<FastifyReply> {
  const who = await services.visitors.who(request);
  const body = (
    <>
      <PageHead
        title="Sell tickets"
        lead="List a show, price every seat, watch it sell and let people through the door."
      />
      {who && who.memberships.length > 0 && (
        <Card title="Your sellers">
          <ul class="plain-list">
            {who.memberships.map((membership) => (
              <li key={membership.sellerId}>
                <a href={`/sell/${membership.sellerId}${homeOf(membership.role)}`}>{membership.sellerName}</a>{" "}
                <Badge tone="plain">{membership.role}</Badge>
              </li>
            ))}
          </ul>
        </Card>
      )}
      <div class="sell-columns">
        <Card title="What you can do">
          <ul>
            <li>Add your venues; draw auditoriums, or take one of four templates from 120 to 20,000 places.</li>
            <li>List films and live events with poster and trailer.</li>
            <li>Schedule a season in one go: these times, these weekdays, this date range.</li>
            <li>Set prices by section; buyers see them with fees and taxes included.</li>
            <li>Sell: no seat is ever sold twice.</li>
            <li>Refund, cancel, export, and scan tickets at the door.</li>
          </ul>
        </Card>
        <Card title="Open a seller account">
          {who ? (
            <form method="post" action="/sell">
              <FormMessage form={form} />
              <Field form={form} name="name" label="Name" hint="As buyers see it" required maxLength={120} />
              <Select
                form={form}
                name="currency"
                label="Currency"
                hint="All of your prices are in it"
                options={currencies.map((value) => ({ value, text: value }))}
              />
              <Button>Open seller account</Button>
            </form>
          ) : (
            <>
              <p>Sign in first; an account is free.</p>
              <div class="actions">
                <ButtonLink href={signInAddress("/sell")}>Sign in</ButtonLink>
                <ButtonLink kind="quiet" href={signUpAddress("/sell")}>
                  Create an account
                </ButtonLink>
              </div>
            </>
          )}
        </Card>
      </div>
    </>
  );
  return sendPage(services, reply, { title: "Sell tickets", part: "sell", wide: true, body }, status);
}
