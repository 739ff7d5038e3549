// Rounds of the same load through every contender, in turn, so that a change of the machine's mood meets all of them.

import { median, percentile } from "../machine.ts";
import { Book, check, clients, hallSeats, hotPlaces, newHalls, rush, sell, wishesOfMany, wishesOfOne } from "./load.ts";
import { ownProcessorMs, processorMs } from "./processor.ts";
import { newShowing, type BackEnd } from "./sale.ts";

/** Medians over the rounds. Times in ms. */
export interface LoadFigure {
  name: string;
  durability: string;
  perSecond: number;
  refusedPerSecond: number;
  hold: Spread;
  begin: Spread;
  confirm: Spread;
  /** How long the load took: of the small hall, until everybody had been told. */
  tookMs: number;
  /** Processor time for one confirmed purchase, µs: of the servers, and of the clients. */
  serverUs: number;
  clientUs: number;
}

export interface Spread {
  p50: number;
  p99: number;
}

export const loads = {
  many: `uncontended: many showings of ${hallSeats} seats, nobody wants what another wants`,
  one: `one hot showing of ${hotPlaces.toLocaleString("en")} places, every fifth wish wanted by two`,
  hall: `a small hall: each of ${clients} clients asks for every one of ${hallSeats} seats`,
} as const;

export type Load = keyof typeof loads;

/** Enough that a fast contender does not sell them out within a round. */
const halls = 500;

async function round(backEnd: BackEnd, load: Load, ms: number): Promise<LoadFigure> {
  const showings = load === "many" ? newHalls(halls) : [newShowing(load === "one" ? hotPlaces : hallSeats)];
  const [first] = showings;
  if (!first) throw new Error("there is nothing to sell");
  await backEnd.prepare(showings);
  const book = new Book();
  const servers = processorMs(backEnd.pids());
  const own = ownProcessorMs();
  const wishes = load === "many" ? wishesOfMany(showings) : wishesOfOne(first);
  const tookMs = load === "hall" ? await rush(backEnd, first, book) : await sell(backEnd, wishes, book, ms);
  const sold = book.confirmed.length;
  const clientUs = ((ownProcessorMs() - own) * 1_000) / sold;
  const serverUs = ((processorMs(backEnd.pids()) - servers) * 1_000) / sold;
  await check(backEnd, showings, book);
  const { name, durability } = backEnd;
  return {
    name,
    durability,
    perSecond: (sold * 1_000) / tookMs,
    refusedPerSecond: (book.refused * 1_000) / tookMs,
    hold: spreadOf(book.holdMs),
    begin: spreadOf(book.beginMs),
    confirm: spreadOf(book.confirmMs),
    tookMs,
    serverUs,
    clientUs,
  };
}

const spreadOf = (times: readonly number[]): Spread => ({ p50: percentile(times, 0.5), p99: percentile(times, 0.99) });

function medianOf(figures: readonly LoadFigure[]): LoadFigure {
  const [first] = figures;
  if (!first) throw new Error("nothing was measured");
  const of = (read: (figure: LoadFigure) => number) => median(figures.map(read));
  const spread = (step: "hold" | "begin" | "confirm") => ({
    p50: of((figure) => figure[step].p50),
    p99: of((figure) => figure[step].p99),
  });
  return {
    ...first,
    perSecond: of((figure) => figure.perSecond),
    refusedPerSecond: of((figure) => figure.refusedPerSecond),
    hold: spread("hold"),
    begin: spread("begin"),
    confirm: spread("confirm"),
    tookMs: of((figure) => figure.tookMs),
    serverUs: of((figure) => figure.serverUs),
    clientUs: of((figure) => figure.clientUs),
  };
}

/** Measures every contender under every load; each round is checked. A first one of all warms up and is not counted. */
export async function measureLoads(
  contenders: readonly BackEnd[],
  rounds: number,
  ms: number,
  tell: (load: Load, figure: LoadFigure) => void,
): Promise<Record<Load, LoadFigure[]>> {
  const found: Record<Load, LoadFigure[]> = { many: [], one: [], hall: [] };
  for (const load of ["many", "one", "hall"] as const) {
    const runs = new Map<BackEnd, LoadFigure[]>(contenders.map((contender) => [contender, []]));
    for (let turn = load === "many" ? 0 : 1; turn <= rounds; turn += 1) {
      for (const contender of contenders) {
        const figure = await round(contender, load, turn === 0 ? ms / 2 : ms);
        if (turn > 0) runs.get(contender)?.push(figure);
      }
    }
    for (const figures of runs.values()) {
      const figure = medianOf(figures);
      tell(load, figure);
      found[load].push(figure);
    }
  }
  return found;
}
