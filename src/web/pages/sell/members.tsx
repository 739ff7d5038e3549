// Who belongs to a seller, and invitations to become a member.

import type { FastifyReply } from "fastify";
import { roleRights, type Invitation, type Member } from "../../../accounts/accounts.ts";
import { invitationPath } from "../../../accounts/links.ts";
import type { Server } from "../../../http/server.ts";
import { seeOther } from "../../answers.ts";
import { attempt } from "../../attempt.ts";
import { ActionForm, Button } from "../../components/buttons.tsx";
import { Field, FormMessage, Radios } from "../../components/fields.tsx";
import { Badge, Card, Notice } from "../../components/frames.tsx";
import { formValues, freshForm, type FormState } from "../../form-values.ts";
import { t } from "../../messages.ts";
import { PageRefusal, sentenceOf } from "../../page-refusal.ts";
import { momentText } from "../../times.ts";
import { enter, param, sellerTimeZone, sendSellerPage, type SellerPageServices, type Visit } from "./frame.tsx";

type Role = keyof typeof roleRights;
const roles = Object.keys(roleRights) as Role[];
/** `GET /sell/:sellerId/members` and its forms. */
export function registerMembers(server: Server, services: SellerPageServices): void {
  const { accounts } = services;
  server.get("/sell/:sellerId/members", async (request, reply) => {
    const visit = await enter(services, request, "members");
    return draw(services, reply, visit, freshForm({ role: "manager" }));
  });
  server.post("/sell/:sellerId/members", async (request, reply) => {
    const visit = await enter(services, request, "members");
    const values = formValues(request);
    const tried = await attempt(values, ["email", "role"], async () => {
      const email = values.text("email");
      return {
        email,
        ...(await accounts.invite(visit.by.sellerId, {
          email,
          role: readRole(values.text("role")),
          actor: visit.by.actor,
        })),
      };
    });
    if (!("made" in tried)) return draw(services, reply, visit, tried.form, {}, tried.status);
    // Shown once, to who invited: it is not kept anywhere.
    const link = services.publicUrl + invitationPath(tried.made.secret);
    return draw(services, reply, visit, freshForm({ role: "manager" }), { invited: tried.made.email, link });
  });
  server.post("/sell/:sellerId/members/:accountId/role", async (request, reply) => {
    const visit = await enter(services, request, "members");
    const values = formValues(request);
    const tried = await attempt(values, [], () =>
      accounts.setRole(
        visit.by.sellerId,
        param(request, "accountId"),
        readRole(values.text("newRole")),
        visit.by.actor,
      ),
    );
    if ("made" in tried) return seeOther(reply, `${visit.base}/members?done=saved`);
    return draw(
      services,
      reply,
      visit,
      freshForm({ role: "manager" }),
      { error: sentenceOf(tried.refusal) },
      tried.status,
    );
  });
  server.post("/sell/:sellerId/members/:accountId/remove", async (request, reply) => {
    const visit = await enter(services, request, "members");
    const gone = param(request, "accountId");
    const tried = await attempt(formValues(request), [], () =>
      accounts.removeMember(visit.by.sellerId, gone, visit.by.actor),
    );
    if ("made" in tried)
      return seeOther(reply, gone === visit.by.actor ? "/sell" : `${visit.base}/members?done=removed`);
    return draw(
      services,
      reply,
      visit,
      freshForm({ role: "manager" }),
      { error: sentenceOf(tried.refusal) },
      tried.status,
    );
  });
  server.post("/sell/:sellerId/members/invitations/:invitationId/withdraw", async (request, reply) => {
    const visit = await enter(services, request, "members");
    await accounts.withdrawInvitation(visit.by.sellerId, param(request, "invitationId"), visit.by.actor);
    return seeOther(reply, `${visit.base}/members?done=withdrawn`);
  });
}

function readRole(text: string): Role {
  const role = roles.find((one) => one === text);
  if (!role) throw new PageRefusal("invalid_request", t.members.chooseRole, { field: "role" });
  return role;
}

async function draw(
  services: SellerPageServices,
  reply: FastifyReply,
  visit: Visit,
  form: FormState,
  outcome: { invited?: string; link?: string; error?: string } = {},
  status = 200,
): Promise<FastifyReply> {
  const members = await services.accounts.members(visit.by.sellerId);
  const invitations = await services.accounts.invitations(visit.by.sellerId);
  const timeZone = invitations.length > 0 ? await sellerTimeZone(services, visit.by.sellerId) : "UTC";
  return sendSellerPage(
    services,
    reply,
    visit,
    {
      title: t.members.title,
      part: "/members",
      lead: t.members.lead,
      body: (
        <>
          {outcome.link && (
            <Notice kind="done" title={t.members.invited(outcome.invited ?? "")}>
              <p>
                {t.members.link} <code class="breakable">{outcome.link}</code>
              </p>
            </Notice>
          )}
          {outcome.error && (
            <Notice kind="error">
              <p>{outcome.error}</p>
            </Notice>
          )}
          <Members visit={visit} members={members} />
          {invitations.length > 0 && <Invitations visit={visit} invitations={invitations} timeZone={timeZone} />}
          <Card title={t.members.invite}>
            <form method="post" action={`${visit.base}/members`} class="sell-form">
              <FormMessage form={form} />
              <Field form={form} name="email" label={t.members.email} type="email" required />
              <Radios
                form={form}
                name="role"
                legend={t.members.role}
                options={roles.map((role) => ({ value: role, text: t.sell.roles[role], hint: t.members.can[role] }))}
              />
              <Button>{t.members.go}</Button>
            </form>
          </Card>
        </>
      ),
    },
    status,
  );
}

function Members({ visit, members }: { visit: Visit; members: readonly Member[] }) {
  const owners = members.filter(({ role }) => role === "owner");
  const isOnlyOwner = ({ role }: Member) => role === "owner" && owners.length === 1;
  return (
    <ul class="people">
      {members.map((member) => (
        <li key={member.accountId} class="card">
          <div class="person">
            <p class="person-name">
              {member.name} {member.accountId === visit.by.actor && <Badge tone="plain">{t.members.you}</Badge>}
            </p>
            <p class="soft breakable">{member.email}</p>
            {isOnlyOwner(member) && <p class="hint">{t.members.onlyOwner}</p>}
          </div>
          {isOnlyOwner(member) ? (
            <Badge tone="plain">{t.sell.roles.owner}</Badge>
          ) : (
            <MemberForms visit={visit} member={member} />
          )}
        </li>
      ))}
    </ul>
  );
}

function MemberForms({ visit, member }: { visit: Visit; member: Member }) {
  return (
    <>
      <form method="post" action={`${visit.base}/members/${member.accountId}/role`} class="role-form">
        <select name="newRole" aria-label={t.members.roleOf(member.name)}>
          {roles.map((role) => (
            <option key={role} value={role} selected={role === member.role}>
              {t.sell.roles[role]}
            </option>
          ))}
        </select>
        <Button kind="quiet" label={t.members.saveOf(member.name)}>
          {t.members.save}
        </Button>
      </form>
      <ActionForm
        action={`${visit.base}/members/${member.accountId}/remove`}
        kind="danger"
        label={t.members.removeOf(member.name)}
      >
        {t.members.remove}
      </ActionForm>
    </>
  );
}

function Invitations(props: { visit: Visit; invitations: readonly Invitation[]; timeZone: string }) {
  return (
    <section aria-labelledby="open-invitations">
      <h2 id="open-invitations">{t.members.open}</h2>
      <ul class="people">
        {props.invitations.map((invitation) => (
          <li key={invitation.id} class="card">
            <div class="person">
              <p class="person-name breakable">{invitation.email}</p>
              <p class="soft">
                {t.sell.roles[invitation.role]} · {t.members.goodUntil}{" "}
                {momentText(invitation.expiresAt, props.timeZone)}
              </p>
            </div>
            <ActionForm
              action={`${props.visit.base}/members/invitations/${invitation.id}/withdraw`}
              label={t.members.withdrawOf(invitation.email)}
            >
              {t.members.withdraw}
            </ActionForm>
          </li>
        ))}
      </ul>
    </section>
  );
}
