// `/invitations?key=…`: the page that an invitation's mail leads to.

import type { FastifyReply, FastifyRequest } from "fastify";
import { roleRights, type Membership } from "../../../accounts/accounts.ts";
import { invitationPath } from "../../../accounts/links.ts";
import type { Server } from "../../../http/server.ts";
import { signInAddress, signUpAddress } from "../../addresses.ts";
import { seeOther, sendPage, sendRefused } from "../../answers.ts";
import { attempt } from "../../attempt.ts";
import { AccountForm } from "../../components/account-form.tsx";
import { Button, ButtonLink } from "../../components/buttons.tsx";
import { Field } from "../../components/fields.tsx";
import { PageHead } from "../../components/frames.tsx";
import { formValues, freshForm, queryValues, type FormState, type FormValues } from "../../form-values.ts";
import type { PageOptions } from "../../layout.tsx";
import { t } from "../../messages.ts";
import { clientOf, enterSession } from "../../sessions.ts";
import { type SellerPageServices } from "./frame.tsx";

/** `GET /invitations`, `POST /invitations`, `POST /invitations/join`. */
export function registerInvitation(server: Server, services: SellerPageServices): void {
  const { accounts, visitors } = services;
  server.get("/invitations", async (request, reply) => {
    const values = queryValues(request);
    return sendPage(services, reply, await draw(services, request, values, freshForm()));
  });
  server.post("/invitations", async (request, reply) => {
    const { account } = await visitors.signedIn(request);
    return enter(reply, await accounts.acceptInvitation(account.id, formValues(request).text("key", 80)));
  });
  server.post("/invitations/join", async (request, reply) => {
    const values = formValues(request);
    const joined = await attempt(values, ["name", "password"], () =>
      accounts.joinByInvitation({
        secret: values.text("key", 80),
        proof: values.text("proof", 80),
        name: values.text("name"),
        password: values.raw("password"),
        userAgent: clientOf(request).userAgent,
      }),
    );
    if ("form" in joined) {
      return sendRefused(services, reply, await draw(services, request, values, joined.form), joined.refusal);
    }
    await enterSession(services, request, reply, joined.made.secret);
    return enter(reply, joined.made.membership);
  });
}

function enter(reply: FastifyReply, { sellerId, role }: Membership): FastifyReply {
  return seeOther(reply, `/sell/${sellerId}${homeOf(role)}`);
}

/** Where a member begins below a seller's address: who only scans, at the door. */
export function homeOf(role: Membership["role"]): "" | "/scan" {
  const rights: readonly string[] = roleRights[role];
  return rights.includes("sales") ? "" : "/scan";
}

async function draw(
  services: SellerPageServices,
  request: FastifyRequest,
  values: FormValues,
  form: FormState,
): Promise<PageOptions> {
  const key = values.text("key", 80);
  const proof = values.text("proof", 80);
  const { sellerName, role, email, joins } = await services.accounts.invitation(key, proof);
  const who = await services.visitors.who(request);
  const title = t.invitation.title(sellerName);
  return {
    title,
    part: "sell",
    private: true,
    address: invitationPath(key, proof),
    body: (
      <div class="narrow">
        <PageHead title={title} lead={t.invitation.lead(t.sell.roles[role], email)} />
        {who ? (
          <form method="post" action="/invitations">
            <input type="hidden" name="key" value={key} />
            <p>{t.invitation.signedIn(who.account.email)}</p>
            <Button>{t.invitation.accept}</Button>
          </form>
        ) : joins ? (
          <Join form={form} fields={{ key, proof }} email={email} />
        ) : (
          <div class="actions">
            <ButtonLink href={signInAddress(invitationPath(key))}>{t.invitation.signIn}</ButtonLink>
            <ButtonLink kind="quiet" href={signUpAddress(invitationPath(key))}>
              {t.invitation.signUp}
            </ButtonLink>
          </div>
        )}
      </div>
    ),
  };
}

/** Whoever read the mail needs no second one: the account is made and the invitation accepted in one step. */
function Join({ form, fields, email }: { form: FormState; fields: { key: string; proof: string }; email: string }) {
  return (
    <>
      <AccountForm
        action="/invitations/join"
        form={form}
        fields={fields}
        username={email}
        title={t.invitation.join}
        go={t.invitation.joinGo}
      >
        <p>{t.invitation.joinLead(email)}</p>
        <Field form={form} name="name" label={t.signUp.name} autoComplete="name" maxLength={100} required />
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
        {t.invitation.haveAccount} <a href={signInAddress(invitationPath(fields.key))}>{t.invitation.signIn}</a>
      </p>
    </>
  );
}
