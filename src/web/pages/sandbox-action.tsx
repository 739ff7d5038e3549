// The page on which a real provider would ask the buyer's bank: with the sandbox, the buyer decides.

import { Type } from "typebox";
import type { Server } from "../../http/server.ts";
import { Refusal } from "../../domain/refusals.ts";
import { Button } from "../components/buttons.tsx";
import { Card, PageHead } from "../components/frames.tsx";
import { formValues } from "../form-values.ts";
import { t } from "../messages.ts";
import type { Web } from "../open.ts";

export interface SandboxActionServices {
  web: Web;
  /** Lets a payment through or not; answers where the buyer goes back to, undefined if there is no such payment. */
  act(paymentId: string, approve: boolean): Promise<{ returnUrl: string } | undefined>;
}

const Params = Type.Object({ paymentId: Type.String({ maxLength: 64 }) }, { additionalProperties: false });

/** `GET` and `POST /sandbox/actions/:paymentId` */
export function registerSandboxAction(server: Server, { web, act }: SandboxActionServices): void {
  const address = "/sandbox/actions/:paymentId";
  server.get(address, { schema: { hide: true, params: Params } }, (request, reply) =>
    reply
      .header("cache-control", "no-store")
      .type("text/html; charset=utf-8")
      .send(
        web.page({
          title: t.sandboxAction.title,
          private: true,
          address: request.url,
          body: <Question paymentId={request.params.paymentId} />,
        }),
      ),
  );
  server.post(address, { schema: { hide: true, params: Params } }, async (request, reply) => {
    const acted = await act(request.params.paymentId, formValues(request).text("decision") === "approve");
    if (!acted) throw new Refusal("not_found");
    // The path only: the buyer stays at the address they came from.
    const back = new URL(acted.returnUrl);
    return reply.redirect(back.pathname + back.search, 303);
  });
}

function Question({ paymentId }: { paymentId: string }) {
  return (
    <>
      <PageHead title={t.sandboxAction.title} lead={t.sandboxAction.lead} />
      <Card>
        <form method="post" action={`/sandbox/actions/${paymentId}`} class="actions">
          <Button name="decision" value="approve">
            {t.sandboxAction.approve}
          </Button>
          <Button name="decision" value="decline" kind="quiet">
            {t.sandboxAction.decline}
          </Button>
        </form>
      </Card>
    </>
  );
}
