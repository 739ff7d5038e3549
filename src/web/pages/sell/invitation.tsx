// `/invitations?key=…`: the page that an invitation's mail leads to.

import type { FastifyReply, FastifyRequest } from "fastify";
import { roleRights, type Membership } from "../../../accounts/accounts.ts";
import { invitationPath } from "../../../accounts/links.ts";
import type { Server } from "../../../http/server.ts";
import { signInAddress, signUpAddress } from "../../addresses.ts";
import { seeOther, sendPage } from "../../answers.ts";
import { Button, ButtonLink } from "../../components/buttons.tsx";
import { PageHead } from "../../components/frames.tsx";
import { formValues, queryValues } from "../../form-values.ts";
import { t } from "../../messages.ts";
import { type SellerPageServices } from "./frame.tsx";

/** `GET /invitations`, `POST /invitations`. */
export function registerInvitation(server: Server, services: SellerPageServices): void {
  server.get("/invitations", (request, reply) => draw(services, request, reply));
  server.post("/invitations", async (request, reply) => {
    const { account } = await services.visitors.signedIn(request);
    const membership = await services.accounts.acceptInvitation(account.id, formValues(request).text("key", 80));
    return seeOther(reply, `/sell/${membership.sellerId}${homeOf(membership.role)}`);
  });
}

/** Where a member begins below a seller's address: who only scans, at the door. */
export function homeOf(role: Membership["role"]): "" | "/scan" {
  const rights: readonly string[] = roleRights[role];
  return rights.includes("sales") ? "" : "/scan";
}

async function draw(services: SellerPageServices, request: FastifyRequest, reply: FastifyReply): Promise<FastifyReply> {
  const key = queryValues(request).text("key", 80);
  const { sellerName, role, email } = await services.accounts.invitation(key);
  const who = await services.visitors.who(request);
  const here = invitationPath(key);
  const body = (
    <div class="narrow">
      <PageHead title={t.invitation.title(sellerName)} lead={t.invitation.lead(t.sell.roles[role], email)} />
      {who ? (
        <form method="post" action="/invitations">
          <input type="hidden" name="key" value={key} />
          <p>{t.invitation.signedIn(who.account.email)}</p>
          <Button>{t.invitation.accept}</Button>
        </form>
      ) : (
        <div class="actions">
          <ButtonLink href={signInAddress(here)}>{t.invitation.signIn}</ButtonLink>
          <ButtonLink kind="quiet" href={signUpAddress(here)}>
            {t.invitation.signUp}
          </ButtonLink>
        </div>
      )}
    </div>
  );
  return sendPage(services, reply, {
    title: t.invitation.title(sellerName),
    part: "sell",
    private: true,
    address: here,
    body,
  });
}
