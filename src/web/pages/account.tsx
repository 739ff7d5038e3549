// One's account: profile, password, the browsers that are signed in, and the sellers one works for.

import type { FastifyReply, FastifyRequest } from "fastify";
import type { SessionView, SignedIn } from "../../accounts/accounts.ts";
import { Refusal } from "../../domain/refusals.ts";
import type { Server } from "../../http/server.ts";
import { sendPage } from "../answers.ts";
import { AccountNav } from "../components/account-nav.tsx";
import { ActionForm, Button } from "../components/buttons.tsx";
import { Field, FormMessage } from "../components/fields.tsx";
import { Badge, Card, Notice, PageHead } from "../components/frames.tsx";
import { formValues, freshForm, queryValues, refusedForm, type FormState } from "../form-values.ts";
import { t } from "../messages.ts";
import type { PageServices } from "../services.ts";
import { momentText } from "../times.ts";

interface Forms {
  profile?: FormState;
  password?: FormState;
}

/** `GET /account`, `POST /account/profile`, `/account/password`, `/account/sessions/:id/end` */
export function registerAccount(server: Server, services: PageServices): void {
  const { accounts, visitors } = services;
  server.get("/account", async (request, reply) => sendAccount(services, request, reply));
  server.post("/account/profile", async (request, reply) => {
    const { account } = await visitors.signedIn(request);
    const values = formValues(request);
    const place = values.text("place", 80);
    return orForms(services, request, reply, "profile", () =>
      accounts.update(account.id, {
        name: values.text("name", 200),
        email: values.text("email", 254),
        ...(values.raw("password") === "" ? {} : { password: values.raw("password") }),
        preferences: { ...account.preferences, place },
      }),
    );
  });
  server.post("/account/password", async (request, reply) => {
    const { account, sessionHash } = await visitors.signedIn(request);
    const values = formValues(request);
    return orForms(services, request, reply, "password", () =>
      accounts.changePassword({
        accountId: account.id,
        sessionHash,
        present: values.raw("present"),
        wanted: values.raw("wanted"),
      }),
    );
  });
  server.post<{ Params: { id: string } }>("/account/sessions/:id/end", async (request, reply) => {
    const { account } = await visitors.signedIn(request);
    await accounts.revoke(account.id, request.params.id);
    return reply.redirect("/account?done=ended", 303);
  });
}

const fieldsOf = { profile: ["name", "email", "password", "place"], password: ["present", "wanted"] } as const;
/** Where a refusal that names no field belongs: to the password that was wrong. */
const ownField: Readonly<Record<keyof Forms, Readonly<Record<string, string>>>> = {
  profile: { wrong_credentials: "password" },
  password: { wrong_credentials: "present", weak_password: "wanted" },
};

async function orForms(
  services: PageServices,
  request: FastifyRequest,
  reply: FastifyReply,
  which: keyof Forms,
  act: () => Promise<unknown>,
): Promise<FastifyReply> {
  try {
    await act();
    return reply.redirect(`/account?done=${which}`, 303);
  } catch (refusal) {
    if (!(refusal instanceof Refusal) || refusal.code === "not_signed_in") throw refusal;
    const field = ownField[which][refusal.code];
    const named = field === undefined ? refusal : new Refusal(refusal.code, refusal.message, { field });
    const form = refusedForm(formValues(request), named, fieldsOf[which]);
    return sendAccount(services, request, reply, { [which]: form }, refusal.status);
  }
}

async function sendAccount(
  services: PageServices,
  request: FastifyRequest,
  reply: FastifyReply,
  forms: Forms = {},
  status = 200,
): Promise<FastifyReply> {
  const who = await services.visitors.signedIn(request);
  const { account } = who;
  const sessions = await services.accounts.sessions(account.id, who.sessionHash);
  const done = (t.account.done as Readonly<Record<string, string>>)[queryValues(request).text("done", 20)];
  const profile =
    forms.profile ?? freshForm({ name: account.name, email: account.email, place: account.preferences.place ?? "" });
  const password = forms.password ?? freshForm();
  const options = {
    title: t.account.title,
    part: "account" as const,
    private: true,
    body: (
      <>
        <PageHead
          title={t.account.hello(account.name)}
          actions={<ActionForm action="/sign-out">{t.account.signOut}</ActionForm>}
        />
        <AccountNav current="/account" />
        {done && status === 200 && (
          <Notice kind="done">
            <p>{done}</p>
          </Notice>
        )}
        <div class="stack">
          <Profile form={profile} />
          <Password form={password} />
          <Sessions sessions={sessions} />
          <Memberships who={who} />
        </div>
      </>
    ),
  };
  return sendPage(services, reply, options, status);
}

function Profile({ form }: { form: FormState }) {
  return (
    <Card title={t.account.profile}>
      <form method="post" action="/account/profile">
        <FormMessage form={form} />
        <Field form={form} name="name" label={t.signUp.name} autoComplete="name" maxLength={200} required />
        <Field
          form={form}
          name="email"
          label={t.signIn.email}
          type="email"
          autoComplete="email"
          maxLength={254}
          required
        />
        <Field
          form={form}
          name="password"
          id="profile-password"
          label={t.account.present}
          hint={t.account.passwordHint}
          type="password"
          autoComplete="current-password"
        />
        <Field form={form} name="place" label={t.account.place} hint={t.account.placeHint} maxLength={80} />
        <Button>{t.account.save}</Button>
      </form>
    </Card>
  );
}

function Password({ form }: { form: FormState }) {
  return (
    <Card title={t.account.password}>
      <form method="post" action="/account/password">
        <FormMessage form={form} />
        <Field
          form={form}
          name="present"
          label={t.account.present}
          type="password"
          autoComplete="current-password"
          required
        />
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
      </form>
    </Card>
  );
}

function Sessions({ sessions }: { sessions: readonly SessionView[] }) {
  return (
    <Card title={t.account.sessions}>
      <ul class="sessions">
        {sessions.map((session) => (
          <li key={session.id}>
            <div>
              <strong>{browserName(session.userAgent)}</strong>{" "}
              {session.current && <Badge tone="good">{t.account.thisOne}</Badge>}
              <br />
              <span class="soft small">{t.account.seen(momentText(session.seenAt, "UTC"))}</span>
            </div>
            {!session.current && (
              <ActionForm
                action={`/account/sessions/${encodeURIComponent(session.id)}/end`}
                small
                label={t.account.endOf(browserName(session.userAgent))}
              >
                {t.account.end}
              </ActionForm>
            )}
          </li>
        ))}
      </ul>
    </Card>
  );
}

function Memberships({ who }: { who: SignedIn }) {
  return (
    <Card title={t.account.selling}>
      {who.memberships.length > 0 && (
        <ul>
          {who.memberships.map((membership) => (
            <li key={membership.sellerId}>
              <a href={`/sell/${membership.sellerId}`}>{membership.sellerName}</a>{" "}
              <span class="soft">({t.account.roles[membership.role]})</span>
            </li>
          ))}
        </ul>
      )}
      <p>
        <a href="/sell">{t.footer.sell}</a>
      </p>
    </Card>
  );
}

/** `Chrome on Linux`: enough to know one's own browsers. */
function browserName(userAgent: string): string {
  const browser = [
    ["Edg", "Edge"],
    ["Firefox", "Firefox"],
    ["Chrome", "Chrome"],
    ["Safari", "Safari"],
    ["curl", "curl"],
  ].find(([mark]) => userAgent.includes(mark ?? ""))?.[1];
  const system = ["Android", "iPhone", "iPad", "Windows", "Mac OS", "Linux"].find((name) => userAgent.includes(name));
  if (!browser) return t.account.someBrowser;
  return system ? t.account.browserOn(browser, system) : browser;
}
