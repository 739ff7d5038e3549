// Signing in, up and out. Whoever came from another page goes back there.

import type { FastifyRequest } from "fastify";
import type { Server } from "../../http/server.ts";
import { safeNext, signInAddress, signUpAddress } from "../addresses.ts";
import { seeOther, sendPage, sendRefused } from "../answers.ts";
import { attempt } from "../attempt.ts";
import { AccountForm } from "../components/account-form.tsx";
import { Field } from "../components/fields.tsx";
import { Notice } from "../components/frames.tsx";
import { formValues, freshForm, queryValues, type FormState, type FormValues } from "../form-values.ts";
import type { PageOptions } from "../layout.tsx";
import { t } from "../messages.ts";
import type { PageServices } from "../services.ts";
import { clientOf, enterSession, leaveSession } from "../sessions.ts";

/** A way in: its form, and what it asks for. */
interface WayIn {
  path: "/sign-in" | "/sign-up";
  fields: readonly string[];
  draw(form: FormState, next: string, done: boolean): PageOptions;
  /** Answers the secret of the new session. */
  enter(services: PageServices, values: FormValues, client: ReturnType<typeof clientOf>): Promise<{ secret: string }>;
}

const signIn: WayIn = {
  path: "/sign-in",
  fields: ["email", "password"],
  draw: drawSignIn,
  enter: ({ accounts }, values, client) =>
    accounts.signIn({ email: values.text("email"), password: values.raw("password"), ...client }),
};

const signUp: WayIn = {
  path: "/sign-up",
  fields: ["name", "email", "password"],
  draw: drawSignUp,
  enter: ({ accounts }, values, client) =>
    accounts.register({
      name: values.text("name"),
      email: values.text("email"),
      password: values.raw("password"),
      ...client,
    }),
};

/** `GET` and `POST` of `/sign-in` and `/sign-up`; `POST /sign-out` */
export function registerSigningIn(server: Server, services: PageServices): void {
  for (const way of [signIn, signUp]) registerWayIn(server, services, way);
  server.post("/sign-out", async (request, reply) => {
    await leaveSession(services, request, reply);
    return seeOther(reply, "/");
  });
}

function registerWayIn(server: Server, services: PageServices, { path, fields, draw, enter }: WayIn): void {
  const nextOf = (values: FormValues) => safeNext(values.text("next", 1_000));
  server.get(path, async (request: FastifyRequest, reply) => {
    const values = queryValues(request);
    if (await services.visitors.who(request)) return seeOther(reply, nextOf(values));
    return sendPage(services, reply, draw(freshForm(), nextOf(values), values.text("done", 20) === "password"));
  });
  server.post(path, async (request: FastifyRequest, reply) => {
    const values = formValues(request);
    const entered = await attempt(values, fields, () => enter(services, values, clientOf(request)));
    if ("form" in entered) {
      return sendRefused(services, reply, draw(entered.form, nextOf(values), false), entered.refusal);
    }
    await enterSession(services, request, reply, entered.made.secret);
    return seeOther(reply, nextOf(values));
  });
}

function EmailField({ form }: { form: FormState }) {
  return (
    <Field
      form={form}
      name="email"
      label={t.signIn.email}
      type="email"
      autoComplete="username"
      maxLength={254}
      required
    />
  );
}

function drawSignIn(form: FormState, next: string, done: boolean): PageOptions {
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
            <p>{t.reset.done}</p>
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

function drawSignUp(form: FormState, next: string): PageOptions {
  return {
    title: t.signUp.title,
    part: "account",
    private: true,
    islands: ["forget-orders"],
    body: (
      <div class="narrow">
        <h1>{t.signUp.title}</h1>
        <AccountForm action="/sign-up" form={form} fields={{ next }} go={t.signUp.go}>
          <Field form={form} name="name" label={t.signUp.name} autoComplete="name" maxLength={100} required />
          <EmailField form={form} />
          <Field
            form={form}
            name="password"
            label={t.signIn.password}
            hint={t.signUp.passwordHint}
            type="password"
            autoComplete="new-password"
            minLength={8}
            required
          />
        </AccountForm>
        <p class="beside">
          {t.signUp.have} <a href={signInAddress(next)}>{t.signIn.title}</a>
        </p>
      </div>
    ),
  };
}
