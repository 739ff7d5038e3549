// A forgotten password: asking for a link by mail, and the page that the link leads to.

import type { ComponentChildren } from "preact";
import { Refusal } from "../../domain/refusals.ts";
import type { Server } from "../../http/server.ts";
import { sendPage } from "../answers.ts";
import { Button } from "../components/buttons.tsx";
import { Field, FormMessage } from "../components/fields.tsx";
import { Card, Notice } from "../components/frames.tsx";
import { formValues, freshForm, queryValues, refusedForm, type FormState } from "../form-values.ts";
import type { PageOptions } from "../layout.tsx";
import { t } from "../messages.ts";
import type { PageServices } from "../services.ts";

/** `GET` and `POST` of `/forgotten-password` and `/reset-password?key=…` */
export function registerPasswordReset(server: Server, services: PageServices): void {
  registerAsking(server, services);
  registerChoosing(server, services);
}

function registerAsking(server: Server, services: PageServices): void {
  server.get("/forgotten-password", (_request, reply) => sendPage(services, reply, drawAsking(freshForm())));
  server.post("/forgotten-password", async (request, reply) => {
    const values = formValues(request);
    try {
      await services.accounts.requestPasswordReset(values.text("email", 254), request.ip);
      return sendPage(services, reply, drawAsked(values.text("email", 254)));
    } catch (refusal) {
      if (!(refusal instanceof Refusal)) throw refusal;
      return sendPage(services, reply, drawAsking(refusedForm(values, refusal, ["email"])), refusal.status);
    }
  });
}

function registerChoosing(server: Server, services: PageServices): void {
  server.get("/reset-password", async (request, reply) => {
    const key = queryValues(request).text("key", 100);
    const { email } = await services.accounts.passwordReset(key);
    return sendPage(services, reply, drawChoosing(freshForm(), key, email));
  });
  server.post("/reset-password", async (request, reply) => {
    const values = formValues(request);
    const key = values.text("key", 100);
    const { email } = await services.accounts.passwordReset(key);
    try {
      await services.accounts.resetPassword(key, values.raw("wanted"));
    } catch (refusal) {
      if (!(refusal instanceof Refusal) || refusal.code !== "weak_password") throw refusal;
      const form = refusedForm(values, refusal, ["wanted"]);
      return sendPage(services, reply, drawChoosing(form, key, email), refusal.status);
    }
    return reply.redirect("/sign-in?done=password", 303);
  });
}

function drawAsking(form: FormState): PageOptions {
  return framed(
    t.reset.forgotten,
    <form method="post" action="/forgotten-password">
      <FormMessage form={form} />
      <Field
        form={form}
        name="email"
        label={t.signIn.email}
        hint={t.reset.hint}
        type="email"
        autoComplete="username"
        maxLength={254}
        required
      />
      <Button>{t.reset.send}</Button>
    </form>,
  );
}

function drawAsked(email: string): PageOptions {
  return framed(
    t.reset.forgotten,
    <Notice kind="done">
      <p>{t.reset.sent(email)}</p>
    </Notice>,
  );
}

function drawChoosing(form: FormState, key: string, email: string): PageOptions {
  return framed(
    t.reset.choose,
    <form method="post" action="/reset-password">
      <FormMessage form={form} />
      <input type="hidden" name="key" value={key} />
      <p>{t.reset.of(email)}</p>
      <Field
        form={form}
        name="wanted"
        label={t.account.wanted}
        hint={`${t.signUp.passwordHint} ${t.account.othersEnd}`}
        type="password"
        autoComplete="new-password"
        minLength={8}
        required
      />
      <Button>{t.account.change}</Button>
    </form>,
  );
}

function framed(title: string, content: ComponentChildren): PageOptions {
  return {
    title,
    part: "account",
    private: true,
    body: (
      <div class="narrow">
        <h1>{title}</h1>
        <Card>{content}</Card>
      </div>
    ),
  };
}
