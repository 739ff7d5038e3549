// The terms on which tickets are sold.

import type { Server } from "../../http/server.ts";
import { sendShared } from "../answers.ts";
import { PageHead } from "../components/frames.tsx";
import { t } from "../messages.ts";
import type { PageServices } from "../services.ts";

/** `GET /terms` */
export function registerTerms(server: Server, services: PageServices): void {
  server.get("/terms", (request, reply) =>
    sendShared(services, request, reply, { key: "terms", freshMs: 3_600_000, maxAgeS: 300 }, async () => ({
      title: t.terms.title,
      part: "help",
      body: (
        <>
          <PageHead title={t.terms.title} lead={t.terms.lead} />
          {t.terms.parts.map(({ heading, paragraph }) => (
            <section key={heading}>
              <h2>{heading}</h2>
              <p>{paragraph}</p>
            </section>
          ))}
        </>
      ),
    })),
  );
}
