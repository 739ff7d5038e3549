// Whether months of orders and tickets should be partitions of their own: the same rows in both layouts of PostgreSQL, then what a
// worker adds and what a buyer asks. `node --import ./bin/tsx-hook.mjs bench/worker-apply-partitioned.ts [thousands of orders]`.
// Scaled down: buffers of 32 MB stand to these rows as 8 GB do to a hundred million orders. See docs/decisions/010.

import { startPostgres, type LocalPostgres } from "../deploy/local/postgres.ts";
import { migrate, openStore } from "../src/store/open.ts";
import { processorMs } from "./inventory/processor.ts";
import { machineText, median } from "./machine.ts";

const months = 12;
const orders = Number(process.argv[2] ?? 600) * 1_000;
const addedABatch = 512;
const batches = 40;
const lookups = 4_000;
const rounds = 3;

/** As migrations make them, but for `month`, which both keys must contain, and which only the showing's id may decide (R7). */
const partitioned = `
  alter table orders rename to whole_orders;
  alter table tickets rename to whole_tickets;
  create table orders (like whole_orders including defaults, month integer not null) partition by list (month);
  create table tickets (like whole_tickets including defaults, month integer not null) partition by list (month);
  ${Array.from(
    { length: months },
    (_, month) => `create table orders_${month} partition of orders for values in (${month});
                   create table tickets_${month} partition of tickets for values in (${month});`,
  ).join("\n")}
  alter table orders add primary key (id, month);
  create index on orders (account_id, starts_at);
  create index on orders (seller_id, placed_at);
  create index on orders (showing_id);
  create index on orders (partition) where status = 'paying';
  alter table tickets add primary key (order_id, place, month);
  create unique index on tickets (showing_id, place, month) where status = 'active';
  create index on tickets (showing_id) where status <> 'active';
  drop table whole_tickets, whole_orders;`;

const idOf = (number: string) => `md5('order' || ${number})::uuid::text`;
const showingOf = (number: string) => `'0000' || (${number}) % 997 || 'showing' || (${number}) / 100`;

/** SQL that adds orders of two tickets with the numbers from … to, in the given month. */
function adding(from: string, to: string, month: string, withMonth: boolean): string {
  const last = withMonth ? `, ${month}` : "";
  return `
    insert into orders select ${idOf("n")}, n % 64, n, ${showingOf("n")}, 'a-show-of-26-characters-id', 'a-venue-of-26-characters-i',
      'seller-of-26-characters-' || n % 50, md5('account' || n % 100000), n || '@example.org', 'Ada Lovelace', repeat('f', 43), 'USD',
      3456, 0, 'confirmed', '', 'sandbox', 'payment-' || n, (${month}) * 2592000000::bigint + n, n, n, repeat('i', 200)${last}
      from generate_series(${from}, ${to}) n;
    insert into tickets select ${idOf("n")}, (n % 100) * 2 + p, ${showingOf("n")}, 'H-' || n % 30, 'stalls', 'adult', 1, 1450, 150, 128,
      1728, 'active', null, null${last} from generate_series(${from}, ${to}) n, generate_series(0, 1) p;`;
}

async function layout(server: LocalPostgres, name: string, withMonth: boolean) {
  const url = await server.createDatabase(name);
  const store = openStore({ kind: "postgres", url });
  await migrate(store);
  await store.close();
  const pool = await connect(url);
  if (withMonth) await pool(partitioned);
  const aMonth = orders / months;
  for (let month = 0; month < months; month += 1)
    await pool(adding(`${month * aMonth}`, `${(month + 1) * aMonth - 1}`, `${month}`, withMonth));
  await pool("vacuum analyze");
  return { pool, withMonth };
}

/** Runs SQL over one connection of psql's protocol, through the store's own pool. */
async function connect(url: string) {
  const { Client } = await import("pg");
  const client = new Client({ connectionString: url });
  await client.connect();
  return Object.assign((text: string) => client.query(text), { end: () => client.end() });
}

type Layout = Awaited<ReturnType<typeof layout>>;
let next = orders;

async function measure(server: LocalPostgres, work: () => Promise<unknown>, count: number) {
  const before = processorMs([server.pid()]);
  const startedAt = performance.now();
  await work();
  const us = (ms: number) => (ms * 1_000) / count;
  return { elapsed: us(performance.now() - startedAt), processor: us(processorMs([server.pid()]) - before) };
}

const added = (server: LocalPostgres, { pool, withMonth }: Layout) =>
  measure(
    server,
    async () => {
      for (let batch = 0; batch < batches; batch += 1, next += addedABatch)
        await pool(`begin; ${adding(`${next}`, `${next + addedABatch - 1}`, `${months - 1}`, withMonth)} commit`);
    },
    batches * addedABatch,
  );

const asked = (server: LocalPostgres, { pool }: Layout) =>
  measure(
    server,
    async () => {
      for (let turn = 0; turn < lookups; turn += 1) {
        const id = idOf(String((turn * 7_919) % orders));
        await pool(`select * from orders where id = ${id}; select * from tickets where order_id = ${id}`);
      }
    },
    lookups,
  );

const server = await startPostgres({ settings: ["shared_buffers=32MB", "max_wal_size=4GB"] });
try {
  console.log(`${orders} orders of two tickets in ${months} months, on ${machineText()}.`);
  const layouts = { whole: await layout(server, "whole", false), "by month": await layout(server, "by_month", true) };
  const found = new Map<string, { elapsed: number; processor: number }[]>();
  for (let round = 0; round < rounds; round += 1)
    for (const [name, one] of Object.entries(layouts))
      for (const [work, run] of [["adding an order", added] as const, ["finding an order", asked] as const]) {
        const key = `${name}, ${work}`;
        found.set(key, [...(found.get(key) ?? []), await run(server, one)]);
      }
  for (const [key, all] of [...found].toSorted(([a], [b]) => (a < b ? -1 : 1)))
    console.log(
      `${key}: ${Math.round(median(all.map((one) => one.elapsed)))} µs, of which PostgreSQL's processor ${Math.round(median(all.map((one) => one.processor)))} µs`,
    );
  for (const [name, { pool }] of Object.entries(layouts)) {
    const sizes = `select sum(pg_relation_size(oid)) filter (where relkind = 'r') as rows, sum(pg_relation_size(oid)) filter (where relkind = 'i') as indexes
      from pg_class where relnamespace = 'public'::regnamespace and relname ~ 'orders|tickets'`;
    const { rows } = await pool(sizes);
    console.log(`${name}: ${JSON.stringify(rows[0])} bytes`);
  }
  const began = performance.now();
  await layouts["by month"].pool("drop table orders_0, tickets_0");
  console.log(`dropping a month: ${Math.round(performance.now() - began)} ms by partition`);
  const deleting = performance.now();
  await layouts.whole.pool(
    `delete from tickets where order_id in (select id from orders where sequence < ${orders / months}); delete from orders where sequence < ${orders / months}`,
  );
  console.log(`deleting a month: ${Math.round(performance.now() - deleting)} ms from the whole`);
  for (const { pool } of Object.values(layouts)) await pool.end();
} finally {
  await server.stop();
}
