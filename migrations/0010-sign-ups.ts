// Addresses that are to be confirmed by a mailed link: those of people who sign up, and new ones of accounts. An invitation's mail
// has a second secret, which proves the address to whom it was sent; the link that the inviter is told does not have it.

import type { Kysely } from "kysely";
import { compareBytewise } from "./bytewise.ts";

export async function up(db: Kysely<unknown>): Promise<void> {
  await db.schema
    .createTable("sign_ups")
    .addColumn("id", "text", (c) => c.primaryKey())
    // Several may be open for an address: nobody can spoil another's link by asking for one.
    .addColumn("email", "text", (c) => c.notNull())
    .addColumn("name", "text", (c) => c.notNull())
    .addColumn("password_hash", "text", (c) => c.notNull())
    .addColumn("language", "text")
    .addColumn("next", "text", (c) => c.notNull())
    .addColumn("secret_hash", "text", (c) => c.notNull().unique())
    .addColumn("expires_at", "bigint", (c) => c.notNull())
    .addColumn("created_at", "bigint", (c) => c.notNull())
    .execute();
  await db.schema.createIndex("sign_ups_over").on("sign_ups").column("expires_at").execute();
  await db.schema
    .createTable("email_changes")
    .addColumn("id", "text", (c) => c.primaryKey())
    .addColumn("account_id", "text", (c) => c.notNull().unique())
    .addColumn("email", "text", (c) => c.notNull())
    .addColumn("secret_hash", "text", (c) => c.notNull().unique())
    .addColumn("expires_at", "bigint", (c) => c.notNull())
    .addColumn("created_at", "bigint", (c) => c.notNull())
    .execute();
  await db.schema
    .alterTable("invitations")
    .addColumn("proof_hash", "text", (c) => c.notNull().defaultTo(""))
    .execute();
  await compareBytewise(db);
}
