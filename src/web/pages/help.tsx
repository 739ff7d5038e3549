// What people ask most.

import type { Server } from "../../http/server.ts";
import { sendShared } from "../answers.ts";
import { PageHead } from "../components/frames.tsx";
import { t } from "../messages.ts";
import type { PageServices } from "../services.ts";

/** `GET /help` */
export function registerHelp(server: Server, services: PageServices): void {
  server.get("/help", (request, reply) =>
    sendShared(services, request, reply, { key: "help", freshMs: 3_600_000, maxAgeS: 300 }, async () => ({
      title: t.help.title,
      part: "help",
      body: (
        <>
          <PageHead title={t.help.title} />
          {t.help.questions.map(({ question, answer }, index) => (
            <details key={question} class="question" open={index === 0}>
              <summary>
                <h2>{question}</h2>
              </summary>
              <p>{answer}</p>
            </details>
          ))}
        </>
      ),
    })),
  );
}
