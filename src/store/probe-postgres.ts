// Does PostgreSQL keep its word as it is set, and does it agree about the time?

import { sql } from "kysely";
import type { Clock } from "../domain/clock.ts";
import type { Store } from "./open.ts";

export interface PostgresStanding {
  /** `15.8` */
  version: string;
  /** Settings by which a commit that was answered could be lost, as `name = value`. */
  careless: readonly string[];
  /** A commit waits for a standby. */
  waitsForStandby: boolean;
  /** The server's clock minus ours. */
  skewMs: number;
  /** Marquee's tables are there. */
  migrated: boolean;
}

/** What each must be for a commit to be on the disk when it is answered. */
const careful: Readonly<Record<string, (value: string) => boolean>> = {
  fsync: (value) => value === "on",
  full_page_writes: (value) => value === "on",
  synchronous_commit: (value) => value !== "off" && value !== "local",
};

/** Looks; changes nothing. Throws StoreUnavailable if it cannot be reached. */
export async function probePostgres({ db }: Pick<Store, "db">, clock: Clock): Promise<PostgresStanding> {
  const before = clock();
  const about = await sql<{ version: string; standby: string; now: number; migrated: boolean }>`
    select current_setting('server_version') as version,
      current_setting('synchronous_standby_names') as standby,
      (extract(epoch from clock_timestamp()) * 1000)::float8 as now,
      to_regclass('applied') is not null as migrated`.execute(db);
  const [found] = about.rows;
  if (!found) throw new Error("PostgreSQL answered nothing");
  const middle = (before + clock()) / 2;
  const names = Object.keys(careful);
  const settings = await sql<{ name: string; setting: string }>`
    select name, setting from pg_settings where name in (${sql.join(names)})`.execute(db);
  return {
    version: found.version.split(" ")[0] ?? found.version,
    careless: settings.rows
      .filter(({ name, setting }) => careful[name]?.(setting) === false)
      .map(({ name, setting }) => `${name} = ${setting}`),
    waitsForStandby: found.standby !== "",
    skewMs: Math.round(found.now - middle),
    migrated: found.migrated,
  };
}
