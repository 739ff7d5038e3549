// The sandbox's file: its tables, and how they are read.

import type { DatabaseSync } from "node:sqlite";
import type { ListedRefund } from "../port.ts";
import type { Entry, Payment } from "./payment.ts";

/**
 * A payment is written anew whenever it changes; the journal it carries is written once and lies apart, so that capturing does
 * not write it again and a process that remembers payments does not remember their journals.
 */
export const schema = `
  create table if not exists payments (order_id text primary key, status text not null, created_at integer not null, payment text not null);
  create table if not exists journals (order_id text primary key, journal text not null);
  create table if not exists refunds (order_id text not null, refund_id text not null, created_at integer not null, refund text not null,
    primary key (order_id, refund_id));
  create index if not exists payments_open on payments (created_at) where status in ('authorised', 'pending', 'requires_action');
  create index if not exists payments_since on payments (created_at);
  create index if not exists refunds_since on refunds (created_at);
`;

export const statements = {
  payment: `insert into payments values (?, ?, ?, ?)
    on conflict (order_id) do update set status = excluded.status, payment = excluded.payment`,
  journal: "insert into journals values (?, ?) on conflict (order_id) do nothing",
  refund: "insert into refunds values (?, ?, ?, ?) on conflict (order_id, refund_id) do nothing",
};

/** Where a page of the list ends, so that the next one begins behind it. */
export interface Position {
  createdAt: number;
  row: number;
  /** The newest row when the list began: what is made while it is read does not lengthen it. */
  upTo: number;
}

export interface PageRequest {
  /** Milliseconds since 1970: what was made then or later. */
  since: number;
  after?: Position;
  limit: number;
}

export interface PaymentsRequest extends PageRequest {
  /** Only those that may still be captured. */
  uncaptured: boolean;
}

export interface Page<Item> {
  items: readonly Item[];
  /** Missing when nothing follows. */
  next?: Position;
}

export interface Books {
  byOrder(orderId: string): Payment | undefined;
  /** Payments as the file has them, oldest first. */
  payments(request: PaymentsRequest): Page<Entry>;
  /** Refunds, oldest first. */
  refunds(request: PageRequest): Page<ListedRefund>;
}

type Row = Record<string, unknown>;

/** Reads over a connection of the caller's. */
export function readBooks(db: DatabaseSync): Books {
  const byOrder = db.prepare("select payment from payments where order_id = ?");
  /** Pages of a table; `more` are further columns, `where` a further condition. */
  const paged = (table: string, more: string, where = "") => {
    const newest = db.prepare(`select max(rowid) as row from ${table}`);
    const rows = db.prepare(`
      select ${table}.rowid as row, created_at, ${more}
      where (created_at, ${table}.rowid) > (?, ?) and ${table}.rowid <= ? ${where}
      order by created_at, ${table}.rowid limit ?`);
    return <Item>({ since, after, limit }: PageRequest, itemOf: (row: Row) => Item): Page<Item> => {
      const upTo = after?.upTo ?? Number(newest.get()?.["row"] ?? 0);
      const found = rows.all(after?.createdAt ?? since, after?.row ?? 0, upTo, limit);
      const last = found.length < limit ? undefined : found.at(-1);
      return {
        items: found.map(itemOf),
        ...(last ? { next: { createdAt: Number(last["created_at"]), row: Number(last["row"]), upTo } } : {}),
      };
    };
  };
  const withJournals = "payment, coalesce(journal, '') as journal from payments left join journals using (order_id)";
  const all = paged("payments", withJournals);
  const open = paged("payments", withJournals, "and status in ('authorised', 'pending', 'requires_action')");
  const refunds = paged("refunds", "refund from refunds");
  const paymentOf = (row: Row) => JSON.parse(String(row["payment"])) as Payment;
  return {
    byOrder(orderId) {
      const row = byOrder.get(orderId);
      return row && paymentOf(row);
    },
    payments: (request) =>
      (request.uncaptured ? open : all)(request, (row) => ({
        payment: paymentOf(row),
        journal: String(row["journal"]),
      })),
    refunds: (request) => refunds(request, (row) => JSON.parse(String(row["refund"])) as ListedRefund),
  };
}

const pageLength = 500;

/** All items of a list since an instant, read in pages, so that a long one never lies in memory as a whole. */
export function* readPages<Item>(page: (request: PageRequest) => Page<Item>, since: number): Generator<Item> {
  let after: Position | undefined;
  do {
    const { items, next } = page({ since, limit: pageLength, ...(after ? { after } : {}) });
    yield* items;
    after = next;
  } while (after);
}
