import { newId } from "../../domain/ids.ts";
import type { Authoring } from "./authoring.ts";
import type { Parts } from "./parts.ts";
import { checkVenue, venueColumns, venueOf } from "./venue.ts";

export function addVenue({ lists, publisher, clock, random, audit }: Parts): Authoring["addVenue"] {
  return async ({ sellerId, actor }, input) => {
    const venue = checkVenue(input);
    const id = newId(random);
    const row = await lists.addVenue({ id, seller_id: sellerId, ...venueColumns(venue), created_at: clock() });
    await audit.append({ actor, action: "venue.added", subject: `venue:${id}`, details: { sellerId, ...venue } });
    await publisher.publishVenues();
    return venueOf(row);
  };
}
