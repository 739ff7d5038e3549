// The file behind the memory: the sales log, and checkpoints from which a restart does not need to read all of it.

import { DatabaseSync } from "node:sqlite";
import { openGroupCommit, type GroupCommit } from "../../group-commit/group-commit.ts";
import { foldOrder, isOrderBody } from "../orders.ts";
import type { InventoryOrder, LogBody, LogEntry } from "../port.ts";
import type { ShowingSnapshot } from "./showing-state.ts";

export interface JournalSettings {
  file: string;
  failpoint?: string;
  onFatal(error: Error): void;
}

/** Where a partition stood at the last checkpoint. */
export interface PartitionMark {
  partition: number;
  sequence: number;
  hash: string;
  epoch: number;
  /** Up to here the store has applied. */
  acknowledged: number;
  /** Orders that were unfinished then. */
  unfinished: readonly string[];
}

const schema = `
  create table if not exists log (
    partition integer not null, sequence integer not null, epoch integer not null, order_id text, body text not null, hash text not null);
  create unique index if not exists log_sequence on log (partition, sequence);
  create index if not exists log_order on log (order_id, sequence) where order_id is not null;
  create table if not exists partition_mark (partition integer primary key, mark text not null);
  create table if not exists showing_mark (showing_id text primary key, starts_at integer not null, snapshot text not null) without rowid;
  create index if not exists showing_mark_start on showing_mark (starts_at);
`;

const statements = {
  log: "insert into log (partition, sequence, epoch, order_id, body, hash) values (?, ?, ?, ?, ?, ?)",
  "partition-mark":
    "insert into partition_mark values (?, ?) on conflict (partition) do update set mark = excluded.mark",
  "showing-mark":
    "insert into showing_mark values (?, ?, ?) on conflict (showing_id) do update set starts_at = excluded.starts_at, snapshot = excluded.snapshot",
  trim: "delete from log where partition = ? and sequence <= ?",
};

interface LogRow {
  partition: number;
  sequence: number;
  epoch: number;
  body: string;
  hash: string;
}

/** The entry a row holds. */
const toEntry = (row: LogRow): LogEntry => ({ ...row, body: JSON.parse(row.body) as LogBody });

/** Reads a sales log file; used beside the writer, and alone by the worker and `verify`. */
export function openLogReader(file: string) {
  const db = new DatabaseSync(file, { readOnly: true, timeout: 10_000 });
  const columns = "partition, sequence, epoch, body, hash";
  const after = db.prepare(`select ${columns} from log where partition = ? and sequence > ? order by sequence limit ?`);
  const ofOrder = db.prepare(`select ${columns} from log where order_id = ? and sequence <= ? order by sequence`);
  const anyOf = db.prepare("select 1 from log where order_id = ? limit 1");
  const head = db.prepare("select max(sequence) as sequence from log where partition = ?");
  const first = db.prepare("select min(sequence) as sequence from log where partition = ?");
  const marks = db.prepare("select mark from partition_mark");
  const showing = db.prepare("select snapshot from showing_mark where showing_id = ?");
  const showings = db.prepare("select snapshot from showing_mark where starts_at >= ?");
  return {
    read: (partition: number, sequence: number, limit: number): LogEntry[] =>
      (after.all(partition, sequence, limit) as unknown as LogRow[]).map(toEntry),
    /** The last sequence of a partition; 0 for an empty log. */
    head: (partition: number): number => Number(head.get(partition)?.["sequence"] ?? 0),
    /** The last sequence of every partition, also of those whose entries were all forgotten. */
    heads(): number[] {
      const at = new Map(
        marks
          .all()
          .map((row) => JSON.parse(String(row["mark"])) as PartitionMark)
          .map((mark) => [mark.partition, mark]),
      );
      return Array.from({ length: at.size }, (_, partition) =>
        Math.max(at.get(partition)?.sequence ?? 0, Number(head.get(partition)?.["sequence"] ?? 0)),
      );
    },
    /** The first sequence of a partition that was not forgotten; 0 for an empty log. */
    first: (partition: number): number => Number(first.get(partition)?.["sequence"] ?? 0),
    /** All entries about an order. */
    ofOrder: (orderId: string): LogEntry[] =>
      (ofOrder.all(orderId, Number.MAX_SAFE_INTEGER) as unknown as LogRow[]).map(toEntry),
    /** From now on everything is read as it is at this moment, whatever is written meanwhile. */
    pin(): void {
      db.exec("begin");
      head.get(0);
    },
    /** Whether the log tells of an order: cheaper than asking for it, and mostly the answer is no. */
    knows: (orderId: string): boolean => anyOf.get(orderId) !== undefined,
    /** An order as the log tells it, up to and with entry `upTo` of its partition. */
    order(orderId: string, upTo = Number.MAX_SAFE_INTEGER): InventoryOrder | undefined {
      let order: InventoryOrder | undefined;
      for (const row of ofOrder.all(orderId, upTo) as unknown as LogRow[]) {
        const { body, sequence } = toEntry(row);
        if (isOrderBody(body) && (order || body.kind === "intent")) order = foldOrder(order, body, sequence);
      }
      return order;
    },
    marks: (): PartitionMark[] => marks.all().map((row) => JSON.parse(String(row["mark"])) as PartitionMark),
    showing(showingId: string): ShowingSnapshot | undefined {
      const row = showing.get(showingId);
      return row && (JSON.parse(String(row["snapshot"])) as ShowingSnapshot);
    },
    *showings(from: number): Iterable<ShowingSnapshot> {
      for (const row of showings.iterate(from)) yield JSON.parse(String(row["snapshot"])) as ShowingSnapshot;
    },
    close: () => db.close(),
  };
}

export type LogReader = ReturnType<typeof openLogReader>;

export interface Journal {
  /** Appends an entry; settles when it is on the disk. */
  append(entry: {
    partition: number;
    sequence: number;
    epoch: number;
    orderId: string | null;
    body: string;
    hash: string;
  }): Promise<void>;
  /** Writes a checkpoint together with everything appended before it. */
  checkpoint(marks: readonly PartitionMark[], showings: readonly ShowingSnapshot[]): Promise<void>;
  /** Forgets entries up to a sequence: only what the store has applied (R6). */
  trim(partition: number, sequence: number): Promise<void>;
  readonly reader: LogReader;
  settled(): Promise<void>;
  close(): Promise<void>;
}

/** Opens the file for the one process that decides. */
export async function openJournal(settings: JournalSettings): Promise<Journal> {
  const writer: GroupCommit = await openGroupCommit({ ...settings, schema, statements });
  const reader = openLogReader(settings.file);
  return {
    append: (entry) =>
      writer.write("log", [entry.partition, entry.sequence, entry.epoch, entry.orderId, entry.body, entry.hash]),
    checkpoint(marks, showings) {
      for (const mark of marks) void writer.write("partition-mark", [mark.partition, JSON.stringify(mark)]);
      for (const snapshot of showings) {
        void writer.write("showing-mark", [snapshot.ref.showingId, snapshot.ref.startsAt, JSON.stringify(snapshot)]);
      }
      return writer.settled();
    },
    trim: (partition, sequence) => writer.write("trim", [partition, sequence]),
    reader,
    settled: () => writer.settled(),
    async close() {
      await writer.close();
      reader.close();
    },
  };
}
