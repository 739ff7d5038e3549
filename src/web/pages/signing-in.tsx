// Signing in, up and out. Whoever came from another page goes back there.

import type { FastifyReply, FastifyRequest } from "fastify";
import { Refusal } from "../../domain/refusals.ts";
import type { Server } from "../../http/server.ts";
import { safeNext, withQuery } from "../addresses.ts";
import { sendPage } from "../answers.ts";
import { Button } from "../components/buttons.tsx";
import { Field, FormMessage } from "../components/fields.tsx";
import { Card, Notice } from "../components/frames.tsx";
import { formValues, freshForm, queryValues, refusedForm, type FormState } from "../form-values.ts";
import type { PageOptions } from "../layout.tsx";
import { t } from "../messages.ts";
import type { PageServices } from "../services.ts";

/** `GET` and `POST` of `/sign-in` and `/sign-up`; `POST /sign-out` */
export function registerSigningIn(server: Server, services: PageServices): void {
  const { accounts, visitors } = services;
  const draw = { "/sign-in": drawSignIn, "/sign-up": drawSignUp };
  for (const [path, drawForm] of Object.entries(draw)) {
    server.get(path, async (request, reply) => {
      const next = safeNext(queryValues(request).text("next", 1_000));
      if (await visitors.who(request)) return reply.redirect(next, 303);
      const done = queryValues(request).text("done", 20) === "password";
      return sendPage(services, reply, drawForm(freshForm(), next, done));
    });
  }
  server.post("/sign-in", async (request, reply) => {
    const values = formValues(request);
    const next = safeNext(values.text("next", 1_000));
    return orForm(services, request, reply, drawSignIn, next, async () => {
      const { secret } = await accounts.signIn({
        email: values.text("email", 254),
        password: values.raw("password"),
        ...client(request),
      });
      visitors.startSession(reply, secret);
    });
  });
  server.post("/sign-up", async (request, reply) => {
    const values = formValues(request);
    const next = safeNext(values.text("next", 1_000));
    return orForm(services, request, reply, drawSignUp, next, async () => {
      const { secret } = await accounts.register({
        name: values.text("name", 200),
        email: values.text("email", 254),
        password: values.raw("password"),
        ...client(request),
      });
      visitors.startSession(reply, secret);
    });
  });
  server.post("/sign-out", async (request, reply) => {
    const secret = visitors.secretOf(request);
    if (secret) await accounts.signOut(secret);
    visitors.endSession(reply);
    return reply.redirect("/", 303);
  });
}

const client = (request: FastifyRequest) => ({
  userAgent: (request.headers["user-agent"] ?? "").slice(0, 300),
  address: request.ip,
});

/** Goes on to `next`, or shows the form again with what was typed; passwords are typed anew. */
async function orForm(
  services: PageServices,
  request: FastifyRequest,
  reply: FastifyReply,
  draw: (form: FormState, next: string) => PageOptions,
  next: string,
  act: () => Promise<void>,
): Promise<FastifyReply> {
  try {
    await act();
    return reply.redirect(next, 303);
  } catch (refusal) {
    if (!(refusal instanceof Refusal)) throw refusal;
    const form = refusedForm(formValues(request), refusal, ["name", "email", "password"]);
    return sendPage(services, reply, draw(form, next), refusal.status);
  }
}

function drawSignIn(form: FormState, next: string, changed = false): PageOptions {
  return {
    title: t.signIn.title,
    part: "account",
    private: true,
    body: (
      <div class="narrow">
        <h1>{t.signIn.title}</h1>
        {changed && (
          <Notice kind="done">
            <p>{t.reset.done}</p>
          </Notice>
        )}
        <Card>
          <form method="post" action="/sign-in">
            <FormMessage form={form} />
            <input type="hidden" name="next" value={next} />
            <Field
              form={form}
              name="email"
              label={t.signIn.email}
              type="email"
              autoComplete="username"
              maxLength={254}
              required
            />
            <Field
              form={form}
              name="password"
              label={t.signIn.password}
              type="password"
              autoComplete="current-password"
              required
            />
            <Button>{t.signIn.go}</Button>
          </form>
        </Card>
        <p class="beside">
          <a href="/forgotten-password">{t.reset.forgotten}</a>
        </p>
        <p>
          {t.signIn.none} <a href={withQuery("/sign-up", { next })}>{t.signUp.title}</a>
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
    body: (
      <div class="narrow">
        <h1>{t.signUp.title}</h1>
        <Card>
          <form method="post" action="/sign-up">
            <FormMessage form={form} />
            <input type="hidden" name="next" value={next} />
            <Field form={form} name="name" label={t.signUp.name} autoComplete="name" maxLength={200} required />
            <Field
              form={form}
              name="email"
              label={t.signIn.email}
              type="email"
              autoComplete="username"
              maxLength={254}
              required
            />
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
            <Button>{t.signUp.go}</Button>
          </form>
        </Card>
        <p class="beside">
          {t.signUp.have} <a href={withQuery("/sign-in", { next })}>{t.signIn.title}</a>
        </p>
      </div>
    ),
  };
}
