// What goes on without anybody asking: holds end, sold becomes history, open payments are settled, mails leave.

import type { Logger } from "pino";
import type { Bus } from "../bus/port.ts";
import { publishDaysJob, publishPlanned, type PublishDaysBody } from "../catalogue/authoring/publish-days.ts";
import type { Publisher } from "../catalogue/publisher.ts";
import type { Config } from "../config.ts";
import type { InstallationPaths } from "../installation.ts";
import { cancelShowingJob, type CancelShowingBody } from "../sales/cancel-showing.ts";
import { giveBackJob } from "../store/apply.ts";
import { createInvitationTable } from "../store/invitations.ts";
import type { Store } from "../store/open.ts";
import { createPasswordResetTable } from "../store/password-resets.ts";
import { createSessionTable } from "../store/sessions.ts";
import type { JobHandler } from "../workers/leased.ts";
import { startRunner } from "../workers/runner.ts";
import { sweepAccounts } from "../workers/sweep-accounts.ts";
import { systemTimer } from "../workers/timer.ts";
import type { System } from "./system.ts";
import type { Selling } from "./selling.ts";
import { startSlowPath } from "./slow-path.ts";

export interface Work {
  /** Entries of the sales log that the store does not have yet. */
  lag(): Promise<number>;
  caughtUp(): Promise<void>;
  stop(): Promise<void>;
}

export interface WorkSettings {
  config: Config;
  system: System;
  paths: InstallationPaths;
  logger: Logger;
  store: Store;
  bus: Bus;
  publisher: Publisher;
  selling: Selling;
}

const sweepMs = 250;
const reconcileMs = 1_000;
const reservedMs = 60_000;
/** Providers keep an uncaptured payment for a week; what was reserved before the last start is looked for that far back. */
const reservedSinceMs = 7 * 86_400_000;

export function startWork({ config, system, paths, logger, store, publisher, selling }: WorkSettings): Work {
  const { clock, failpoint } = system;
  const { inventory, payments, sales, jobs } = selling;
  const slowPath = startSlowPath({
    inventory,
    storeFile: paths.store,
    salesFile: paths.sales,
    orderKey: selling.orderKey,
    mail: { mail: config.mail, mailFrom: config.mailFrom, folder: paths.mail },
    publicUrl: config.publicUrl,
    logLevel: config.logLevel,
    onConflict({ partition, orderId, detail }) {
      logger.fatal({ partition, orderId, detail }, "a seat was about to have two tickets: the partition stops selling");
      inventory.closePartition(partition, `order ${orderId}: ${detail}`);
    },
    onFailure: (message) => logger.error({ reason: message }, "the slow path did not get on and tries again"),
    onFatal: system.onFatal,
    ...(failpoint === undefined ? {} : { failpoint }),
  });
  /** The loser of a seat that was sold twice gets the money back, whatever happens to this process meanwhile. */
  const giveBack: JobHandler = async (job) => {
    const { orderId } = job.body as { orderId: string };
    const state = await payments.capture(orderId);
    if (state.state === "captured")
      await payments.refund(orderId, "seat-conflict", state.amountMinor - state.refundedMinor);
  };
  const publishDays: JobHandler = (job) => publishPlanned(publisher, job.body as PublishDaysBody);
  const cancelShowing: JobHandler = async (job) => {
    const { waiting } = await sales.refundCancelledShowing(job.body as CancelShowingBody);
    return waiting > 0 ? { againMs: 500 } : undefined;
  };
  const runner = startRunner({
    periodic: [
      { name: "sweep", everyMs: sweepMs, run: () => inventory.sweep(clock()) },
      { name: "reconcile", everyMs: reconcileMs, run: () => sales.reconcileUnfinished() },
      { name: "reserved", everyMs: reservedMs, run: () => sales.reconcileReserved(clock() - reservedSinceMs) },
      { name: "days", everyMs: 60_000, run: () => publisher.publishShows() },
      sweepAccounts(
        [createSessionTable(store.db), createInvitationTable(store.db), createPasswordResetTable(store.db)],
        clock,
      ),
    ],
    leased: {
      jobs,
      handlers: { [cancelShowingJob]: cancelShowing, [giveBackJob]: giveBack, [publishDaysJob]: publishDays },
      owner: "embedded",
      alone: true,
      clock,
      everyMs: 500,
    },
    timer: systemTimer,
    log: logger,
  });
  return {
    lag: () => slowPath.lag(),
    caughtUp: () => slowPath.caughtUp(),
    async stop() {
      await runner.stop();
      await slowPath.stop();
    },
  };
}
