// The store's first shape. Frozen once shipped: a change is a new migration.

import { sql, type Kysely } from "kysely";

export async function up(db: Kysely<unknown>): Promise<void> {
  const table = (name: string) => db.schema.createTable(name);
  await table("accounts")
    .addColumn("id", "text", (c) => c.primaryKey())
    .addColumn("email", "text", (c) => c.notNull().unique())
    .addColumn("name", "text", (c) => c.notNull())
    .addColumn("password_hash", "text", (c) => c.notNull())
    .addColumn("preferences", "text", (c) => c.notNull())
    .addColumn("is_operator", "integer", (c) => c.notNull())
    .addColumn("created_at", "bigint", (c) => c.notNull())
    .addColumn("updated_at", "bigint", (c) => c.notNull())
    .execute();
  await table("sessions")
    .addColumn("id_hash", "text", (c) => c.primaryKey())
    .addColumn("account_id", "text", (c) => c.notNull().references("accounts.id").onDelete("cascade"))
    .addColumn("user_agent", "text", (c) => c.notNull())
    .addColumn("created_at", "bigint", (c) => c.notNull())
    .addColumn("seen_at", "bigint", (c) => c.notNull())
    .addColumn("expires_at", "bigint", (c) => c.notNull())
    .execute();
  await db.schema.createIndex("sessions_account").on("sessions").column("account_id").execute();
  await table("sellers")
    .addColumn("id", "text", (c) => c.primaryKey())
    .addColumn("name", "text", (c) => c.notNull())
    .addColumn("currency", "text", (c) => c.notNull())
    .addColumn("fee_minor", "integer", (c) => c.notNull())
    .addColumn("tax_basis_points", "integer", (c) => c.notNull())
    .addColumn("strand_rule", "integer", (c) => c.notNull())
    .addColumn("cancel_hours", "integer")
    .addColumn("created_at", "bigint", (c) => c.notNull())
    .execute();
  await table("memberships")
    .addColumn("seller_id", "text", (c) => c.notNull().references("sellers.id"))
    .addColumn("account_id", "text", (c) => c.notNull().references("accounts.id"))
    .addColumn("role", "text", (c) => c.notNull())
    .addColumn("created_at", "bigint", (c) => c.notNull())
    .addPrimaryKeyConstraint("memberships_key", ["seller_id", "account_id"])
    .execute();
  await db.schema.createIndex("memberships_account").on("memberships").column("account_id").execute();
  await table("invitations")
    .addColumn("id", "text", (c) => c.primaryKey())
    .addColumn("seller_id", "text", (c) => c.notNull().references("sellers.id"))
    .addColumn("email", "text", (c) => c.notNull())
    .addColumn("role", "text", (c) => c.notNull())
    .addColumn("secret_hash", "text", (c) => c.notNull().unique())
    .addColumn("expires_at", "bigint", (c) => c.notNull())
    .addColumn("created_at", "bigint", (c) => c.notNull())
    .execute();
  await catalogueTables(db);
  await orderTables(db);
  await workTables(db);
}

async function catalogueTables(db: Kysely<unknown>): Promise<void> {
  const table = (name: string) => db.schema.createTable(name);
  await table("places")
    .addColumn("id", "text", (c) => c.primaryKey())
    .addColumn("name", "text", (c) => c.notNull())
    .addColumn("region", "text", (c) => c.notNull())
    .addColumn("country", "text", (c) => c.notNull())
    .addColumn("latitude", "double precision", (c) => c.notNull())
    .addColumn("longitude", "double precision", (c) => c.notNull())
    .addColumn("population", "integer", (c) => c.notNull())
    .addColumn("time_zone", "text", (c) => c.notNull())
    .execute();
  await table("venues")
    .addColumn("id", "text", (c) => c.primaryKey())
    .addColumn("number", "integer", (c) => c.notNull().unique())
    .addColumn("seller_id", "text", (c) => c.notNull().references("sellers.id"))
    .addColumn("name", "text", (c) => c.notNull())
    .addColumn("address", "text", (c) => c.notNull())
    .addColumn("city", "text", (c) => c.notNull())
    .addColumn("region", "text", (c) => c.notNull())
    .addColumn("country", "text", (c) => c.notNull())
    .addColumn("latitude", "double precision", (c) => c.notNull())
    .addColumn("longitude", "double precision", (c) => c.notNull())
    .addColumn("time_zone", "text", (c) => c.notNull())
    .addColumn("created_at", "bigint", (c) => c.notNull())
    .execute();
  await db.schema.createIndex("venues_seller").on("venues").column("seller_id").execute();
  await table("seat_maps")
    .addColumn("id", "text", (c) => c.primaryKey())
    .addColumn("place_count", "integer", (c) => c.notNull())
    .addColumn("document", "text", (c) => c.notNull())
    .execute();
  await table("auditoriums")
    .addColumn("id", "text", (c) => c.primaryKey())
    .addColumn("venue_id", "text", (c) => c.notNull().references("venues.id"))
    .addColumn("name", "text", (c) => c.notNull())
    .addColumn("seat_map_id", "text", (c) => c.notNull().references("seat_maps.id"))
    .addColumn("turnaround_minutes", "integer", (c) => c.notNull())
    .addColumn("created_at", "bigint", (c) => c.notNull())
    .execute();
  await db.schema.createIndex("auditoriums_venue").on("auditoriums").column("venue_id").execute();
  await table("media")
    .addColumn("id", "text", (c) => c.primaryKey())
    .addColumn("seller_id", "text", (c) => c.notNull().references("sellers.id"))
    .addColumn("kind", "text", (c) => c.notNull())
    .addColumn("variants", "text", (c) => c.notNull())
    .addColumn("created_at", "bigint", (c) => c.notNull())
    .execute();
  await table("shows")
    .addColumn("id", "text", (c) => c.primaryKey())
    .addColumn("seller_id", "text", (c) => c.notNull().references("sellers.id"))
    .addColumn("kind", "text", (c) => c.notNull())
    .addColumn("title", "text", (c) => c.notNull())
    .addColumn("synopsis", "text", (c) => c.notNull())
    .addColumn("genres", "text", (c) => c.notNull())
    .addColumn("cast_names", "text", (c) => c.notNull())
    .addColumn("directors", "text", (c) => c.notNull())
    .addColumn("running_minutes", "integer", (c) => c.notNull())
    .addColumn("rating", "text", (c) => c.notNull())
    .addColumn("language", "text", (c) => c.notNull())
    .addColumn("year", "integer")
    .addColumn("trailer_url", "text", (c) => c.notNull())
    .addColumn("poster", "text", (c) => c.notNull())
    .addColumn("popularity", "integer", (c) => c.notNull())
    .addColumn("status", "text", (c) => c.notNull())
    .addColumn("created_at", "bigint", (c) => c.notNull())
    .addColumn("updated_at", "bigint", (c) => c.notNull())
    .execute();
  await db.schema.createIndex("shows_seller").on("shows").column("seller_id").execute();
  await table("price_lists")
    .addColumn("id", "text", (c) => c.primaryKey())
    .addColumn("seller_id", "text", (c) => c.notNull().references("sellers.id"))
    .addColumn("document", "text", (c) => c.notNull())
    .execute();
  await table("showings")
    .addColumn("id", "text", (c) => c.primaryKey())
    .addColumn("seller_id", "text", (c) => c.notNull())
    .addColumn("show_id", "text", (c) => c.notNull())
    .addColumn("auditorium_id", "text", (c) => c.notNull())
    .addColumn("seat_map_id", "text", (c) => c.notNull())
    .addColumn("starts_at", "bigint", (c) => c.notNull())
    .addColumn("ends_at", "bigint", (c) => c.notNull())
    .addColumn("price_list_id", "text", (c) => c.notNull())
    .addColumn("strand_rule", "integer", (c) => c.notNull())
    .addColumn("status", "text", (c) => c.notNull())
    .execute();
  await db.schema.createIndex("showings_show").on("showings").columns(["show_id", "starts_at"]).execute();
}

async function orderTables(db: Kysely<unknown>): Promise<void> {
  const table = (name: string) => db.schema.createTable(name);
  await table("orders")
    .addColumn("id", "text", (c) => c.primaryKey())
    .addColumn("partition", "integer", (c) => c.notNull())
    .addColumn("sequence", "bigint", (c) => c.notNull())
    .addColumn("showing_id", "text", (c) => c.notNull())
    .addColumn("show_id", "text", (c) => c.notNull())
    .addColumn("venue_id", "text", (c) => c.notNull())
    .addColumn("seller_id", "text", (c) => c.notNull())
    .addColumn("account_id", "text")
    .addColumn("email", "text", (c) => c.notNull())
    .addColumn("name", "text", (c) => c.notNull())
    .addColumn("fingerprint", "text", (c) => c.notNull())
    .addColumn("currency", "text", (c) => c.notNull())
    .addColumn("total_minor", "bigint", (c) => c.notNull())
    .addColumn("refunded_minor", "bigint", (c) => c.notNull())
    .addColumn("status", "text", (c) => c.notNull())
    .addColumn("reason", "text", (c) => c.notNull())
    .addColumn("provider", "text", (c) => c.notNull())
    .addColumn("payment_id", "text")
    .addColumn("starts_at", "bigint", (c) => c.notNull())
    .addColumn("placed_at", "bigint", (c) => c.notNull())
    .addColumn("confirmed_at", "bigint")
    .execute();
  await db.schema.createIndex("orders_account").on("orders").columns(["account_id", "starts_at"]).execute();
  await db.schema.createIndex("orders_seller").on("orders").columns(["seller_id", "placed_at"]).execute();
  await db.schema.createIndex("orders_showing").on("orders").column("showing_id").execute();
  await table("tickets")
    .addColumn("order_id", "text", (c) => c.notNull().references("orders.id"))
    .addColumn("place", "integer", (c) => c.notNull())
    .addColumn("showing_id", "text", (c) => c.notNull())
    .addColumn("seat", "text", (c) => c.notNull())
    .addColumn("section", "text", (c) => c.notNull())
    .addColumn("tier", "text", (c) => c.notNull())
    .addColumn("generation", "integer", (c) => c.notNull())
    .addColumn("face_minor", "integer", (c) => c.notNull())
    .addColumn("fee_minor", "integer", (c) => c.notNull())
    .addColumn("tax_minor", "integer", (c) => c.notNull())
    .addColumn("total_minor", "integer", (c) => c.notNull())
    .addColumn("status", "text", (c) => c.notNull())
    .addColumn("admitted_at", "bigint")
    .addColumn("gate", "text")
    .addPrimaryKeyConstraint("tickets_key", ["order_id", "place"])
    .execute();
  // R7: whatever else goes wrong, no seat ever has two active tickets.
  await sql`create unique index tickets_active on tickets (showing_id, place) where status = 'active'`.execute(db);
  await table("refunds")
    .addColumn("order_id", "text", (c) => c.notNull().references("orders.id"))
    .addColumn("id", "text", (c) => c.notNull())
    .addColumn("amount_minor", "bigint", (c) => c.notNull())
    .addColumn("places", "text", (c) => c.notNull())
    .addColumn("reason", "text", (c) => c.notNull())
    .addColumn("status", "text", (c) => c.notNull())
    .addColumn("at", "bigint", (c) => c.notNull())
    .addPrimaryKeyConstraint("refunds_key", ["order_id", "id"])
    .execute();
}

async function workTables(db: Kysely<unknown>): Promise<void> {
  const table = (name: string) => db.schema.createTable(name);
  await table("applied")
    .addColumn("partition", "integer", (c) => c.primaryKey())
    .addColumn("sequence", "bigint", (c) => c.notNull())
    .addColumn("hash", "text", (c) => c.notNull())
    .execute();
  await table("conflicts")
    .addColumn("partition", "integer", (c) => c.notNull())
    .addColumn("sequence", "bigint", (c) => c.notNull())
    .addColumn("order_id", "text", (c) => c.notNull())
    .addColumn("detail", "text", (c) => c.notNull())
    .addColumn("at", "bigint", (c) => c.notNull())
    .addPrimaryKeyConstraint("conflicts_key", ["partition", "sequence"])
    .execute();
  await table("outbox")
    .addColumn("id", "text", (c) => c.primaryKey())
    .addColumn("kind", "text", (c) => c.notNull())
    .addColumn("body", "text", (c) => c.notNull())
    .addColumn("attempts", "integer", (c) => c.notNull())
    .addColumn("next_at", "bigint", (c) => c.notNull())
    .addColumn("done_at", "bigint")
    .addColumn("created_at", "bigint", (c) => c.notNull())
    .execute();
  await sql`create index outbox_waiting on outbox (next_at) where done_at is null`.execute(db);
  await table("jobs")
    .addColumn("id", "text", (c) => c.primaryKey())
    .addColumn("kind", "text", (c) => c.notNull())
    .addColumn("body", "text", (c) => c.notNull())
    .addColumn("progress", "text", (c) => c.notNull())
    .addColumn("run_at", "bigint", (c) => c.notNull())
    .addColumn("lease_owner", "text")
    .addColumn("lease_until", "bigint", (c) => c.notNull())
    .addColumn("attempts", "integer", (c) => c.notNull())
    .addColumn("last_error", "text", (c) => c.notNull())
    .addColumn("done_at", "bigint")
    .addColumn("created_at", "bigint", (c) => c.notNull())
    .execute();
  await sql`create index jobs_waiting on jobs (run_at) where done_at is null`.execute(db);
  await table("audit")
    .addColumn("id", "text", (c) => c.primaryKey())
    .addColumn("at", "bigint", (c) => c.notNull())
    .addColumn("actor", "text", (c) => c.notNull())
    .addColumn("action", "text", (c) => c.notNull())
    .addColumn("subject", "text", (c) => c.notNull())
    .addColumn("details", "text", (c) => c.notNull())
    .execute();
  await db.schema.createIndex("audit_subject").on("audit").columns(["subject", "at"]).execute();
}
