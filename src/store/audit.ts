// The audit trail: who changed money, seats or rights, and when. Entries are added, never changed.

import type { Clock } from "../domain/clock.ts";
import { newId, type RandomBytes } from "../domain/ids.ts";
import type { Store } from "./open.ts";

export interface AuditEntry {
  id: string;
  at: number;
  /** An account id, or `system`. */
  actor: string;
  /** `seller.role_changed`: what was done, in words of the product. */
  action: string;
  /** `seller:<id>`, `order:<id>`, `account:<id>`: what it was done to. */
  subject: string;
  details: Record<string, unknown>;
}

export interface Audit {
  append(
    entry: Pick<AuditEntry, "actor" | "action" | "subject"> & { details?: Record<string, unknown> },
  ): Promise<void>;
  /** Entries about a subject, newest first; `cursor` is the `next` of the page before. */
  list(
    subject: string,
    page: { limit: number; cursor?: string },
  ): Promise<{ items: readonly AuditEntry[]; next?: string }>;
}

/** The audit trail over a store, or over a transaction of it: an entry then commits with the change it tells of. */
export function createAudit(db: Store["db"], clock: Clock, random: RandomBytes): Audit {
  return {
    async append(entry) {
      const details = JSON.stringify(entry.details ?? {});
      const { actor, action, subject } = entry;
      await db
        .insertInto("audit")
        .values({ id: newId(random), at: clock(), actor, action, subject, details })
        .execute();
    },
    async list(subject, { limit, cursor }) {
      let query = db.selectFrom("audit").selectAll().where("subject", "=", subject);
      const [, at, id] = /^(\d+)\.(\w+)$/.exec(cursor ?? "") ?? [];
      if (at && id) {
        const before = Number(at);
        query = query.where((is) => is.or([is("at", "<", before), is.and([is("at", "=", before), is("id", "<", id)])]));
      }
      const rows = await query
        .orderBy("at", "desc")
        .orderBy("id", "desc")
        .limit(limit + 1)
        .execute();
      const items = rows
        .slice(0, limit)
        .map((row) => ({ ...row, details: JSON.parse(row.details) as Record<string, unknown> }));
      const last = items.at(-1);
      return rows.length > limit && last ? { items, next: `${last.at}.${last.id}` } : { items };
    },
  };
}
