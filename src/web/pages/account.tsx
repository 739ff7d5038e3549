// One's account: profile, e-mail address, password, the browsers that are signed in, and the sellers one works for.

import type { FastifyReply, FastifyRequest } from "fastify";
import type { SessionView, SignedIn } from "../../accounts/accounts.ts";
import type { Server } from "../../http/server.ts";
import { withQuery } from "../addresses.ts";
import { seeOther, sendPage, sendRefused } from "../answers.ts";
import { attempt } from "../attempt.ts";
import { AccountForm } from "../components/account-form.tsx";
import { AccountNav, SignOut } from "../components/account-nav.tsx";
import { ActionForm, Button } from "../components/buttons.tsx";
import { Field } from "../components/fields.tsx";
import { Badge, Card, Notice, PageHead } from "../components/frames.tsx";
import { DemoLink } from "../components/mailed.tsx";
import { MomentOf } from "../components/moments.tsx";
import { formValues, freshForm, queryValues, type FormState, type FormValues } from "../form-values.ts";
import type { PageOptions } from "../layout.tsx";
import { t } from "../messages.ts";
import { PageRefusal } from "../page-refusal.ts";
import type { PageServices } from "../services.ts";
import { readUserAgent } from "../user-agents.ts";
import { placeName } from "../where.ts";

/** A form of the page: what it may find at fault, and what it does. */
interface AccountChange {
  path: "profile" | "email" | "password";
  fields: readonly string[];
  /** Answers the page that a mail leads to, if one was sent. */
  act(services: PageServices, who: SignedIn, values: FormValues): Promise<{ path: string } | undefined | void>;
}

const changes: readonly AccountChange[] = [
  {
    path: "profile",
    fields: ["name", "place"],
    async act(services, { account }, values) {
      const preferences = readPreferences(services, values.text("place", 80));
      await services.accounts.update(account.id, { name: values.text("name"), preferences });
    },
  },
  {
    path: "email",
    fields: ["email", "password"],
    act: ({ accounts }, { account }, values) =>
      accounts.requestEmail({
        accountId: account.id,
        email: values.text("email"),
        password: values.raw("password"),
        language: t.language,
      }),
  },
  {
    path: "password",
    fields: ["present", "wanted"],
    act: ({ accounts }, { account, sessionHash }, values) =>
      accounts.changePassword({
        accountId: account.id,
        sessionHash,
        present: values.raw("present"),
        wanted: values.raw("wanted"),
      }),
  },
];

/** `GET /account`; `POST /account/profile`, `/account/email`, `/account/password`, `/account/email/withdraw`, `/account/sessions/:id/end` */
export function registerAccount(server: Server, services: PageServices): void {
  const { accounts, visitors } = services;
  server.get("/account", async (request, reply) => {
    const who = await visitors.signedIn(request);
    return sendPage(services, reply, await draw(services, who, {}, queryValues(request).text("done", 20)));
  });
  for (const { path, fields, act } of changes) {
    server.post(`/account/${path}`, async (request: FastifyRequest, reply: FastifyReply) => {
      const who = await visitors.signedIn(request);
      const values = formValues(request);
      const tried = await attempt(values, fields, () => act(services, who, values));
      if ("form" in tried) {
        return sendRefused(services, reply, await draw(services, who, { [path]: tried.form }), tried.refusal);
      }
      if (!tried.made || !services.showsMailedLinks) return seeOther(reply, `/account?done=${path}`);
      return sendPage(services, reply, await draw(services, who, {}, path, tried.made.path));
    });
    // Whoever loads a form again that was refused comes back to the page.
    server.get(`/account/${path}`, (_request, reply) => seeOther(reply, "/account"));
  }
  server.post("/account/email/withdraw", async (request, reply) => {
    await accounts.withdrawEmail((await visitors.signedIn(request)).account.id);
    return seeOther(reply, "/account?done=withdrawn");
  });
  server.post("/account/sessions/end-others", async (request, reply) => {
    const { account, sessionHash } = await visitors.signedIn(request);
    await accounts.revokeOthers(account.id, sessionHash);
    return seeOther(reply, "/account?done=others");
  });
  server.post<{ Params: { id: string } }>("/account/sessions/:id/end", async (request, reply) => {
    const { account } = await visitors.signedIn(request);
    await accounts.revoke(account.id, request.params.id);
    return seeOther(reply, "/account?done=ended");
  });
}

/** The city that was typed in, as it is called; none if nothing was typed. Refuses `invalid_request`. */
function readPreferences({ catalogue }: PageServices, typed: string): { place?: string } {
  if (typed === "") return {};
  const place = catalogue.findPlaces(typed, 1)[0];
  if (!place) throw new PageRefusal("invalid_request", t.where.unknown(typed), { field: "place" });
  return { place: placeName(place) };
}

type Forms = Partial<Record<AccountChange["path"], FormState>>;

async function draw(
  services: PageServices,
  who: SignedIn,
  forms: Forms,
  doneKey = "",
  mailedPath?: string,
): Promise<PageOptions> {
  const { account } = who;
  const sessions = await services.accounts.sessions(account.id, who.sessionHash);
  const done = Object.hasOwn(t.account.done, doneKey) ? t.account.done[doneKey as keyof typeof t.account.done] : "";
  const place = account.preferences.place ?? "";
  const timeZone = (place && services.catalogue.findPlaces(place, 1)[0]?.timeZone) || "UTC";
  const profile = forms.profile ?? freshForm({ name: account.name, place });
  return {
    title: t.account.title,
    part: "account",
    private: true,
    islands: ["forget-orders"],
    body: (
      <>
        <PageHead title={t.account.hello(account.name)} actions={<SignOut />} />
        <AccountNav current="/account" />
        {done && (
          <Notice kind="done">
            <p>{done}</p>
          </Notice>
        )}
        <div class="account-cards">
          <Profile form={profile} place={place} suggested={services.catalogue.findPlaces("", 120).map(placeName)} />
          {/* Its button stands in the form below. */}
          <form id={withdrawForm} method="post" action="/account/email/withdraw" hidden />
          <Email
            form={forms.email ?? freshForm()}
            email={account.email}
            requested={await services.accounts.requestedEmail(account.id)}
            mailedPath={mailedPath}
          />
          <Password form={forms.password ?? freshForm()} email={account.email} />
          <div class="stack">
            <Sessions sessions={sessions} timeZone={timeZone} />
            <Memberships who={who} />
            <p>
              <a href="/account/close">{t.account.close}</a>
            </p>
          </div>
        </div>
      </>
    ),
  };
}

function Profile({ form, place, suggested }: { form: FormState; place: string; suggested: readonly string[] }) {
  return (
    <AccountForm action="/account/profile" form={form} title={t.account.profile} go={t.account.save}>
      <Field form={form} name="name" label={t.signUp.name} autoComplete="name" maxLength={100} required />
      <Field
        form={form}
        name="place"
        label={t.account.place}
        hint={t.account.placeHint}
        list="places"
        autoComplete="address-level2"
        maxLength={80}
      />
      <datalist id="places">
        {suggested.map((name) => (
          <option key={name} value={name} />
        ))}
      </datalist>
      {place && (
        <p>
          <a href={withQuery("/", { near: place })}>{t.account.onNear(place)}</a>
        </p>
      )}
    </AccountForm>
  );
}

const withdrawForm = "withdraw-email";

function Email(props: {
  form: FormState;
  email: string;
  requested: string | undefined;
  mailedPath: string | undefined;
}) {
  const { form, email, requested, mailedPath } = props;
  return (
    <AccountForm action="/account/email" form={form} title={t.account.email} go={t.account.changeEmail}>
      <p>{t.account.emailNow(email)}</p>
      {requested !== undefined && (
        <Notice kind="info">
          <p>{t.account.emailWaits(requested)}</p>
          <Button kind="quiet" small form={withdrawForm}>
            {t.account.withdrawEmail}
          </Button>
        </Notice>
      )}
      <DemoLink path={mailedPath} />
      <Field
        form={form}
        name="email"
        label={t.account.emailWanted}
        hint={t.account.emailHint}
        type="email"
        autoComplete="email"
        maxLength={254}
        required
      />
      <Field
        form={form}
        name="password"
        label={t.account.present}
        type="password"
        autoComplete="current-password"
        required
      />
    </AccountForm>
  );
}

function Password({ form, email }: { form: FormState; email: string }) {
  return (
    <AccountForm
      action="/account/password"
      form={form}
      title={t.account.password}
      username={email}
      go={t.account.change}
    >
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
    </AccountForm>
  );
}

function Sessions({ sessions, timeZone }: { sessions: readonly SessionView[]; timeZone: string }) {
  return (
    <Card title={t.account.sessions}>
      <ul class="sessions">
        {sessions.map(({ id, userAgent, createdAt, seenAt, current }) => (
          <li key={id}>
            <div>
              <strong>{browserName(userAgent)}</strong> {current && <Badge tone="good">{t.account.thisOne}</Badge>}
              <br />
              <span class="soft small">
                {t.account.seen} <MomentOf at={seenAt} timeZone={timeZone} zone />, {t.account.since}{" "}
                <MomentOf at={createdAt} timeZone={timeZone} />
              </span>
            </div>
            {!current && (
              <ActionForm
                action={`/account/sessions/${encodeURIComponent(id)}/end`}
                small
                label={t.account.endOf(browserName(userAgent))}
              >
                {t.account.end}
              </ActionForm>
            )}
          </li>
        ))}
      </ul>
      {sessions.length > 1 && (
        <p class="beside">
          <ActionForm action="/account/sessions/end-others" small>
            {t.account.endOthers}
          </ActionForm>
        </p>
      )}
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

function browserName(userAgent: string): string {
  const { program, system } = readUserAgent(userAgent);
  if (program) return system ? t.account.browserOn(program, system) : program;
  return system ? t.account.browserSomewhere(system) : t.account.someBrowser;
}
