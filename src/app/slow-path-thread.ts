// The slow path of the embedded shape, on a thread of its own: it reads the sales log's file, writes the store's, and sends the
// mails, so that selling never waits for any of it.

import { parentPort, workerData } from "node:worker_threads";
import { openLogReader } from "../inventory/memory/journal.ts";
import { createOrderSecrets, createTicketSigner } from "../sales/ticket-token.ts";
import { appliedMarks } from "../store/marks.ts";
import { openStore } from "../store/open.ts";
import { createOutbox } from "../store/outbox.ts";
import { createLogger } from "../logger.ts";
import { createMailJob } from "../workers/mail.ts";
import { createMailAttachments } from "../workers/mail-attachments.ts";
import { createMailTransport } from "../workers/mail-transport.ts";
import { startRunner } from "../workers/runner.ts";
import { systemTimer } from "../workers/timer.ts";
import { checkSameHistory, createApplySales } from "../workers/apply-sales.ts";
import type { FromSlowPath, SlowPathData, ToSlowPath } from "./slow-path.ts";

const { storeFile, salesFile, orderKey, ticketKeys, mail, publicUrl, logLevel, failpoint } = workerData as SlowPathData;
const port = parentPort;
if (!port) throw new Error("this file runs as a thread");

/** How soon to look again for entries that are decided but not on the disk yet. */
const pauseMs = 20;
const longestPauseMs = 5_000;

const say = (message: FromSlowPath) => port.postMessage(message);
const store = openStore({ kind: "sqlite", file: storeFile });
const reader = openLogReader(salesFile);
const marks = await appliedMarks(store);
const applied = new Map(marks.map(({ partition, sequence }) => [partition, sequence]));
const log = {
  heads: () => reader.heads(),
  read: (partition: number, after: number, limit: number) => Promise.resolve(reader.read(partition, after, limit)),
};
await checkSameHistory(log, marks);
const secrets = createOrderSecrets(orderKey);
const applySales = createApplySales(
  {
    store,
    log,
    clock: () => Date.now(),
    secretOf: secrets.of,
    onConflict: (conflict) => say({ kind: "conflict", ...conflict }),
    reached: (step) => {
      if (step === failpoint) process.kill(process.pid, "SIGKILL");
    },
  },
  marks,
);

const transport = createMailTransport(mail);
const logger = createLogger(logLevel);
const mails = startRunner({
  periodic: [
    createMailJob({
      outbox: createOutbox(store.db),
      transport,
      clock: () => Date.now(),
      log: logger,
      publicUrl,
      attachmentsOf: createMailAttachments({ store, signer: createTicketSigner(ticketKeys), publicUrl }),
    }),
  ],
  timer: systemTimer,
  log: logger,
});

/** While the selling thread is busy, this one rests so many times as long as it worked: an on-sale keeps both processors. */
const restTimes = 4;
const longestRestMs = 400;
/** With so many entries behind, it no longer rests: what is not applied is kept in the selling thread's memory. */
const mostLag = 20_000;
let busy = false;
let heads: readonly number[] = [];
const stop = new AbortController();
let wake = Promise.withResolvers<void>();
port.on("message", (message: ToSlowPath) => {
  if (message.kind === "heads") ({ heads, busy } = message);
  else stop.abort();
  wake.resolve();
});
say({ kind: "applied", marks: marks.map(({ partition, sequence }) => ({ partition, sequence })) });

const lag = () => heads.reduce((sum, head, partition) => sum + head - (applied.get(partition) ?? 0), 0);
const sleep = (ms: number) => new Promise((resolve) => setTimeout(resolve, ms));
const isBehind = () => heads.some((head, partition) => head > (applied.get(partition) ?? 0));

/** Waits for news, or, while entries are on their way to the disk, a moment. */
async function pause(ms: number): Promise<void> {
  const timer = isBehind() ? setTimeout(() => wake.resolve(), ms) : undefined;
  await wake.promise;
  clearTimeout(timer);
  wake = Promise.withResolvers<void>();
}

let failures = 0;
while (!stop.signal.aborted) {
  try {
    const began = performance.now();
    const done = await applySales.once(heads);
    const tookMs = performance.now() - began;
    failures = 0;
    for (const { partition, sequence } of done) applied.set(partition, sequence);
    if (done.length > 0) say({ kind: "applied", marks: done });
    // The next batch gathers what comes meanwhile: larger batches cost less a sale.
    if (busy && lag() < mostLag) await sleep(Math.min(longestRestMs, restTimes * tookMs));
    await pause(pauseMs);
  } catch (error) {
    failures += 1;
    say({ kind: "failed", message: error instanceof Error ? error.message : String(error) });
    await sleep(Math.min(longestPauseMs, 100 * 2 ** failures));
  }
}
await mails.stop();
transport.close();
reader.close();
await store.close();
say({ kind: "stopped" });
