// `/account/email/confirm?key=…`: the page that the mail to an account's new address leads to. Opening it changes nothing.

import type { FastifyReply, FastifyRequest } from "fastify";
import { Refusal } from "../../domain/refusals.ts";
import type { Server } from "../../http/server.ts";
import { seeOther, sendPage, sendRefused } from "../answers.ts";
import { attempt } from "../attempt.ts";
import { AccountForm } from "../components/account-form.tsx";
import { ButtonLink } from "../components/buttons.tsx";
import { Field } from "../components/fields.tsx";
import { drawMessage } from "../components/mailed.tsx";
import { formValues, freshForm, queryValues, type FormState } from "../form-values.ts";
import type { PageOptions } from "../layout.tsx";
import { t } from "../messages.ts";
import type { PageServices } from "../services.ts";

/** `GET` and `POST` of `/account/email/confirm` */
export function registerAccountEmail(server: Server, services: PageServices): void {
  const { accounts, visitors } = services;
  const confirming = async (request: FastifyRequest, key: string, form: FormState) => {
    const { accountId, email } = await accounts.emailChange(key);
    const account = (await visitors.who(request))?.account;
    return drawConfirm({ key, email, form, ...(account?.id === accountId && { before: account.email }) });
  };
  server.get("/account/email/confirm", (request: FastifyRequest, reply) =>
    orOver(services, reply, async () => {
      const key = queryValues(request).text("key", 100);
      return sendPage(services, reply, await confirming(request, key, freshForm()));
    }),
  );
  server.post("/account/email/confirm", (request: FastifyRequest, reply) =>
    orOver(services, reply, async () => {
      const values = formValues(request);
      const secret = values.text("key", 100);
      const accountId = (await visitors.who(request))?.account.id;
      const whose = { ...(accountId !== undefined && { accountId }), password: values.raw("password") };
      const confirmed = await attempt(values, ["password"], () =>
        accounts.confirmEmail({ secret, ...whose, language: t.language }),
      );
      if ("form" in confirmed) {
        const { form, refusal } = confirmed;
        if (isOver(refusal)) throw refusal;
        return sendRefused(services, reply, await confirming(request, secret, form), refusal);
      }
      // Whoever reads mail on another device than the one they signed in on has no session here.
      return seeOther(reply, accountId === undefined ? "/sign-in?done=email" : "/account?done=newEmail");
    }),
  );
}

const isOver = ({ code }: Refusal) => code === "not_found" || code === "email_taken";

async function orOver(
  services: PageServices,
  reply: FastifyReply,
  work: () => Promise<FastifyReply>,
): Promise<FastifyReply> {
  try {
    return await work();
  } catch (error) {
    if (!(error instanceof Refusal) || !isOver(error)) throw error;
    const [title, lead] =
      error.code === "not_found"
        ? [t.reset.over, t.account.emailOver]
        : [t.account.emailTaken, t.account.emailTakenLead];
    const actions = <ButtonLink href="/account">{t.account.title}</ButtonLink>;
    return sendRefused(services, reply, drawMessage(title, lead, actions), error);
  }
}

interface Confirming {
  key: string;
  email: string;
  form: FormState;
  /** The account's address until now, where it is signed in. */
  before?: string;
}

function drawConfirm({ key, email, form, before }: Confirming): PageOptions {
  return {
    title: t.account.emailConfirm,
    part: "account",
    private: true,
    body: (
      <div class="narrow">
        <h1>{t.account.emailConfirm}</h1>
        <p class="lead">{t.account.emailConfirmLead(email)}</p>
        <AccountForm action="/account/email/confirm" form={form} fields={{ key }} go={t.account.emailConfirmGo}>
          {before === undefined ? (
            <Field
              form={form}
              name="password"
              label={t.account.present}
              hint={t.account.emailConfirmHint}
              type="password"
              autoComplete="current-password"
              required
            />
          ) : (
            <p>{t.account.emailConfirmOf(before)}</p>
          )}
          <p class="soft">{t.account.emailConfirmNot}</p>
        </AccountForm>
      </div>
    ),
  };
}
