// Closing one's account: what it means, the password, and that it is done.

import type { Server } from "../../http/server.ts";
import { seeOther, sendPage, sendRefused } from "../answers.ts";
import { attempt } from "../attempt.ts";
import { AccountForm } from "../components/account-form.tsx";
import { ButtonLink } from "../components/buttons.tsx";
import { Checkbox, Field } from "../components/fields.tsx";
import { formValues, freshForm, type FormState } from "../form-values.ts";
import type { PageOptions } from "../layout.tsx";
import { t } from "../messages.ts";
import { PageRefusal } from "../page-refusal.ts";
import type { PageServices } from "../services.ts";

/** `GET` and `POST /account/close`, `GET /account/closed` */
export function registerAccountClose(server: Server, services: PageServices): void {
  const { accounts, visitors } = services;
  server.get("/account/close", async (request, reply) => {
    const { account } = await visitors.signedIn(request);
    return sendPage(services, reply, drawClose(freshForm(), account.email));
  });
  server.post("/account/close", async (request, reply) => {
    const { account } = await visitors.signedIn(request);
    const values = formValues(request);
    const tried = await attempt(values, ["password", "sure"], async () => {
      if (!values.has("sure")) throw new PageRefusal("invalid_request", t.account.closeNotSure, { field: "sure" });
      await accounts.close(account.id, values.raw("password"));
    });
    if ("form" in tried) return sendRefused(services, reply, drawClose(tried.form, account.email), tried.refusal);
    visitors.endSession(reply);
    return seeOther(reply, "/account/closed");
  });
  server.get("/account/closed", (_request, reply) => sendPage(services, reply, drawClosed()));
}

function drawClose(form: FormState, email: string): PageOptions {
  return {
    title: t.account.close,
    part: "account",
    private: true,
    body: (
      <div class="narrow">
        <h1>{t.account.close}</h1>
        <p class="lead">{t.account.closeLead}</p>
        <p>{t.account.closeKept}</p>
        <AccountForm action="/account/close" form={form} username={email} go={t.account.closeGo} danger>
          <Field
            form={form}
            name="password"
            label={t.account.present}
            type="password"
            autoComplete="current-password"
            required
          />
          <Checkbox form={form} name="sure" label={t.account.closeSure} />
        </AccountForm>
      </div>
    ),
  };
}

/** The orders that the browser saved go, too: the island does it. */
function drawClosed(): PageOptions {
  return {
    title: t.account.closed,
    part: "account",
    private: true,
    islands: ["forget-orders"],
    body: (
      <div class="message-page">
        <h1>{t.account.closed}</h1>
        <p class="lead">{t.account.closedLead}</p>
        <p class="actions">
          <ButtonLink href="/">{t.refusals.home}</ButtonLink>
        </p>
      </div>
    ),
  };
}
