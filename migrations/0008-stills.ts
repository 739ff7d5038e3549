// Pictures of a show beside its poster. A JSON list of { id, path } in their order, the id being the image's in `media`.

import type { Kysely } from "kysely";
import { compareBytewise } from "./bytewise.ts";

export async function up(db: Kysely<unknown>): Promise<void> {
  await db.schema
    .alterTable("shows")
    .addColumn("stills", "text", (c) => c.notNull().defaultTo("[]"))
    .execute();
  await compareBytewise(db);
}
