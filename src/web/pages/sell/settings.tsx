// A seller's settings: name, fee, tax, cancelling, and single seats.

import type { FastifyReply } from "fastify";
import type { Seller, SellerSettings } from "../../../accounts/accounts.ts";
import { mostFeeMinor } from "../../../domain/pricing.ts";
import type { Server } from "../../../http/server.ts";
import { seeOther } from "../../answers.ts";
import { attempt } from "../../attempt.ts";
import { Button } from "../../components/buttons.tsx";
import { Checkbox, Field, FormMessage } from "../../components/fields.tsx";
import { Card } from "../../components/frames.tsx";
import type { FormValues } from "../../form-values.ts";
import { formValues, freshForm, type FormState } from "../../form-values.ts";
import { t } from "../../messages.ts";
import { moneyText } from "../../numbers.ts";
import { PageRefusal } from "../../page-refusal.ts";
import { readAmount, readPercent, writeAmount, writePercent } from "./amounts.ts";
import { enter, sendSellerPage, type SellerPageServices, type Visit } from "./frame.tsx";

const fields = ["name", "feeMinor", "taxBasisPoints", "cancelHours", "strandRule"];

/** `GET /sell/:sellerId/settings` and its form. */
export function registerSettings(server: Server, services: SellerPageServices): void {
  server.get("/sell/:sellerId/settings", async (request, reply) => {
    const visit = await enter(services, request, "settings");
    return draw(services, reply, visit, freshForm(formOf(visit.seller)));
  });
  server.post("/sell/:sellerId/settings", async (request, reply) => {
    const visit = await enter(services, request, "settings");
    const values = formValues(request);
    const tried = await attempt(values, fields, () =>
      services.accounts.updateSeller(visit.by.sellerId, readSettings(values, visit.seller.currency), visit.by.actor),
    );
    if ("made" in tried) return seeOther(reply, `${visit.base}/settings?done=saved`);
    return draw(services, reply, visit, tried.form, tried.status);
  });
}

function readSettings(values: FormValues, currency: string): SellerSettings {
  const faults: Record<string, string> = {};
  const feeMinor = readAmount(values.text("feeMinor", 20), currency);
  const taxBasisPoints = readPercent(values.text("taxBasisPoints", 10));
  const hours = values.text("cancelHours", 10);
  const cancelHours = hours === "" ? null : values.whole("cancelHours", 0, 8_760);
  if (feeMinor === undefined) faults["feeMinor"] = t.sellSettings.wrongFee;
  else if (feeMinor > mostFeeMinor) faults["feeMinor"] = t.prices.tooMuch(moneyText(mostFeeMinor, currency));
  if (taxBasisPoints === undefined) faults["taxBasisPoints"] = t.sellSettings.wrongTax;
  if (cancelHours === undefined) faults["cancelHours"] = t.sellSettings.wrongHours;
  const [field, sentence] = Object.entries(faults)[0] ?? [];
  if (field !== undefined || feeMinor === undefined || taxBasisPoints === undefined || cancelHours === undefined) {
    throw new PageRefusal("invalid_request", sentence, { ...(field ? { field } : {}), fields: faults });
  }
  const strandRule = values.text("strandRule") === "yes";
  return { name: values.text("name"), feeMinor, taxBasisPoints, cancelHours, strandRule };
}

function formOf(seller: Seller): Record<string, string> {
  return {
    name: seller.name,
    feeMinor: writeAmount(seller.feeMinor, seller.currency),
    taxBasisPoints: writePercent(seller.taxBasisPoints),
    cancelHours: seller.cancelHours === undefined ? "" : String(seller.cancelHours),
    strandRule: seller.strandRule ? "yes" : "no",
  };
}

function draw(services: SellerPageServices, reply: FastifyReply, visit: Visit, form: FormState, status = 200) {
  return sendSellerPage(
    services,
    reply,
    visit,
    {
      title: t.sellSettings.title,
      part: "/settings",
      body: <SettingsForm visit={visit} form={form} />,
    },
    status,
  );
}

function SettingsForm({ visit, form }: { visit: Visit; form: FormState }) {
  const texts = t.sellSettings;
  return (
    <form method="post" action={`${visit.base}/settings`} class="sell-form stack">
      <FormMessage form={form} />
      <Card title={texts.buyers}>
        <Field form={form} name="name" label={t.sellStart.name} hint={t.sellStart.nameHint} required maxLength={120} />
      </Card>
      <Card title={texts.money}>
        <div class="sell-fields">
          <Field
            form={form}
            name="feeMinor"
            label={texts.fee(visit.seller.currency)}
            hint={texts.feeHint}
            inputMode="decimal"
            required
          />
          <Field
            form={form}
            name="taxBasisPoints"
            label={texts.tax}
            hint={texts.taxHint}
            inputMode="decimal"
            required
          />
        </div>
      </Card>
      <Card title={texts.rules}>
        <Field
          form={form}
          name="cancelHours"
          label={texts.cancelHours}
          hint={texts.cancelHoursHint}
          type="number"
          min={0}
          max={8760}
        />
        <Checkbox form={form} name="strandRule" label={texts.strandRule} hint={texts.strandRuleHint} />
      </Card>
      <div>
        <Button>{texts.save}</Button>
      </div>
    </form>
  );
}
