// `/sell`: what selling is, one's sellers, and opening a new one.

import type { FastifyReply, FastifyRequest } from "fastify";
import type { SignedIn } from "../../../accounts/accounts.ts";
import type { Server } from "../../../http/server.ts";
import { seeOther, sendPage } from "../../answers.ts";
import { attempt } from "../../attempt.ts";
import { Button, ButtonLink } from "../../components/buttons.tsx";
import { Field, FormMessage, Select } from "../../components/fields.tsx";
import { Badge, Card, PageHead } from "../../components/frames.tsx";
import { formValues, freshForm, type FormState } from "../../form-values.ts";
import { signInAddress, signUpAddress } from "../../addresses.ts";
import { t } from "../../messages.ts";
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
  const sellers = who?.memberships ?? [];
  const body = (
    <>
      <PageHead title={t.sellStart.title} lead={t.sellStart.lead} />
      {sellers.length > 0 && <Sellers sellers={sellers} />}
      <div class="sell-columns">
        <Card title={t.sellStart.open}>{who ? <OpenForm form={form} /> : <SignIn />}</Card>
        <Card title={t.sellStart.what}>
          <dl class="sell-can">
            {Object.entries(t.sellStart.can).map(([name, { title, about }]) => (
              <div key={name}>
                <dt>{title}</dt>
                <dd>{about}</dd>
              </div>
            ))}
          </dl>
        </Card>
      </div>
    </>
  );
  const page = { title: t.sellStart.title, part: "sell", wide: true, address: "/sell", styles: ["sell"] } as const;
  return sendPage(services, reply, { ...page, body }, status);
}

function Sellers({ sellers }: { sellers: SignedIn["memberships"] }) {
  return (
    <section aria-labelledby="your-sellers">
      <h2 id="your-sellers">{t.sellStart.yours}</h2>
      <ul class="seller-links">
        {sellers.map((membership) => (
          <li key={membership.sellerId}>
            <a class="card" href={`/sell/${membership.sellerId}${homeOf(membership.role)}`}>
              <span class="seller-link-name">{membership.sellerName}</span>{" "}
              <Badge tone="plain">{t.sell.roles[membership.role]}</Badge>
            </a>
          </li>
        ))}
      </ul>
    </section>
  );
}

function OpenForm({ form }: { form: FormState }) {
  const names = new Intl.DisplayNames([t.locale], { type: "currency" });
  const options = currencies.map((value) => ({
    value,
    text: t.sellStart.currencyName(value, names.of(value) ?? value),
  }));
  return (
    <form method="post" action="/sell">
      <FormMessage form={form} />
      <Field form={form} name="name" label={t.sellStart.name} hint={t.sellStart.nameHint} required maxLength={120} />
      <Select
        form={form}
        name="currency"
        label={t.sellStart.currency}
        hint={t.sellStart.currencyHint}
        options={options}
      />
      <Button>{t.sellStart.go}</Button>
    </form>
  );
}

function SignIn() {
  return (
    <>
      <p>{t.sellStart.signInFirst}</p>
      <div class="actions">
        <ButtonLink href={signInAddress("/sell")}>{t.sellStart.signIn}</ButtonLink>
        <ButtonLink kind="quiet" href={signUpAddress("/sell")}>
          {t.sellStart.signUp}
        </ButtonLink>
      </div>
    </>
  );
}
