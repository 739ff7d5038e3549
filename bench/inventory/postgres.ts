// PostgreSQL with row locks, as good as one statement a step makes it: prepared, one round trip, one commit, no index on a column
// that changes, seats locked in their order. A hold need not survive a crash, so its commit waits for no disk and no standby;
// that flushes with the next one. It keeps no log for workers and no hash chain, which the other contenders do.

import { Pool } from "pg";
import type { LocalPostgres } from "../../deploy/local/postgres.ts";
import type { ShowingRef } from "../../src/inventory/port.ts";
import { sellInTransactions } from "./postgres-transactions.ts";
import { draftOf, holdMs, type BackEnd, type Seller } from "./sale.ts";

const schema = `
  create table seat (
    showing_id text not null, place int not null, state "char" not null default 'f', hold_id text,
    primary key (showing_id, place)
  ) with (fillfactor = 50);
  create table hold (
    hold_id text primary key, showing_id text not null, places int[] not null, until timestamptz not null, order_id text
  ) with (fillfactor = 70);
  create table purchase (
    order_id text primary key, hold_id text not null, status text not null, payment_id text, draft text not null
  ) with (fillfactor = 80)`;

const prepare = `
  insert into seat (showing_id, place)
  select showing_id, place from unnest($1::text[]) as showing_id, generate_series(0, $2::int - 1) as place`;

/** All of the places or none; whoever waits for a lock sees what the one before made of the seat. */
const hold = `
  with asynchronous as materialized (select set_config('synchronous_commit', 'off', true)),
  locked as materialized (
    select seat.place from seat, asynchronous
    where showing_id = $1 and place = any ($2::int[]) and state = 'f' order by place for update of seat
  ), taken as (
    update seat set state = 'h', hold_id = $3
    where showing_id = $1 and place = any ($2::int[]) and (select count(*) from locked) = cardinality($2::int[])
    returning 1
  )
  insert into hold (hold_id, showing_id, places, until)
  select $3, $1, $2, now() + $4 * interval '1 millisecond' where (select count(*) from taken) = cardinality($2::int[])`;

/** A place is in payment when its hold has an order: no seat row is written for that. */
const begin = `
  with held as (update hold set order_id = $2 where hold_id = $1 and order_id is null and until > now() returning hold_id)
  insert into purchase (order_id, hold_id, status, draft) select $2, hold_id, 'paying', $3 from held`;

const confirm = `
  with paid as (
    update purchase set status = 'confirmed', payment_id = $2 where order_id = $1 and status = 'paying' returning hold_id
  ), ended as (
    delete from hold using paid where hold.hold_id = paid.hold_id returning hold.hold_id, showing_id, places
  )
  update seat set state = 's' from ended
  where seat.showing_id = ended.showing_id and place = any (places) and seat.hold_id = ended.hold_id`;

const states = `
  select string_agg(case when seat.state = 'h' and hold.order_id is not null then 'p' else seat.state::text end, '' order by place) as states
  from seat left join hold using (hold_id) where seat.showing_id = $1`;

/** As many as two processors, a disk's flush in groups and an application's few connections make sense of. */
const connections = 24;

export interface PostgresServers {
  name: string;
  durability: string;
  /** The one that decides now. */
  primary(): LocalPostgres;
  all(): readonly LocalPostgres[];
  /** Each step in a transaction of several statements, not in one statement. */
  statementByStatement?: boolean;
}

export interface PostgresBackEnd extends BackEnd {
  /** Connects to what is the primary now. */
  reconnect(): Promise<void>;
}

function openPool(url: string): Pool {
  const pool = new Pool({ connectionString: url, max: connections });
  // A connection that breaks tells whoever uses it; an idle one's end is no event.
  pool.on("error", () => undefined);
  return pool;
}

function sellInStatements(pool: () => Pool): Seller {
  const changed = async (name: string, text: string, values: unknown[]) =>
    ((await pool().query({ name, text, values })).rowCount ?? 0) > 0;
  return {
    hold: ({ showing, places, holdId }) => changed("hold", hold, [showing.showingId, places, holdId, holdMs]),
    begin: (sale) => changed("begin", begin, [sale.holdId, sale.orderId, JSON.stringify(draftOf(sale))]),
    confirm: ({ orderId }) => changed("confirm", confirm, [orderId, `pay-${orderId}`]),
  };
}

export async function sellOverPostgres(servers: PostgresServers): Promise<PostgresBackEnd> {
  let pool = openPool(servers.primary().url);
  await pool.query(schema);
  const steps = servers.statementByStatement === true ? sellInTransactions(() => pool) : sellInStatements(() => pool);
  return {
    name: servers.name,
    durability: servers.durability,
    ...steps,
    pids: () => servers.all().flatMap((server) => (server.running() ? [server.pid()] : [])),
    async prepare(showings: readonly ShowingRef[]) {
      for (const [placeCount, group] of Map.groupBy(showings, (showing) => showing.placeCount)) {
        await pool.query(prepare, [group.map((showing) => showing.showingId), placeCount]);
      }
      await pool.query("vacuum analyze seat");
    },
    async states(showing) {
      const { rows } = await pool.query<{ states: string }>({
        name: "states",
        text: states,
        values: [showing.showingId],
      });
      return rows[0]?.states ?? "";
    },
    async missing(sales) {
      const text = "select count(*)::int as known from purchase where order_id = any ($1) and status = 'confirmed'";
      const { rows } = await pool.query<{ known: number }>(text, [sales.map((sale) => sale.orderId)]);
      return sales.length - (rows[0]?.known ?? 0);
    },
    async reconnect() {
      await pool.end();
      pool = openPool(servers.primary().url);
      await pool.query("select 1");
    },
    close: () => pool.end(),
  };
}
