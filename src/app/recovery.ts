// Recovery of a fleet's partitions, over the fleet's back ends.

import { ConfigError, type Config } from "../config.ts";
import { newId } from "../domain/ids.ts";
import { createRedisRecovery } from "../inventory/redis/recovery.ts";
import { createLogger } from "../logger.ts";
import { createOrderSecrets } from "../sales/ticket-token.ts";
import { appliedMarks } from "../store/marks.ts";
import { createEpochs } from "../store/epochs.ts";
import { createLeases } from "../store/leases.ts";
import { recoveryRows } from "../store/recovery.ts";
import { createApplySales, type ApplySettings } from "../workers/apply-sales.ts";
import { recoverPartitions, type Recovered, type RecoverySettings } from "../workers/recover.ts";
import { openFleet, type FleetBackEnds } from "./fleet.ts";
import { systemOf, type System } from "./system.ts";

export interface Recovery {
  /** Partitions to recover: those that do not sell, and those that sell in an epoch which the store has left. */
  due(): Promise<readonly number[]>;
  /** Recovers those of these partitions for which that is due; `byHand` also those that a fault has closed. */
  recover(partitions: readonly number[], options?: { byHand?: boolean }): Promise<readonly Recovered[]>;
}

/** `owner` names the process. What the log still has is applied with `apply`'s settings. */
export function createRecovery(
  { store, inventory, payments }: FleetBackEnds,
  { clock }: Pick<System, "clock">,
  owner: string,
  apply: Omit<ApplySettings, "log">,
  log: RecoverySettings["log"],
): Recovery {
  const settings: RecoverySettings = {
    inventory: createRedisRecovery(inventory.connection, inventory.partitions),
    partitions: inventory.partitions,
    rows: recoveryRows(store),
    epochs: createEpochs(store.db),
    leases: createLeases(store.db),
    payments,
    clock,
    owner,
    log,
    async applyUpTo(partition, head, reign) {
      const applySales = createApplySales({ ...apply, log: inventory.log, reign }, await appliedMarks(store));
      const heads = Array.from({ length: inventory.partitions }, (_, index) => (index === partition ? head : 0));
      while ((await applySales.once(heads)).length > 0);
    },
  };
  return {
    async due() {
      await inventory.refresh();
      const closed = new Set(inventory.closedPartitions().map(({ partition }) => partition));
      // Without the store nothing can be recovered; the slow path complains of it.
      const newest = await settings.epochs.all().catch(() => new Map<number, number>());
      const isLeft = (partition: number) => inventory.epoch(partition) < (newest.get(partition) ?? 0);
      return allPartitions(inventory).filter((partition) => closed.has(partition) || isLeft(partition));
    },
    async recover(partitions, options) {
      const done = await recoverPartitions(settings, partitions, options);
      // This process sells there again at once.
      await inventory.refresh();
      return done;
    },
  };
}

/** What applying needs besides the log. `closePartition` is told of a seat with two tickets (R7). */
export function applySettings(
  { store, keys, inventory }: FleetBackEnds,
  { clock }: Pick<System, "clock">,
  reached: (step: string) => void,
  log: { fatal(facts: object, text: string): void },
): Omit<ApplySettings, "log"> {
  return {
    store,
    clock,
    secretOf: createOrderSecrets(keys.orders).of,
    onConflict({ partition, orderId, detail }) {
      log.fatal({ partition, orderId, detail }, "a seat was about to have two tickets: the partition stops selling");
      inventory.closePartition(partition, `order ${orderId}: ${detail}`);
    },
    reached,
  };
}

const allPartitions = ({ partitions }: { partitions: number }) =>
  Array.from({ length: partitions }, (_, index) => index);

/** Recovers one partition, or all, also those that a fault has closed. Throws ConfigError for a partition that is not there. */
export async function recoverByHand(config: Config, only?: number): Promise<readonly Recovered[]> {
  const logger = createLogger(config.logLevel);
  const system = systemOf(logger);
  const owner = `by-hand-${newId(system.random)}`;
  const backEnds = await openFleet(config, system, logger, owner.slice(0, 14));
  try {
    const { partitions } = backEnds.inventory;
    if (only !== undefined && only >= partitions)
      throw new ConfigError(`There are the partitions 0 to ${partitions - 1}.`);
    const all = allPartitions(backEnds.inventory);
    const apply = applySettings(backEnds, system, () => undefined, logger);
    const recovery = createRecovery(backEnds, system, owner, apply, logger);
    return await recovery.recover(only === undefined ? all : [only], { byHand: true });
  } finally {
    await backEnds.close();
  }
}
