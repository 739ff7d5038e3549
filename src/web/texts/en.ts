// Every text of the pages, in English. Its shape is that of all languages.

import { accountTexts } from "./en/account.ts";
import { auditoriumTexts } from "./en/auditoriums.ts";
import { buyingTexts } from "./en/buying.ts";
import { editorTexts } from "./en/editor.ts";
import { findingTexts } from "./en/finding.ts";
import { listingTexts } from "./en/listing.ts";
import { pickerTexts } from "./en/picker.ts";
import { pricingTexts } from "./en/pricing.ts";
import { programmeTexts } from "./en/programme.ts";
import { refusalTexts } from "./en/refusals.ts";
import { sellingAccountTexts } from "./en/selling-account.ts";
import { sellingDashboardTexts } from "./en/selling-dashboard.ts";
import { sellingDoorTexts } from "./en/selling-door.ts";
import { sellingFrameTexts } from "./en/selling-frame.ts";
import { sellingMovesTexts } from "./en/selling-moves.ts";
import { sellingOrderTexts } from "./en/selling-orders.ts";
import { sellingShowTexts } from "./en/selling-shows.ts";
import { sellingVenueTexts } from "./en/selling-venues.ts";
import { showTexts } from "./en/shows.ts";
import { siteTexts } from "./en/site.ts";

export const english = {
  ...siteTexts,
  ...refusalTexts,
  ...findingTexts,
  ...showTexts,
  ...pickerTexts,
  ...buyingTexts,
  ...accountTexts,
  ...auditoriumTexts,
  ...editorTexts,
  ...programmeTexts,
  ...pricingTexts,
  ...listingTexts,
  ...sellingFrameTexts,
  ...sellingMovesTexts,
  ...sellingAccountTexts,
  ...sellingDashboardTexts,
  ...sellingDoorTexts,
  ...sellingOrderTexts,
  ...sellingShowTexts,
  ...sellingVenueTexts,
};

/** What every language has. */
export type Texts = typeof english;
