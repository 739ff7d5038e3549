// `/account/email/confirm?key=…`: the page that the mail to an account's new address leads to. Opening it changes nothing.

import type { FastifyReply, FastifyRequest } from "fastify";
import { Refusal } from "../../domain/refusals.ts";
import type { Server } from "../../http/server.ts";
import { seeOther, sendPage, sendRefused } from "../answers.ts";
import { AccountForm } from "../components/account-form.tsx";
import { ButtonLink } from "../components/buttons.tsx";
import { drawMessage } from "../components/mailed.tsx";
import { formValues, freshForm, queryValues } from "../form-values.ts";
import type { PageOptions } from "../layout.tsx";
import { t } from "../messages.ts";
import type { PageServices } from "../services.ts";

/** `GET` and `POST` of `/account/email/confirm` */
export function registerAccountEmail(server: Server, services: PageServices): void {
  const { accounts, visitors } = services;
  server.get("/account/email/confirm", (request: FastifyRequest, reply) =>
    orOver(services, reply, async () => {
      const key = queryValues(request).text("key", 100);
      const { email } = await accounts.emailChange(key);
      return sendPage(services, reply, drawConfirm(key, email));
    }),
  );
  server.post("/account/email/confirm", (request: FastifyRequest, reply) =>
    orOver(services, reply, async () => {
      await accounts.confirmEmail(formValues(request).text("key", 100), t.language);
      // Whoever reads mail on another device than the one they signed in on has no session here.
      return seeOther(reply, (await visitors.who(request)) ? "/account?done=newEmail" : "/sign-in?done=email");
    }),
  );
}

async function orOver(
  services: PageServices,
  reply: FastifyReply,
  work: () => Promise<FastifyReply>,
): Promise<FastifyReply> {
  try {
    return await work();
  } catch (error) {
    if (!(error instanceof Refusal) || (error.code !== "not_found" && error.code !== "email_taken")) throw error;
    const [title, lead] =
      error.code === "not_found"
        ? [t.reset.over, t.account.emailOver]
        : [t.account.emailTaken, t.account.emailTakenLead];
    const actions = <ButtonLink href="/account">{t.account.title}</ButtonLink>;
    return sendRefused(services, reply, drawMessage(title, lead, actions), error);
  }
}

function drawConfirm(key: string, email: string): PageOptions {
  return {
    title: t.account.emailConfirm,
    part: "account",
    private: true,
    body: (
      <div class="narrow">
        <h1>{t.account.emailConfirm}</h1>
        <p class="lead">{t.account.emailConfirmLead(email)}</p>
        <AccountForm action="/account/email/confirm" form={freshForm()} fields={{ key }} go={t.account.emailConfirmGo}>
          <p class="soft">{t.account.emailConfirmNot}</p>
        </AccountForm>
      </div>
    ),
  };
}
