// What goes on in the embedded shape without anybody asking: holds end, sold becomes history, open payments are settled, mails leave.

import { installationPaths } from "../installation.ts";
import { createJobs } from "../store/jobs.ts";
import { startRunner } from "../workers/runner.ts";
import { systemTimer } from "../workers/timer.ts";
import { jobHandlers, periodicDuties } from "./duties.ts";
import type { Parts } from "./parts.ts";
import { startSlowPath } from "./slow-path.ts";

export interface Work {
  /** Entries of the sales log that the store does not have yet. */
  lag(): Promise<number>;
  caughtUp(): Promise<void>;
  stop(): Promise<void>;
}

export function startWork(parts: Parts): Work {
  const { config, system, logger, backEnds } = parts;
  const { clock, failpoint, onFatal } = system;
  const { inventory, store, keys } = backEnds;
  const paths = installationPaths(config.data);
  const slowPath = startSlowPath({
    inventory,
    storeFile: paths.store,
    salesFile: paths.sales,
    orderKey: keys.orders,
    ticketKeys: keys.tickets,
    mail: { mail: config.mail, mailFrom: config.mailFrom, folder: paths.mail },
    publicUrl: config.publicUrl,
    logLevel: config.logLevel,
    onConflict({ partition, orderId, detail }) {
      logger.fatal({ partition, orderId, detail }, "a seat was about to have two tickets: the partition stops selling");
      inventory.closePartition(partition, `order ${orderId}: ${detail}`);
    },
    onFailure: (message) => logger.error({ reason: message }, "the slow path did not get on and tries again"),
    onFatal,
    ...(failpoint === undefined ? {} : { failpoint }),
  });
  const runner = startRunner({
    periodic: periodicDuties(parts),
    leased: {
      jobs: createJobs(store.db),
      handlers: jobHandlers(parts),
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
