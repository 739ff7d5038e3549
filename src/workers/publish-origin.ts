// Brings what is listed to the static content's origin. A job of its own, so that an origin that fails hinders nobody: a seller's
// act ends with what readers ask here, and the origin follows a few seconds later.

import type { OriginListing } from "../catalogue/origin-listing.ts";
import type { Clock } from "../domain/clock.ts";
import type { PeriodicJob } from "./periodic.ts";

/** How soon a change is at the origin. Asking costs nothing while nothing changed. */
const publishMs = 5_000;
/** How often the origin is gone through as a whole: at the start, and so long after the last time. */
const tendMs = 3_600_000;

/** In a fleet one process at a time does it. A failure is tried again, later and later. */
export function publishOrigin(listing: OriginListing, clock: Clock): PeriodicJob {
  let tendAt = 0;
  return {
    name: "publish-origin",
    everyMs: publishMs,
    async run(signal) {
      await listing.publish(signal);
      if (clock() < tendAt) return;
      await listing.tend(signal);
      tendAt = clock() + tendMs;
    },
  };
}
