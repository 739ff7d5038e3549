// Keeps a demo that is served from running out of showings: at the start, and then every hour, the days that lie ahead are
// filled up to as many as it was loaded with.

import { extendDemo } from "../../demo/extend.ts";
import type { App } from "../app.ts";
import type { LoadedDemo } from "./demo-folder.ts";

export interface DemoDays {
  /** Settles when the work under way has come to a whole. */
  stop(): Promise<void>;
}

const everyMs = 3_600_000;

/** Begins at once, beside whatever is being served. */
export function keepDemoDays(
  { store, publisher, catalogue }: Pick<App, "store" | "publisher" | "catalogue">,
  { seed, national, days }: LoadedDemo,
): DemoDays {
  const stopping = new AbortController();
  const fill = async () => {
    try {
      const settings = { store, publisher, catalogue, seed, national, days, stop: stopping.signal };
      await extendDemo({ ...settings, now: Date.now() });
    } catch (error) {
      console.error("The demo got no new days; the next try is in an hour:", error);
    }
  };
  let working = fill();
  const timer = setInterval(() => {
    working = working.then(fill);
  }, everyMs);
  return {
    stop() {
      clearInterval(timer);
      stopping.abort();
      return working;
    },
  };
}
