// How a showing is presented: IMAX, 3D, subtitled. A JSON list of what src/domain/formats.ts has.

import type { Kysely } from "kysely";
import { compareBytewise } from "./bytewise.ts";

export async function up(db: Kysely<unknown>): Promise<void> {
  await db.schema
    .alterTable("showings")
    .addColumn("formats", "text", (c) => c.notNull().defaultTo("[]"))
    .execute();
  await compareBytewise(db);
}
