// Making an account: its form, the mail, and the page that the mail's link leads to. Opening the link changes nothing, since
// programs that look through mails follow links as well; its button does.

import type { FastifyReply, FastifyRequest } from "fastify";
import { Refusal } from "../../domain/refusals.ts";
import type { Server } from "../../http/server.ts";
import { safeNext, signInAddress, signUpAddress } from "../addresses.ts";
import { seeOther, sendPage, sendRefused } from "../answers.ts";
import { attempt } from "../attempt.ts";
import { AccountForm } from "../components/account-form.tsx";
import { ActionForm, ButtonLink } from "../components/buttons.tsx";
import { EmailField } from "../components/email-field.tsx";
import { Field, FormMessage } from "../components/fields.tsx";
import { Card, Notice } from "../components/frames.tsx";
import { DemoLink, drawMessage } from "../components/mailed.tsx";
import { formValues, freshForm, queryValues, type FormState, type FormValues } from "../form-values.ts";
import type { PageOptions } from "../layout.tsx";
import { t } from "../messages.ts";
import { PageRefusal } from "../page-refusal.ts";
import type { PageServices } from "../services.ts";
import { clientOf, enterSession } from "../sessions.ts";

/** `GET` and `POST` of `/sign-up` and `/sign-up/confirm`; `POST /sign-up/again` */
export function registerSignUp(server: Server, services: PageServices): void {
  registerAsking(server, services);
  registerAgain(server, services);
  registerConfirming(server, services);
}

const nextOf = (values: FormValues) => safeNext(values.text("next", 1_000));

function registerAsking(server: Server, services: PageServices): void {
  server.get("/sign-up", async (request: FastifyRequest, reply) => {
    const next = nextOf(queryValues(request));
    if (await services.visitors.who(request)) return seeOther(reply, next);
    return sendPage(services, reply, drawForm(freshForm(), next));
  });
  server.post("/sign-up", async (request: FastifyRequest, reply) => {
    const values = formValues(request);
    const next = nextOf(values);
    const email = values.text("email");
    const asked = await attempt(values, ["name", "email", "password"], () =>
      services.accounts.register({
        name: values.text("name"),
        email,
        password: values.raw("password"),
        language: t.language,
        next,
        address: request.ip,
      }),
    );
    if ("form" in asked) return sendRefused(services, reply, drawForm(asked.form, next), asked.refusal);
    services.visitors.signUps.add(request, reply, asked.made.id);
    return sendPage(services, reply, drawSent(services, { ...asked.made, email, next }));
  });
}

function registerAgain(server: Server, services: PageServices): void {
  server.get("/sign-up/again", (_request, reply) => seeOther(reply, "/sign-up"));
  server.post("/sign-up/again", async (request: FastifyRequest, reply) => {
    const values = formValues(request);
    const about = { email: values.text("email"), next: nextOf(values) };
    const id = values.text("id", 40);
    return orOver(services, reply, about.next, async () => {
      const asked = await attempt(values, [], () => services.accounts.registerAgain(id, request.ip));
      if ("made" in asked) {
        services.visitors.signUps.add(request, reply, asked.made.id);
        return sendPage(services, reply, drawSent(services, { ...asked.made, ...about, again: true }));
      }
      if (asked.refusal.code !== "too_many_requests") throw asked.refusal;
      return sendRefused(services, reply, drawSent(services, { id, ...about, form: asked.form }), asked.refusal);
    });
  });
}

function registerConfirming(server: Server, services: PageServices): void {
  const { accounts, visitors } = services;
  server.get("/sign-up/confirm", (request: FastifyRequest, reply) =>
    orOver(services, reply, "/account", async () => {
      const key = queryValues(request).text("key", 100);
      const signUp = await accounts.signUp(key, visitors.signUps.of(request));
      return sendPage(services, reply, drawConfirm({ key, ...signUp, form: freshForm() }));
    }),
  );
  server.post("/sign-up/confirm", (request: FastifyRequest, reply) =>
    orOver(services, reply, "/account", async () => {
      const values = formValues(request);
      const key = values.text("key", 100);
      const asked = visitors.signUps.of(request);
      const password = values.raw("password");
      const confirmed = await attempt(values, ["password"], () =>
        accounts.confirmSignUp({ secret: key, asked, password, ...clientOf(request) }).catch(ofChosenPassword),
      );
      if ("form" in confirmed) {
        const { form, refusal } = confirmed;
        if (refusal.code === "not_found" || refusal.code === "email_taken") throw refusal;
        const signUp = await accounts.signUp(key, asked);
        return sendRefused(services, reply, drawConfirm({ key, ...signUp, form }), refusal);
      }
      const { secret, next } = confirmed.made;
      await enterSession(services, request, reply, secret);
      return seeOther(reply, safeNext(next));
    }),
  );
}

/** The texts' own sentence for a refused password speaks of the present one of an account. */
function ofChosenPassword(error: unknown): never {
  if (!(error instanceof Refusal) || error.facts.field !== "password") throw error;
  const sentence = error.code === "wrong_credentials" ? t.signUp.chosenWrong : t.signUp.chosenMissing;
  throw new PageRefusal(error.code, sentence, error.facts);
}

/** Answers what `work` does; if the link no longer opens, a page that says how to go on. */
async function orOver(
  services: PageServices,
  reply: FastifyReply,
  next: string,
  work: () => Promise<FastifyReply>,
): Promise<FastifyReply> {
  try {
    return await work();
  } catch (error) {
    if (!(error instanceof Refusal)) throw error;
    if (error.code === "email_taken") {
      const { next: asked } = error.facts;
      const signIn = signInAddress(safeNext(typeof asked === "string" ? asked : ""));
      const actions = <ButtonLink href={signIn}>{t.signIn.title}</ButtonLink>;
      return sendRefused(services, reply, drawMessage(t.signUp.exists, t.signUp.existsLead, actions), error);
    }
    if (error.code !== "not_found") throw error;
    const actions = (
      <>
        <ButtonLink href={signInAddress(next)}>{t.signIn.title}</ButtonLink>
        <ButtonLink href={signUpAddress(next)} kind="quiet">
          {t.signUp.anew}
        </ButtonLink>
      </>
    );
    return sendRefused(services, reply, drawMessage(t.reset.over, t.signUp.overLead, actions), error);
  }
}

function drawForm(form: FormState, next: string): PageOptions {
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
          <p class="soft small">{t.signUp.mailHint}</p>
        </AccountForm>
        <p class="beside">
          {t.signUp.have} <a href={signInAddress(next)}>{t.signIn.title}</a>
        </p>
      </div>
    ),
  };
}

interface Sent {
  id: string;
  email: string;
  next: string;
  path?: string;
  again?: boolean;
  /** What was refused about sending it again. */
  form?: FormState;
}

function drawSent(services: PageServices, { id, email, next, path, again, form = freshForm() }: Sent): PageOptions {
  return {
    title: t.reset.look,
    part: "account",
    private: true,
    body: (
      <div class="narrow stack">
        <h1>{t.reset.look}</h1>
        <FormMessage form={form} />
        {again && (
          <Notice kind="done">
            <p>{t.signUp.sentAgain}</p>
          </Notice>
        )}
        <Card>
          <p>{t.signUp.sent(email)}</p>
          <DemoLink path={services.showsMailedLinks ? path : undefined} />
          <p class="soft">{t.signUp.sentElsewhere}</p>
          <p class="soft">{t.signUp.sentHint}</p>
          <div class="actions">
            <ActionForm action="/sign-up/again" fields={{ id, email, next }}>
              {t.signUp.again}
            </ActionForm>
            <ButtonLink href={signUpAddress(next)} kind="quiet">
              {t.signUp.otherAddress}
            </ButtonLink>
          </div>
        </Card>
        {next.startsWith("/holds/") && (
          <Card title={t.signUp.heldTitle}>
            <p>{t.signUp.held}</p>
            <div class="actions">
              <ButtonLink href={next} kind="quiet">
                {t.signUp.asGuest}
              </ButtonLink>
            </div>
          </Card>
        )}
      </div>
    ),
  };
}

interface Confirming {
  key: string;
  email: string;
  next: string;
  askedHere: boolean;
  form: FormState;
}

function drawConfirm({ key, email, next, askedHere, form }: Confirming): PageOptions {
  return {
    title: t.signUp.confirm,
    part: "account",
    private: true,
    islands: ["forget-orders"],
    body: (
      <div class="narrow">
        <h1>{t.signUp.confirm}</h1>
        <p class="lead">{t.signUp.confirmLead(email)}</p>
        <AccountForm
          action="/sign-up/confirm"
          form={form}
          fields={{ key }}
          go={t.signUp.confirmGo}
          {...(askedHere ? {} : { username: email })}
        >
          {!askedHere && (
            <Field
              form={form}
              name="password"
              label={t.signIn.password}
              hint={t.signUp.chosenHint}
              type="password"
              autoComplete="current-password"
              required
            />
          )}
          <p class="soft">{t.signUp.confirmNot}</p>
        </AccountForm>
        {!askedHere && (
          <p class="beside">
            {t.signUp.notChosen} <a href={signUpAddress(safeNext(next))}>{t.signUp.anew}</a>
          </p>
        )}
      </div>
    ),
  };
}
