// Signing in and out. Whoever came from another page goes back there.

import type { FastifyRequest } from "fastify";
import type { Server } from "../../http/server.ts";
import { safeNext, signUpAddress } from "../addresses.ts";
import { seeOther, sendPage, sendRefused } from "../answers.ts";
import { attempt } from "../attempt.ts";
import { AccountForm } from "../components/account-form.tsx";
import { EmailField } from "../components/email-field.tsx";
import { Field } from "../components/fields.tsx";
import { Notice } from "../components/frames.tsx";
import { formValues, freshForm, queryValues, type FormState, type FormValues } from "../form-values.ts";
import type { PageOptions } from "../layout.tsx";
import { t } from "../messages.ts";
import type { PageServices } from "../services.ts";
import { clientOf, enterSession, leaveSession } from "../sessions.ts";

/** `GET` and `POST` of `/sign-in`; `POST /sign-out` */
export function registerSigningIn(server: Server, services: PageServices): void {
  const nextOf = (values: FormValues) => safeNext(values.text("next", 1_000));
  server.get("/sign-in", async (request: FastifyRequest, reply) => {
    const values = queryValues(request);
    if (await services.visitors.who(request)) return seeOther(reply, nextOf(values));
    return sendPage(services, reply, draw(freshForm(), nextOf(values), values.text("done", 20)));
  });
  server.post("/sign-in", async (request: FastifyRequest, reply) => {
    const values = formValues(request);
    const entered = await attempt(values, ["email", "password"], () =>
      services.accounts.signIn({
        email: values.text("email"),
        password: values.raw("password"),
        ...clientOf(request),
      }),
    );
    if ("form" in entered) return sendRefused(services, reply, draw(entered.form, nextOf(values)), entered.refusal);
    await enterSession(services, request, reply, entered.made.secret);
    return seeOther(reply, nextOf(values));
  });
  server.post("/sign-out", async (request, reply) => {
    await leaveSession(services, request, reply);
    return seeOther(reply, "/");
  });
}

function draw(form: FormState, next: string, doneKey = ""): PageOptions {
  const done = doneKey === "password" ? t.reset.done : doneKey === "email" ? t.account.done.newEmail : "";
  return {
    title: t.signIn.title,
    part: "account",
    private: true,
    islands: ["forget-orders"],
    body: (
      <div class="narrow">
        <h1>{t.signIn.title}</h1>
        {done && (
          <Notice kind="done">
            <p>{done}</p>
          </Notice>
        )}
        <AccountForm action="/sign-in" form={form} fields={{ next }} go={t.signIn.go}>
          <EmailField form={form} />
          <Field
            form={form}
            name="password"
            label={t.signIn.password}
            type="password"
            autoComplete="current-password"
            required
          />
        </AccountForm>
        <p class="beside">
          <a href="/forgot-password">{t.reset.forgotten}</a>
        </p>
        <p>
          {t.signIn.none} <a href={signUpAddress(next)}>{t.signUp.title}</a>
        </p>
      </div>
    ),
  };
}
