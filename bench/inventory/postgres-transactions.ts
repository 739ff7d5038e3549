// The same with row locks as most applications write it: each step a transaction of several prepared statements, locks taken by
// `select … for update` in the order of the seats, every commit flushed.

import type { Pool, PoolClient } from "pg";
import { draftOf, holdMs, type Seller } from "./sale.ts";

class Refused extends Error {}

/** Runs a step as one transaction; false, and everything undone, if it was refused. */
async function within(pool: Pool, step: (client: PoolClient) => Promise<void>): Promise<boolean> {
  const client = await pool.connect();
  let broken = false;
  try {
    await client.query("begin");
    await step(client);
    await client.query("commit");
    return true;
  } catch (error) {
    if (!(error instanceof Refused)) broken = true;
    else await client.query("rollback");
    if (broken) throw error;
    return false;
  } finally {
    client.release(broken);
  }
}

/** Runs a prepared statement that must find or change so many rows. */
async function expect<Row extends object>(
  client: PoolClient,
  rows: number,
  name: string,
  text: string,
  values: unknown[],
): Promise<Row[]> {
  const result = await client.query<Row>({ name, text, values });
  if (result.rowCount !== rows) throw new Refused();
  return result.rows;
}

export function sellInTransactions(pool: () => Pool): Seller {
  return {
    hold: ({ showing, places, holdId }) =>
      within(pool(), async (client) => {
        const seats = [showing.showingId, places];
        await expect(
          client,
          places.length,
          "lock",
          "select place from seat where showing_id = $1 and place = any ($2::int[]) and state = 'f' order by place for update",
          seats,
        );
        await expect(
          client,
          places.length,
          "take",
          "update seat set state = 'h', hold_id = $3 where showing_id = $1 and place = any ($2::int[])",
          [...seats, holdId],
        );
        await expect(
          client,
          1,
          "keep",
          "insert into hold (hold_id, showing_id, places, until) values ($3, $1, $2, now() + $4 * interval '1 millisecond')",
          [...seats, holdId, holdMs],
        );
      }),
    begin: (sale) =>
      within(pool(), async (client) => {
        const { holdId, orderId } = sale;
        await expect(
          client,
          1,
          "pay",
          "update hold set order_id = $2 where hold_id = $1 and order_id is null and until > now()",
          [holdId, orderId],
        );
        await expect(
          client,
          1,
          "order",
          "insert into purchase (order_id, hold_id, status, draft) values ($1, $2, 'paying', $3)",
          [orderId, holdId, JSON.stringify(draftOf(sale))],
        );
      }),
    confirm: ({ orderId, places }) =>
      within(pool(), async (client) => {
        const [paid] = await expect<{ hold_id: string }>(
          client,
          1,
          "paid",
          "update purchase set status = 'confirmed', payment_id = $2 where order_id = $1 and status = 'paying' returning hold_id",
          [orderId, `pay-${orderId}`],
        );
        const [ended] = await expect<{ showing_id: string; places: number[] }>(
          client,
          1,
          "end",
          "delete from hold where hold_id = $1 returning showing_id, places",
          [paid?.hold_id],
        );
        await expect(
          client,
          places.length,
          "sell",
          "update seat set state = 's' where showing_id = $1 and place = any ($2::int[]) and hold_id = $3",
          [ended?.showing_id, ended?.places, paid?.hold_id],
        );
      }),
  };
}
