// Who belongs to a seller, and invitations to become a member.

import type { FastifyReply } from "fastify";
import { roleRights, type Invitation, type Member } from "../../../accounts/accounts.ts";
import { invitationPath } from "../../../accounts/links.ts";
import { Refusal } from "../../../domain/refusals.ts";
import type { Server } from "../../../http/server.ts";
import { seeOther } from "../../answers.ts";
import { attempt } from "../../attempt.ts";
import { ActionForm, Button } from "../../components/buttons.tsx";
import { Field, FormMessage, Radios } from "../../components/fields.tsx";
import { Card, Notice, Table } from "../../components/frames.tsx";
import { formValues, freshForm, type FormState } from "../../form-values.ts";
import { momentText } from "../../times.ts";
import { enter, param, sendSellerPage, type SellerPageServices, type Visit } from "./frame.tsx";

type Role = keyof typeof roleRights;
const roles = Object.keys(roleRights) as Role[];
const describe: Record<Role, string> = {
  owner: "Everything, also members and settings",
  manager: "Lists shows, schedules, refunds, cancels",
  "box-office": "Finds orders, refunds, scans, sees sales",
  scanner: "Scans tickets at the door, nothing else",
};

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
    return draw(services, reply, visit, freshForm({ role: "manager" }), { error: tried.refusal.message }, tried.status);
  });
  server.post("/sell/:sellerId/members/:accountId/remove", async (request, reply) => {
    const visit = await enter(services, request, "members");
    const gone = param(request, "accountId");
    const tried = await attempt(formValues(request), [], () =>
      accounts.removeMember(visit.by.sellerId, gone, visit.by.actor),
    );
    if ("made" in tried)
      return seeOther(reply, gone === visit.by.actor ? "/sell" : `${visit.base}/members?done=removed`);
    return draw(services, reply, visit, freshForm({ role: "manager" }), { error: tried.refusal.message }, tried.status);
  });
  server.post("/sell/:sellerId/members/invitations/:invitationId/withdraw", async (request, reply) => {
    const visit = await enter(services, request, "members");
    await accounts.withdrawInvitation(visit.by.sellerId, param(request, "invitationId"), visit.by.actor);
    return seeOther(reply, `${visit.base}/members?done=withdrawn`);
  });
}

function readRole(text: string): Role {
  const role = roles.find((one) => one === text);
  if (!role) throw new Refusal("invalid_request", "Choose one of the roles.", { field: "role" });
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
  return sendSellerPage(
    services,
    reply,
    visit,
    {
      title: "Members",
      part: "/members",
      body: (
        <>
          {outcome.link && (
            <Notice kind="done" title={`Invited: ${outcome.invited ?? ""}`}>
              <p>
                A mail is on its way. You may also hand over this link yourself; it is shown only now:{" "}
                <code class="breakable">{outcome.link}</code>
              </p>
            </Notice>
          )}
          {outcome.error && (
            <Notice kind="error">
              <p>{outcome.error}</p>
            </Notice>
          )}
          <Members visit={visit} members={members} />
          {invitations.length > 0 && <Invitations visit={visit} invitations={invitations} />}
          <Card title="Invite somebody">
            <form method="post" action={`${visit.base}/members`} class="sell-form">
              <FormMessage form={form} />
              <Field form={form} name="email" label="E-mail address" type="email" required />
              <Radios
                form={form}
                name="role"
                legend="Role"
                options={roles.map((role) => ({ value: role, text: role, hint: describe[role] }))}
              />
              <Button>Invite</Button>
            </form>
          </Card>
        </>
      ),
    },
    status,
  );
}

function Members({ visit, members }: { visit: Visit; members: readonly Member[] }) {
  return (
    <Table
      caption="Members"
      rows={members}
      keyOf={(member) => member.accountId}
      columns={[
        { title: "Name", head: true, cell: (member) => member.name },
        { title: "E-mail", cell: (member) => member.email },
        {
          title: "Role",
          cell: (member) => (
            <form method="post" action={`${visit.base}/members/${member.accountId}/role`} class="role-form">
              <select name="newRole" aria-label={`Role of ${member.name}`}>
                {roles.map((role) => (
                  <option key={role} value={role} selected={role === member.role}>
                    {role}
                  </option>
                ))}
              </select>
              <Button kind="quiet" small label={`Save the role of ${member.name}`}>
                Save
              </Button>
            </form>
          ),
        },
        {
          title: "Remove",
          cell: (member) => (
            <ActionForm
              action={`${visit.base}/members/${member.accountId}/remove`}
              kind="danger"
              small
              label={`Remove ${member.name}`}
            >
              Remove
            </ActionForm>
          ),
        },
      ]}
    />
  );
}

function Invitations({ visit, invitations }: { visit: Visit; invitations: readonly Invitation[] }) {
  return (
    <Table
      caption="Open invitations"
      rows={invitations}
      keyOf={(invitation) => invitation.id}
      columns={[
        { title: "E-mail", head: true, cell: (invitation) => invitation.email },
        { title: "Role", cell: (invitation) => invitation.role },
        { title: "Good until", cell: (invitation) => momentText(invitation.expiresAt, "UTC") },
        {
          title: "Withdraw",
          cell: (invitation) => (
            <ActionForm
              action={`${visit.base}/members/invitations/${invitation.id}/withdraw`}
              small
              label={`Withdraw the invitation of ${invitation.email}`}
            >
              Withdraw
            </ActionForm>
          ),
        },
      ]}
    />
  );
}
