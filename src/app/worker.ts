// A worker process of a fleet: makes history of what is sold, and does what nobody asks for. Any number run at once; they share
// the partitions and the jobs by leases in the store.

import type { Logger } from "pino";
import type { Config } from "../config.ts";
import { newId } from "../domain/ids.ts";
import { createMetrics } from "../http/metrics.ts";
import { addHealthRoutes } from "../http/routes/health.ts";
import { createServer, type Server } from "../http/server.ts";
import { installationPaths } from "../installation.ts";
import { createLogger } from "../logger.ts";
import { createTicketSigner } from "../sales/ticket-token.ts";
import { createJobs } from "../store/jobs.ts";
import { createLeases } from "../store/leases.ts";
import { appliedMarks } from "../store/marks.ts";
import { inTransaction } from "../store/transaction.ts";
import { createOutbox } from "../store/outbox.ts";
import { alone } from "../workers/alone.ts";
import { startApplyPartitions, type ApplyPartitions } from "../workers/apply-partitions.ts";
import { createApplySales, type ApplySettings } from "../workers/apply-sales.ts";
import { createMailJob } from "../workers/mail.ts";
import { createMailAttachments } from "../workers/mail-attachments.ts";
import { createMailTransport } from "../workers/mail-transport.ts";
import { createPartitionShare, type PartitionShare } from "../workers/partition-share.ts";
import type { PeriodicJob, Running } from "../workers/periodic.ts";
import { startRunner } from "../workers/runner.ts";
import { systemTimer } from "../workers/timer.ts";
import { jobHandlers, periodicDuties } from "./duties.ts";
import { openFleet, type FleetBackEnds } from "./fleet.ts";
import { openParts, type Parts } from "./parts.ts";
import { applySettings, createRecovery, type Recovery } from "./recovery.ts";
import { checkLag, checkPartitions, checkProgram, checkStopping } from "./readiness.ts";
import { reachedBy } from "./selling.ts";
import { systemOf, type System } from "./system.ts";

export interface WorkerProcess {
  server: Server;
  /** Begins to answer health checks; the address. */
  listen(): Promise<string>;
  /** Finishes what is under way, gives its leases back, lets go of connections. */
  close(): Promise<void>;
}

/** A dead worker's partitions are taken over after so long. */
const leaseMs = 5_000;
const turnMs = 1_000;
const recoverMs = 500;
/** How long the store or Redis may be away before a worker says that it is not ready. */
const troubleMs = 10_000;

export async function openWorker(config: Config, given: Partial<System> = {}): Promise<WorkerProcess> {
  const logger = createLogger(config.logLevel);
  const system: System = { ...systemOf(logger), ...given };
  const owner = newId(system.random);
  const backEnds = await openFleet(config, system, logger, `worker-${owner.slice(0, 6)}`);
  const { store, inventory } = backEnds;
  const leases = createLeases(store.db);
  const share = createPartitionShare({
    leases,
    together: (work) => inTransaction(store.db, (trx) => work(createLeases(trx))),
    owner,
    partitions: inventory.partitions,
    clock: system.clock,
    leaseMs,
    // What a newer program decides only its own workers can recover.
    canWork: () => inventory.outdated() === undefined,
  });
  const parts = await openParts(config, system, logger, backEnds, { unlisted: true });
  const apply = applySettings(backEnds, system, reachedBy(system), logger);
  const recovery = createRecovery(backEnds, system, owner, apply, logger);
  const slowPath = startSlowPath(backEnds, logger, apply, share, owner);
  const runner = startDuties(parts, share, owner, recoverClosed(backEnds, share, recovery));
  let stopping = false;
  const server = await openHealth(parts, slowPath, () => stopping);
  return {
    server,
    listen: () => server.listen({ port: config.port, host: config.host }),
    async close() {
      stopping = true;
      await runner.stop();
      await slowPath.stop();
      await server.close();
      await backEnds.close();
    },
  };
}

function startSlowPath(
  backEnds: FleetBackEnds,
  logger: Logger,
  apply: Omit<ApplySettings, "log">,
  share: PartitionShare,
  owner: string,
): ApplyPartitions {
  const log = backEnds.inventory.consumer(owner);
  return startApplyPartitions({
    share,
    log,
    async begin() {
      const marks = await appliedMarks(backEnds.store);
      return { applySales: createApplySales({ ...apply, log }, marks), marks };
    },
    elapsedMs: () => performance.now(),
    logger,
    turnMs,
  });
}

/** Recovers partitions of this worker for which it is due. A restart of Redis is noticed within this time. */
function recoverClosed({ inventory }: FleetBackEnds, share: PartitionShare, recovery: Recovery): PeriodicJob {
  return {
    name: "recover",
    everyMs: recoverMs,
    async run() {
      const due = await recovery.due();
      if (inventory.outdated() !== undefined) return;
      const mine = due.filter((partition) => share.owned().has(partition));
      if (mine.length > 0) await recovery.recover(mine);
    },
  };
}

function startDuties(parts: Parts, share: PartitionShare, owner: string, recover: PeriodicJob): Running {
  const { config, system, logger, backEnds } = parts;
  const { clock } = system;
  const { store, keys } = backEnds;
  const lease = { leases: createLeases(store.db), owner, clock, timer: systemTimer, marginMs: leaseMs };
  const divided = new Set(["sweep", "reconcile"]);
  const duties = periodicDuties(parts, (partition) => share.owned().has(partition)).map((job) =>
    divided.has(job.name) ? job : alone(job, lease),
  );
  const transport = createMailTransport({
    mail: config.mail,
    mailFrom: config.mailFrom,
    folder: installationPaths(config.data).mail,
  });
  const outbox = createOutbox(store.db);
  const { publicUrl } = config;
  const signer = createTicketSigner(keys.tickets);
  const attachmentsOf = createMailAttachments({ store, signer, publicUrl });
  const runner = startRunner({
    periodic: [
      // Asks Redis about all partitions at once, so one worker is enough: whoever has the first partition.
      ...duties.map((job) => (job.name === "sweep" ? onlyWith(job, () => share.owned().has(0)) : job)),
      alone(publishMissing(parts), lease),
      recover,
      createMailJob({ outbox, transport, clock, log: logger, publicUrl, attachmentsOf }),
    ],
    leased: { jobs: createJobs(store.db), handlers: jobHandlers(parts), owner, alone: false, clock, everyMs: 500 },
    timer: systemTimer,
    log: logger,
  });
  return {
    async stop() {
      await runner.stop();
      transport.close();
    },
  };
}

/** Chunks are derived: a Redis without them gets them from the store. */
function publishMissing({ backEnds, publisher }: Pick<Parts, "backEnds" | "publisher">): PeriodicJob {
  return {
    name: "publish-missing",
    everyMs: 5_000,
    async run() {
      if (!backEnds.published.whole()) await publisher.publishEverything();
    },
  };
}

const onlyWith = (job: PeriodicJob, holds: () => boolean): PeriodicJob => ({
  ...job,
  run: async (signal) => (holds() ? job.run(signal) : undefined),
});

/** What a balancer or Prometheus asks a worker; nothing else answers there. */
async function openHealth(parts: Parts, slowPath: ApplyPartitions, stopping: () => boolean): Promise<Server> {
  const { inventory } = parts.backEnds;
  const server = await createServer({ logger: parts.logger, trustProxy: false, secure: false, writesPerMinute: 0 });
  const lag = () => Promise.resolve(slowPath.lag());
  const metrics = createMetrics({ logLag: lag, closedPartitions: () => inventory.closedPartitions().length });
  const store = {
    name: "store",
    run() {
      const seconds = Math.round(slowPath.troubleMs() / 1_000);
      return slowPath.troubleMs() < troubleMs ? undefined : `Nothing could be applied for ${seconds} s.`;
    },
  };
  addHealthRoutes(server, {
    checks: [checkProgram(parts.backEnds), checkPartitions(inventory), checkLag(lag), store, checkStopping(stopping)],
    registry: metrics.registry,
  });
  return server;
}
