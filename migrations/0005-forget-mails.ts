// Mails that were sent are removed a while later: found without going through those that are younger.

import { sql, type Kysely } from "kysely";

export async function up(db: Kysely<unknown>): Promise<void> {
  await sql`create index outbox_done on outbox (done_at) where done_at is not null`.execute(db);
}
