// What the verbs are made of; the composition root fills it in.

import type { Clock } from "../../domain/clock.ts";
import type { RandomBytes } from "../../domain/ids.ts";
import type { Posters } from "../../media/poster.ts";
import type { Sales } from "../../sales/sales.ts";
import type { Audit } from "../../store/audit.ts";
import type { Jobs } from "../../store/jobs.ts";
import type { Store } from "../../store/open.ts";
import type { AuthoringStore } from "../../store/authoring.ts";
import type { ShowingStore } from "../../store/showings.ts";
import type { Catalogue } from "../model.ts";

/** Makes readers see what the store has. Each is idempotent and answers once the new chunk is in use. */
export interface CataloguePublisher {
  publishVenueDay(venueId: string, date: string): Promise<unknown>;
  publishShows(): Promise<unknown>;
  publishVenues(): Promise<unknown>;
  publishSeatMap(seatMapId: string): Promise<unknown>;
}

export interface AuthoringSettings {
  store: Store;
  publisher: CataloguePublisher;
  /** The published showing, as buyers see it. */
  catalogue: Pick<Catalogue, "showing">;
  sales: Pick<Sales, "cancelShowing" | "block" | "availability">;
  media: Posters;
  clock: Clock;
  random: RandomBytes;
  audit: Pick<Audit, "append">;
  /** Publications that must happen even if this process dies between the store and the readers. */
  jobs: Pick<Jobs, "enqueue">;
}

/** What each verb receives. */
export interface Parts extends Omit<AuthoringSettings, "store"> {
  lists: AuthoringStore;
  showings: ShowingStore;
}
