// Buying over HTTP, hold and order, durable; against an empty Fastify route that validates the same JSON.

import { load, type Answer, type Client } from "./client.ts";
import { median, type Row } from "./machine.ts";
import type { Running } from "./processes.ts";

const clients = 64;
const rounds = 3;
const roundMs = 4_000;

/** A purchase of two seats in one of `showingIds`: hold, then order. */
export function purchase(showingIds: readonly string[], run: string) {
  let count = 0;
  return async (client: Client): Promise<Answer[]> => {
    const turn = (count += 1);
    const showing = showingIds[turn % showingIds.length] ?? "";
    const hold = await client.request("POST", `/api/v1/showings/${showing}/holds`, '{"bestAvailable":{"quantity":2}}');
    if (hold.status !== 201) return [hold];
    const holdId = (JSON.parse(hold.body) as { id: string }).id;
    const order = await client.request(
      "POST",
      "/api/v1/orders",
      `{"id":"bench-${run}-${String(turn).padStart(9, "0")}","holdId":"${holdId}","buyer":{"email":"buyer@example.org","name":"Billie Buyer"},"payment":{"provider":"sandbox","token":"tok_approve"}}`,
    );
    return [hold, order];
  };
}

export async function buying(marquee: Running, empty: Running, showingIds: readonly string[]): Promise<Row> {
  const ratios: number[] = [];
  const figures: number[] = [];
  const limits: number[] = [];
  for (let round = 0; round <= rounds; round += 1) {
    const limit = await load(empty.url, clients, roundMs / 2, purchase(showingIds, "limit"));
    const sold = await load(marquee.url, clients, roundMs, purchase(showingIds, `r${round}`));
    await marquee.ask("caught up");
    const refused = [...sold.statuses].filter(([status]) => status !== 201);
    if (refused.length > 0) throw new Error(`buying was refused: ${JSON.stringify(refused)}`);
    // The first round warms both up.
    if (round === 0) continue;
    figures.push(sold.perSecond);
    limits.push(limit.perSecond);
    ratios.push(sold.perSecond / limit.perSecond);
  }
  const ratio = median(ratios);
  return {
    work: "buying over HTTP: hold + order, durable, requests/s",
    figure: `${Math.round(median(figures))} (${ratio.toFixed(2)} ×)`,
    limit: `≥ 0.5 × an empty Fastify route: ${Math.round(median(limits))}`,
    holds: ratio >= 0.5,
  };
}
