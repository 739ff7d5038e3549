// Sends what the outbox holds, again and again until it is accepted.

import { createHash } from "node:crypto";
import { setTimeout as pause } from "node:timers/promises";
import { letterOf } from "../documents/letters.ts";
import type { Clock } from "../domain/clock.ts";
import type { Outbox, TakenEntry } from "../store/outbox.ts";
import { backoffMs } from "./backoff.ts";
import type { MailAttachment, MailTransport } from "./mail-transport.ts";
import type { PeriodicJob, WorkerLog } from "./periodic.ts";

export interface MailJobSettings {
  outbox: Pick<Outbox, "takeDue" | "markDone" | "retry">;
  transport: MailTransport;
  clock: Clock;
  log: WorkerLog;
  /** What links begin with, and whose host ends the Message-IDs. */
  publicUrl: string;
  /** Files that go with a mail; none if left out. */
  attachmentsOf?: (mail: TakenEntry) => Promise<readonly MailAttachment[]>;
}

const batch = 20;
/** Writing a mail costs about a millisecond: in an on-sale selling keeps its processor. */
const everyMs = 200;
/** Tickets to print cost four milliseconds each: after a mail with files this rests, and takes a quarter of a processor at most. */
const restMs = 20;
/** Longer than a server may take over a batch: twenty mails over four connections, each with three timeouts of 30 s. */
const leaseMs = 600_000;
const firstRetryMs = 30_000;
const maxRetryMs = 6 * 3_600_000;
/** As long as mail servers keep trying themselves (RFC 5321, 4.5.4.1: four to five days). */
const giveUpMs = 5 * 86_400_000;

/** The job that sends mails that are due. A mail that fails is tried again later, and does not hold up the others. */
export function createMailJob(settings: MailJobSettings): PeriodicJob {
  const { outbox, clock } = settings;
  return {
    name: "mail",
    everyMs,
    async run() {
      const taken = await outbox.takeDue({ now: clock(), leaseMs, limit: batch });
      const sending: Promise<unknown>[] = [];
      const failures: unknown[] = [];
      for (const entry of taken) {
        const attachments = await filesFor(settings, entry);
        // One may fail, for want of a store, while the files of the next are made: nobody waits for it at that moment.
        sending.push(send(settings, entry, attachments).catch((error: unknown) => failures.push(error)));
        if (attachments.length > 0) await pause(restMs);
      }
      await Promise.all(sending);
      if (failures.length > 0) throw failures[0];
    },
  };
}

/** A mail without its files is better than none: its link leads to them. */
async function filesFor(
  { attachmentsOf, log }: MailJobSettings,
  entry: TakenEntry,
): Promise<readonly MailAttachment[]> {
  try {
    return (await attachmentsOf?.(entry)) ?? [];
  } catch (error) {
    log.warn(
      { err: error, mail: entry.id, kind: entry.kind },
      "the files of a mail could not be made; it goes without",
    );
    return [];
  }
}

async function send(
  { outbox, transport, clock, log, publicUrl }: MailJobSettings,
  entry: TakenEntry,
  attachments: readonly MailAttachment[],
): Promise<void> {
  try {
    const name = createHash("sha256").update(entry.id).digest("hex").slice(0, 32);
    const messageId = `<${name}@${new URL(publicUrl).hostname}>`;
    const date = new Date(entry.createdAt);
    await transport.send({ ...letterOf(entry, publicUrl), attachments, messageId, date }, entry.id);
  } catch (error) {
    const givenUp = clock() - entry.createdAt >= giveUpMs;
    const facts = { err: error, mail: entry.id, kind: entry.kind, attempts: entry.attempts };
    if (givenUp) log.error(facts, "a mail was not accepted for five days and is given up");
    else log.warn(facts, "a mail was not accepted and will be tried again");
    await outbox.retry(entry.id, givenUp ? undefined : clock() + backoffMs(entry.attempts, firstRetryMs, maxRetryMs));
    return;
  }
  await outbox.markDone(entry.id, clock());
}
