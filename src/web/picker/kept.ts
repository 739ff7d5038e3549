// What a browser keeps for as long as its window is open: a choice that a reload must not lose, and the hold that one has already.

/** A hold as the page of its check-out leaves it for the page of the showing. */
export interface KeptHold {
  id: string;
  seats: readonly string[];
  /** By this device's clock: what it says is only shown. */
  until: number;
}

const choiceKey = (showing: string) => `marquee choice ${showing}`;
const holdKey = (showing: string) => `marquee hold ${showing}`;

export function keepChoice(showing: string, seats: readonly (readonly [seat: string, ticket: string])[]): void {
  write(choiceKey(showing), seats.length > 0 ? seats : undefined);
}

export function keptChoice(showing: string): readonly (readonly [seat: string, ticket: string])[] {
  const kept = read(choiceKey(showing));
  return Array.isArray(kept) ? (kept as [string, string][]) : [];
}

export function keepHold(showing: string, hold: KeptHold | undefined): void {
  write(holdKey(showing), hold);
}

/** Undefined if there is none, or its time is over. */
export function keptHold(showing: string, now: number): KeptHold | undefined {
  const kept = read(holdKey(showing)) as KeptHold | undefined;
  return kept && kept.until > now ? kept : undefined;
}

/** Windows without storage forget, and nothing more. */
function read(key: string): unknown {
  try {
    return JSON.parse(sessionStorage.getItem(key) ?? "null") ?? undefined;
  } catch {
    return undefined;
  }
}

function write(key: string, value: unknown): void {
  try {
    if (value === undefined) sessionStorage.removeItem(key);
    else sessionStorage.setItem(key, JSON.stringify(value));
  } catch {
    // Full, or forbidden: nothing depends on it.
  }
}
