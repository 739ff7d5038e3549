// Does cost grow with the catalogue? The same mix of lists, details and purchases, at the same calm rate, over both demos.

import { openClient, type Client } from "./client.ts";
import { median, percentile, type Row } from "./machine.ts";
import type { Running } from "./processes.ts";
import { purchase } from "./buying.ts";

const clients = 4;
const requestsEach = 500;
const rounds = 3;

/** Addresses with ever other filters and places, so that caches meet what they have not seen. */
export interface Mix {
  showingIds: readonly string[];
  showIds: readonly string[];
  positions: readonly string[];
  day: string;
}

interface P99 {
  list: number;
  detail: number;
  purchase: number;
}

async function p99Of(url: string, mix: Mix, run: string): Promise<P99> {
  const latencies = { list: [] as number[], detail: [] as number[], purchase: [] as number[] };
  const buy = purchase(mix.showingIds, run);
  const one = async (client: Client, index: number) => {
    const pick = <Item>(items: readonly Item[], by: number): Item => items[(index * by) % items.length] as Item;
    const near = pick(mix.positions, 7);
    const list = await client.request(
      "GET",
      `/api/v1/shows?near=${near}&on=${mix.day}&after=1${index % 10}:${index % 6}0&limit=20`,
    );
    latencies.list.push(list.ms);
    const detail =
      index % 2 === 0
        ? await client.request("GET", `/api/v1/shows/${pick(mix.showIds, 3)}/showings?on=${mix.day}&near=${near}`)
        : await client.request("GET", `/api/v1/showings/${pick(mix.showingIds, 11)}`);
    latencies.detail.push(detail.ms);
    for (const answer of await buy(client)) latencies.purchase.push(answer.ms);
    await new Promise((resolve) => setTimeout(resolve, 5));
  };
  const connections = await Promise.all(Array.from({ length: clients }, () => openClient(url)));
  await Promise.all(
    connections.map(async (client, lane) => {
      for (let turn = 0; turn < requestsEach; turn += 1) await one(client, lane + turn * clients);
    }),
  );
  for (const client of connections) client.close();
  return {
    list: percentile(latencies.list, 0.99),
    detail: percentile(latencies.detail, 0.99),
    purchase: percentile(latencies.purchase, 0.99),
  };
}

/** Measures both in turn; each figure is the median over the rounds after the first. */
export async function scale(
  small: { marquee: Running; mix: Mix },
  large: { marquee: Running; mix: Mix },
): Promise<Row[]> {
  const found: { small: P99; large: P99 }[] = [];
  for (let round = 0; round <= rounds; round += 1) {
    const measured = {
      small: await p99Of(small.marquee.url, small.mix, `s${round}`),
      large: await p99Of(large.marquee.url, large.mix, `l${round}`),
    };
    if (round > 0) found.push(measured);
  }
  return (["list", "detail", "purchase"] as const).map((work) => {
    const ratio = median(found.map((round) => round.large[work] / round.small[work]));
    const [smallMs, largeMs] = [
      median(found.map((round) => round.small[work])),
      median(found.map((round) => round.large[work])),
    ];
    return {
      work: `${work}: p99 at 4.2 million showings`,
      figure: `${largeMs.toFixed(1)} ms (${ratio.toFixed(2)} ×)`,
      limit: `≤ 1.5 × the p99 at 126,000: ${smallMs.toFixed(1)} ms`,
      holds: ratio <= 1.5,
    };
  });
}
