// A forgotten password: asking for a link by mail, and choosing a new password by it.

import type { FastifyReply } from "fastify";
import { Refusal } from "../../domain/refusals.ts";
import type { Server } from "../../http/server.ts";
import { seeOther, sendPage, sendRefused } from "../answers.ts";
import { attempt } from "../attempt.ts";
import { AccountForm } from "../components/account-form.tsx";
import { ButtonLink } from "../components/buttons.tsx";
import { EmailField } from "../components/email-field.tsx";
import { Field } from "../components/fields.tsx";
import { Card } from "../components/frames.tsx";
import { DemoLink } from "../components/mailed.tsx";
import { formValues, freshForm, queryValues, type FormState } from "../form-values.ts";
import type { PageOptions } from "../layout.tsx";
import { t } from "../messages.ts";
import type { PageServices } from "../services.ts";
import { leaveSession } from "../sessions.ts";

/** `GET` and `POST` of `/forgot-password` and `/reset-password` */
export function registerPasswordReset(server: Server, services: PageServices): void {
  registerAsking(server, services);
  registerChoosing(server, services);
}

function registerAsking(server: Server, services: PageServices): void {
  server.get("/forgot-password", (_request, reply) => sendPage(services, reply, drawAsk(freshForm())));
  server.post("/forgot-password", async (request, reply) => {
    const values = formValues(request);
    const asked = await attempt(values, ["email"], () =>
      services.accounts.requestPasswordReset(values.text("email"), request.ip, t.language),
    );
    return "made" in asked
      ? sendPage(services, reply, drawSent(services.showsMailedLinks ? asked.made?.path : undefined))
      : sendRefused(services, reply, drawAsk(asked.form), asked.refusal);
  });
}

function registerChoosing(server: Server, services: PageServices): void {
  const { accounts } = services;
  server.get("/reset-password", async (request, reply) => {
    const key = queryValues(request).text("key", 100);
    return orOver(services, reply, async () => {
      const { email } = await accounts.passwordReset(key);
      return sendPage(services, reply, drawChoose(freshForm(), key, email));
    });
  });
  server.post("/reset-password", async (request, reply) => {
    const values = formValues(request);
    const key = values.text("key", 100);
    return orOver(services, reply, async () => {
      const { email } = await accounts.passwordReset(key);
      const chosen = await attempt(values, ["wanted"], () => accounts.resetPassword(key, values.raw("wanted")));
      if ("form" in chosen) {
        if (chosen.refusal.code === "not_found") throw chosen.refusal;
        return sendRefused(services, reply, drawChoose(chosen.form, key, email), chosen.refusal);
      }
      await leaveSession(services, request, reply);
      return seeOther(reply, "/sign-in?done=password");
    });
  });
}

/** Answers what `work` does; if the link no longer opens, a page that leads to a new one. */
async function orOver(
  services: PageServices,
  reply: FastifyReply,
  work: () => Promise<FastifyReply>,
): Promise<FastifyReply> {
  try {
    return await work();
  } catch (error) {
    if (!(error instanceof Refusal) || error.code !== "not_found") throw error;
    return sendRefused(services, reply, drawOver(), error);
  }
}

function drawAsk(form: FormState): PageOptions {
  return {
    title: t.reset.forgotten,
    part: "account",
    private: true,
    body: (
      <div class="narrow">
        <h1>{t.reset.forgotten}</h1>
        <p class="lead">{t.reset.lead}</p>
        <AccountForm action="/forgot-password" form={form} go={t.reset.send}>
          <EmailField form={form} />
        </AccountForm>
        <p class="beside">
          <a href="/sign-in">{t.reset.remembered}</a>
        </p>
      </div>
    ),
  };
}

function drawSent(path: string | undefined): PageOptions {
  return {
    title: t.reset.look,
    part: "account",
    private: true,
    body: (
      <div class="narrow">
        <h1>{t.reset.look}</h1>
        <Card>
          <p>{t.reset.sent}</p>
          <DemoLink path={path} />
          <p class="soft">{t.reset.sentHint}</p>
          <p class="actions">
            <ButtonLink href="/sign-in">{t.signIn.title}</ButtonLink>
            <ButtonLink href="/forgot-password" kind="quiet">
              {t.reset.again}
            </ButtonLink>
          </p>
        </Card>
      </div>
    ),
  };
}

function drawChoose(form: FormState, key: string, email: string): PageOptions {
  return {
    title: t.reset.choose,
    part: "account",
    private: true,
    body: (
      <div class="narrow">
        <h1>{t.reset.choose}</h1>
        <p class="lead">{t.reset.of(email)}</p>
        <AccountForm action="/reset-password" form={form} fields={{ key }} username={email} go={t.reset.go}>
          <Field
            form={form}
            name="wanted"
            label={t.account.wanted}
            hint={`${t.signUp.passwordHint} ${t.reset.allEnd}`}
            type="password"
            autoComplete="new-password"
            minLength={8}
            required
          />
        </AccountForm>
      </div>
    ),
  };
}

function drawOver(): PageOptions {
  return {
    title: t.reset.over,
    part: "account",
    private: true,
    body: (
      <div class="narrow">
        <h1>{t.reset.over}</h1>
        <p class="lead">{t.reset.overLead}</p>
        <p>
          <ButtonLink href="/forgot-password">{t.reset.again}</ButtonLink>
        </p>
      </div>
    ),
  };
}
