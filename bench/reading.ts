// Pages and lists from the cache; against the same server sending a constant buffer of that size.

import { load, openClient, type Answer, type Client } from "./client.ts";
import { median, type Row } from "./machine.ts";
import { start, type Running } from "./processes.ts";

const clients = 64;
const rounds = 3;
const roundMs = 2_500;

const get =
  (path: string) =>
  async (client: Client): Promise<Answer[]> => [await client.request("GET", path)];

export interface Reading {
  work: string;
  path: string;
  atLeast: number;
}

/** Measures each path of a Marquee over `data` against a constant buffer of the size of its answer, sent by the same program. */
export async function reading(marquee: Running, data: string, readings: readonly Reading[]): Promise<Row[]> {
  const rows: Row[] = [];
  for (const { work, path, atLeast } of readings) {
    const size = await sizeOf(marquee.url, path);
    // A second process over a copy: the buffer's size is set at its start.
    const limit = await start("./marquee-process.ts", [data, String(size)]);
    const ratios: number[] = [];
    const figures: number[] = [];
    const limits: number[] = [];
    for (let round = 0; round <= rounds; round += 1) {
      const constant = await load(limit.url, clients, roundMs, get("/bench/constant"));
      const measured = await load(marquee.url, clients, roundMs, get(path));
      const failed = [...measured.statuses].filter(([status]) => status !== 200);
      if (failed.length > 0) throw new Error(`${path} was refused: ${JSON.stringify(failed)}`);
      if (round === 0) continue;
      figures.push(measured.perSecond);
      limits.push(constant.perSecond);
      ratios.push(measured.perSecond / constant.perSecond);
    }
    await limit.stop();
    const ratio = median(ratios);
    rows.push({
      work,
      figure: `${Math.round(median(figures))}/s (${ratio.toFixed(2)} ×)`,
      limit: `≥ ${atLeast} × a constant buffer of ${(size / 1_024).toFixed(0)} kB: ${Math.round(median(limits))}/s`,
      holds: ratio >= atLeast,
    });
  }
  return rows;
}

async function sizeOf(url: string, path: string): Promise<number> {
  const client = await openClient(url);
  const answer = await client.request("GET", path);
  client.close();
  if (answer.status !== 200) throw new Error(`${path} answered ${answer.status}`);
  return Buffer.byteLength(answer.body);
}
