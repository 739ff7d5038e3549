// Links by which people choose a new password.

import type { Kysely } from "kysely";

export async function up(db: Kysely<unknown>): Promise<void> {
  await db.schema
    .createTable("password_resets")
    .addColumn("id", "text", (c) => c.primaryKey())
    // One to an address; and whoever changes the address of an account leaves the links of the old one behind.
    .addColumn("email", "text", (c) => c.notNull().unique())
    .addColumn("secret_hash", "text", (c) => c.notNull().unique())
    .addColumn("expires_at", "bigint", (c) => c.notNull())
    .addColumn("created_at", "bigint", (c) => c.notNull())
    .execute();
}
