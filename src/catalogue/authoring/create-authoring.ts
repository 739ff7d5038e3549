// Puts the verbs together.

import { createAuthoringStore } from "../../store/authoring.ts";
import { createShowingStore } from "../../store/showings.ts";
import { addAuditorium } from "./add-auditorium.ts";
import { addShow } from "./add-show.ts";
import { addVenue } from "./add-venue.ts";
import { applyPrices } from "./apply-prices.ts";
import { archiveShow } from "./archive-show.ts";
import type { Authoring } from "./authoring.ts";
import { blockSeats } from "./block-seats.ts";
import { cancelShowing } from "./cancel-showing.ts";
import { changeAuditorium } from "./change-auditorium.ts";
import { changeShow } from "./change-show.ts";
import { changeShowing } from "./change-showing.ts";
import { changeVenue } from "./change-venue.ts";
import { firstSteps } from "./first-steps.ts";
import { addPoster } from "./media.ts";
import type { AuthoringSettings, Parts } from "./parts.ts";
import { publishShow } from "./publish-show.ts";
import { publishShowings } from "./publish-showings.ts";
import { reads } from "./read.ts";
import { schedule } from "./schedule.ts";
import { previewPrices, setPrices } from "./set-prices.ts";

/** The seller's side of the catalogue over a store. */
export function createAuthoring({ store, ...rest }: AuthoringSettings): Authoring {
  const parts: Parts = { ...rest, lists: createAuthoringStore(store), showings: createShowingStore(store) };
  return {
    ...reads(parts),
    firstSteps: firstSteps(parts),
    addVenue: addVenue(parts),
    changeVenue: changeVenue(parts),
    addAuditorium: addAuditorium(parts),
    changeAuditorium: changeAuditorium(parts),
    addShow: addShow(parts),
    changeShow: changeShow(parts),
    publishShow: publishShow(parts),
    archiveShow: archiveShow(parts),
    addPoster: addPoster(parts),
    previewPrices: previewPrices(parts),
    setPrices: setPrices(parts),
    schedule: schedule(parts),
    changeShowing: changeShowing(parts),
    applyPrices: applyPrices(parts),
    publishShowings: publishShowings(parts),
    cancelShowing: cancelShowing(parts),
    blockSeats: blockSeats(parts),
  };
}
