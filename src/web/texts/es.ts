// Every text of the pages, in Spanish: as it is spoken in Latin America, with tú.

import type { Texts } from "./en.ts";
import { accountTexts } from "./es/account.ts";
import { auditoriumTexts } from "./es/auditoriums.ts";
import { buyingTexts } from "./es/buying.ts";
import { editorTexts } from "./es/editor.ts";
import { findingTexts } from "./es/finding.ts";
import { listingTexts } from "./es/listing.ts";
import { pickerTexts } from "./es/picker.ts";
import { pricingTexts } from "./es/pricing.ts";
import { programmeTexts } from "./es/programme.ts";
import { refusalTexts } from "./es/refusals.ts";
import { sellingAccountTexts } from "./es/selling-account.ts";
import { sellingDashboardTexts } from "./es/selling-dashboard.ts";
import { sellingDoorTexts } from "./es/selling-door.ts";
import { sellingFrameTexts } from "./es/selling-frame.ts";
import { sellingMovesTexts } from "./es/selling-moves.ts";
import { sellingOrderTexts } from "./es/selling-orders.ts";
import { sellingShowTexts } from "./es/selling-shows.ts";
import { sellingVenueTexts } from "./es/selling-venues.ts";
import { showTexts } from "./es/shows.ts";
import { siteTexts } from "./es/site.ts";

export const spanish: Texts = {
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
