// What pages say about a link that was mailed, or that no longer opens.

import type { ComponentChildren } from "preact";
import type { PageOptions } from "../layout.tsx";
import { t } from "../messages.ts";
import { ButtonLink } from "./buttons.tsx";
import { Card, Notice } from "./frames.tsx";

/** The link that is in a mail, where mails go nowhere: in a demo. */
export function DemoLink({ path }: { path: string | undefined }) {
  if (path === undefined) return null;
  return (
    <>
      <Notice kind="info">
        <p>{t.mailed.demo}</p>
      </Notice>
      <p>
        <ButtonLink href={path}>{t.mailed.demoOpen}</ButtonLink>
      </p>
    </>
  );
}

/** A page of an account with a sentence, and what can be done. */
export function drawMessage(title: string, lead: string, actions: ComponentChildren): PageOptions {
  return {
    title,
    part: "account",
    private: true,
    body: (
      <div class="narrow">
        <h1>{title}</h1>
        <Card>
          <p>{lead}</p>
          <div class="actions">{actions}</div>
        </Card>
      </div>
    ),
  };
}
