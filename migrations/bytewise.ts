// Ids are compared as bytes: a venue's days are a range of them (src/domain/ids.ts), and pages go on after the last one.

import { PostgresAdapter, sql, type Kysely } from "kysely";

/**
 * Makes every text column compare and sort by its bytes, as SQLite does anyway. On PostgreSQL the collation of the cluster
 * would decide otherwise: in most languages `a_1` comes before `A-1`. A migration that adds text columns calls it at its end.
 */
export async function compareBytewise(db: Kysely<unknown>): Promise<void> {
  if (!(db.getExecutor().adapter instanceof PostgresAdapter)) return;
  const { rows } = await sql<{ table_name: string; columns: readonly string[] }>`
    select c.relname as table_name, array_agg(a.attname::text order by a.attnum) as columns
    from pg_attribute a
    join pg_class c on c.oid = a.attrelid and c.relkind in ('r', 'p') and not c.relispartition
    where c.relnamespace = current_schema()::regnamespace and c.relname not like 'kysely\_%'
      and a.attnum > 0 and not a.attisdropped and a.atttypid = 'text'::regtype
      and a.attcollation <> (select oid from pg_collation where collname = 'C' and collnamespace = 'pg_catalog'::regnamespace)
    group by c.relname`.execute(db);
  for (const { table_name: table, columns } of rows) {
    const changes = columns.map((column) => sql`alter column ${sql.ref(column)} type text collate "C"`);
    await sql`alter table ${sql.table(table)} ${sql.join(changes)}`.execute(db);
  }
}
