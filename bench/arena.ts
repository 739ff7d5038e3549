// An arena of 20,000 sold out to 2,000 clients at once.

import { purchase } from "./buying.ts";
import { load, openClient, type Answer } from "./client.ts";
import { percentile, type Row } from "./machine.ts";
import type { Running } from "./processes.ts";

const clients = 2_000;
const warmUpMs = 5_000;
const limitMs = 10_000;
const limitP99Ms = 500;
const allowed = new Set([201, 402, 409]);

interface Sold {
  answers: Answer[];
  seats: string[];
  ms: number;
}

/** Every client buys, again and again, until nothing is left; one payment in twenty is declined and tried again. */
async function sellOut(url: string, showingId: string, standing: readonly string[]): Promise<Sold> {
  const connections = await Promise.all(Array.from({ length: clients }, () => openClient(url)));
  const answers: Answer[] = [];
  const seats: string[] = [];
  const began = performance.now();
  const buy = async (index: number) => {
    const client = connections[index];
    if (!client) return;
    const ask = async (path: string, body: object) => {
      const answer = await client.request("POST", path, JSON.stringify(body));
      answers.push(answer);
      return answer;
    };
    let quantity = 4;
    let soldOut = 0;
    // Sold out is: no seat, no place on the floor, and at last no wheelchair place.
    for (let turn = 0; soldOut < 3; turn += 1) {
      const area = standing[(index + turn) % Math.max(1, standing.length)];
      // Half ask for seats, half for the floor; whoever finds one sold out asks for the other, in smaller groups.
      const wantsFloor = soldOut < 2 && area !== undefined && (index + soldOut) % 2 === 1;
      const wanted = { quantity, ...(soldOut === 2 ? { accessible: true } : {}) };
      const hold = await ask(
        `/api/v1/showings/${showingId}/holds`,
        wantsFloor ? { standing: [{ section: area, quantity }] } : { bestAvailable: wanted },
      );
      if (hold.status === 409) {
        if (quantity > 1) quantity = quantity >> 1;
        else soldOut += 1;
        continue;
      }
      if (hold.status !== 201) return;
      const { id, lines } = JSON.parse(hold.body) as { id: string; lines: { seat: string }[] };
      const order = (attempt: string, token: string) =>
        ask("/api/v1/orders", {
          id: `arena-${String(index).padStart(5, "0")}-${turn}-${attempt}`.padEnd(20, "x"),
          holdId: id,
          buyer: { email: "fan@example.org", name: "Fay Fan" },
          payment: { provider: "sandbox", token },
        });
      if ((index + turn) % 20 === 0) await order("declined", "tok_decline");
      const paid = await order("paid", "tok_approve");
      if (paid.status === 201) seats.push(...lines.map((line) => line.seat));
    }
  };
  await Promise.all(connections.map((_, index) => buy(index)));
  const ms = performance.now() - began;
  for (const client of connections) client.close();
  return { answers, seats, ms };
}

/** Sells out one showing of `places`, after some seconds of ordinary sales in `others`: an on-sale meets a server that runs. */
export async function arena(
  marquee: Running,
  { showingId, standing, places }: { showingId: string; standing: readonly string[]; places: number },
  others: readonly string[],
): Promise<Row> {
  await load(marquee.url, 64, warmUpMs, purchase(others, "warm-up"));
  await marquee.ask("caught up");
  const { answers, seats, ms } = await sellOut(marquee.url, showingId, standing);
  const twice = seats.length - new Set(seats).size;
  const odd = answers.filter((answer) => !allowed.has(answer.status));
  const p99 = percentile(
    answers.map((answer) => answer.ms),
    0.99,
  );
  const whole = seats.length === places;
  return {
    work: `arena of ${places.toLocaleString("en")} sold out to 2,000 clients at once`,
    figure: `${(ms / 1_000).toFixed(1)} s, ${seats.length.toLocaleString("en")} sold, ${twice} seats twice, ${odd.length} other answers, p99 ${Math.round(p99)} ms`,
    limit: `≤ ${limitMs / 1_000} s, no seat twice, only 201/402/409, p99 ≤ ${limitP99Ms} ms`,
    holds: ms <= limitMs && twice === 0 && odd.length === 0 && p99 <= limitP99Ms && whole,
    ...(odd[0] ? { note: `${odd[0].status}: ${odd[0].body.slice(0, 200)}` } : {}),
  };
}
