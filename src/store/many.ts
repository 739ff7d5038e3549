// Writing rows by the thousand: the slow path's hottest statements. On PostgreSQL each is one statement over arrays, one array
// a column: thousands of parameters would have to be parsed and planned one by one. It is planned anew each time, because a plan
// made for an empty table would stay while the table grows. On SQLite, which runs in the process, a handful of statements of
// 256, 128, … 1 rows does as well.

import { CompiledQuery, type Kysely } from "kysely";
import { isPostgres } from "./dialect.ts";
import type { Database } from "./schema.ts";

type Kind = "text" | "bigint";

/** Columns of the tables that are written this way. */
const columnsOf = {
  orders: {
    id: "text",
    partition: "bigint",
    sequence: "bigint",
    showing_id: "text",
    show_id: "text",
    venue_id: "text",
    seller_id: "text",
    account_id: "text",
    email: "text",
    name: "text",
    fingerprint: "text",
    currency: "text",
    total_minor: "bigint",
    refunded_minor: "bigint",
    status: "text",
    reason: "text",
    provider: "text",
    payment_id: "text",
    starts_at: "bigint",
    placed_at: "bigint",
    confirmed_at: "bigint",
    intent: "text",
  },
  tickets: {
    order_id: "text",
    place: "bigint",
    showing_id: "text",
    seat: "text",
    section: "text",
    tier: "text",
    generation: "bigint",
    face_minor: "bigint",
    fee_minor: "bigint",
    tax_minor: "bigint",
    total_minor: "bigint",
    status: "text",
    admitted_at: "bigint",
    gate: "text",
  },
  refunds: {
    order_id: "text",
    id: "text",
    amount_minor: "bigint",
    places: "text",
    reason: "text",
    status: "text",
    at: "bigint",
  },
  moves: { order_id: "text", id: "text", showing_id: "text", document: "text", at: "bigint" },
  outbox: {
    id: "text",
    kind: "text",
    body: "text",
    attempts: "bigint",
    next_at: "bigint",
    done_at: "bigint",
    created_at: "bigint",
  },
  pinned_prices: { id: "text", document: "text" },
} as const satisfies { [Table in keyof Database]?: Record<keyof Database[Table], Kind> };

type ManyTable = keyof typeof columnsOf;
type Row = Readonly<Record<string, unknown>>;

/** A power of two. */
const mostRowsAtOnce = 256;

/**
 * Adds rows; answers how many. One whose `key` is there already stays as it is; without a `key` that is a fault. Rows have the
 * same columns.
 */
export async function insertMany<Table extends ManyTable>(
  db: Kysely<Database>,
  table: Table,
  rows: readonly Database[Table][],
  key?: readonly (keyof Database[Table] & string)[],
): Promise<number> {
  if (rows.length === 0) return 0;
  const into = `insert into "${table}"`;
  const otherwise = key ? `on conflict (${quoted(key)}) do nothing` : "";
  if (isPostgres(db)) {
    const names = Object.keys(columnsOf[table]);
    const text = `${into} (${quoted(names)}) select * from ${unnest(table, names)} ${otherwise}`;
    return run(db, text, arrays(table, names, rows));
  }
  const names = Object.keys(rows[0] ?? {});
  const one = `(${names.map(() => "?").join()})`;
  let added = 0;
  for (const part of chunks(rows as readonly object[] as readonly Row[])) {
    const text = `${into} (${quoted(names)}) values ${part.map(() => one).join()} ${otherwise}`;
    added += await run(
      db,
      text,
      part.flatMap((row) => names.map((name) => row[name])),
    );
  }
  return added;
}

/**
 * Changes the rows of a table with these values of the column `key`, of those only the ones with the status `only`; every row
 * names the same columns, `key` among them.
 */
export async function updateMany<Table extends ManyTable, Column extends keyof Database[Table] & string>(
  db: Kysely<Database>,
  table: Table,
  key: Column,
  rows: readonly Pick<Database[Table], Column>[],
  only?: string,
): Promise<void> {
  if (rows.length === 0) return;
  const names = Object.keys(rows[0] ?? {});
  const set = names.filter((name) => name !== key);
  const and = only === undefined ? "" : ` and "${table}"."status" = '${only}'`;
  if (isPostgres(db)) {
    const changes = set.map((name) => `"${name}" = v."${name}"`).join();
    const values = `${unnest(table, names)} as v(${quoted(names)})`;
    const text = `update "${table}" set ${changes} from ${values} where "${table}"."${key}" = v."${key}"${and}`;
    await run(db, text, arrays(table, names, rows));
    return;
  }
  const text = `update "${table}" set ${set.map((name) => `"${name}" = ?`).join()} where "${key}" = ?${and}`;
  for (const row of rows as readonly Row[]) await run(db, text, [...set.map((name) => row[name]), row[key]]);
}

async function run(db: Kysely<Database>, text: string, values: readonly unknown[]): Promise<number> {
  const { numAffectedRows } = await db.executeQuery(CompiledQuery.raw(text, [...values]));
  return Number(numAffectedRows ?? 0n);
}

/** Pieces of 256, 128, … 1 rows: so that a handful of statements, prepared once, writes any number. */
export function* chunks<Item>(rows: readonly Item[]): Iterable<Item[]> {
  let from = 0;
  for (let size = mostRowsAtOnce; from < rows.length;) {
    if (size > rows.length - from) size /= 2;
    else yield rows.slice(from, (from += size));
  }
}

function quoted(names: readonly string[]): string {
  return names.map((name) => `"${name}"`).join();
}

function kindOf(table: ManyTable, name: string): Kind {
  const kind = (columnsOf[table] as Readonly<Record<string, Kind>>)[name];
  if (!kind) throw new Error(`${table} has no column ${name} that is written in bulk`);
  return kind;
}

function unnest(table: ManyTable, names: readonly string[]): string {
  return `unnest(${names.map((name, index) => `$${index + 1}::${kindOf(table, name)}[]`).join()})`;
}

/** One array literal a column, as PostgreSQL reads them. */
function arrays(table: ManyTable, names: readonly string[], rows: readonly object[]): string[] {
  return names.map((name) => {
    const element = kindOf(table, name) === "text" ? textElement : numberElement;
    let literal = "{";
    for (const row of rows as readonly Row[]) literal += `${literal.length > 1 ? "," : ""}${element(row[name])}`;
    return `${literal}}`;
  });
}

function numberElement(value: unknown): string {
  if (value === null || value === undefined) return "NULL";
  if (typeof value !== "number" || !Number.isSafeInteger(value)) throw new RangeError("a column wants a whole number");
  return String(value);
}

function textElement(value: unknown): string {
  if (value === null || value === undefined) return "NULL";
  if (typeof value !== "string") throw new TypeError("a column wants a text");
  return /["\\\0]/.test(value) ? `"${value.replaceAll("\0", "").replaceAll(/["\\]/g, String.raw`\$&`)}"` : `"${value}"`;
}
