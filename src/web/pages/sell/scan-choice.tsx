// Which showings a door lets in: every one of the seller's, or one of those that begin around now.

import { Button } from "../../components/buttons.tsx";
import { Select, type Option } from "../../components/fields.tsx";
import { freshForm } from "../../form-values.ts";
import { t } from "../../messages.ts";
import { momentText } from "../../times.ts";
import type { SellerPageServices } from "./frame.tsx";

const hourMs = 3_600_000;
/** Who comes late is let in for so long, and doors are made ready so early. */
const [lateMs, earlyMs] = [4 * hourMs, 12 * hourMs];
/** More help nobody to choose: who has so many opens the door from the page of a showing. */
const mostChoices = 40;

/** The showings around now by start; none if they are too many to choose from. */
export async function showingsAroundNow(services: SellerPageServices, sellerId: string): Promise<readonly Option[]> {
  const { authoring, clock, reports } = services;
  const period = { from: clock() - lateMs, until: clock() + earlyMs };
  const { items, next } = await reports.byShowing(sellerId, period, { limit: mostChoices });
  const published = items.filter(({ status }) => status === "published");
  if (next !== undefined || published.length === 0) return [];
  const roomIds = [...new Set(published.map(({ auditoriumId }) => auditoriumId))];
  const rooms = await authoring.auditoriumsById(sellerId, roomIds);
  const venues = await authoring.venues(sellerId);
  return published.map(({ showingId, title, auditoriumId, startsAt }) => {
    const room = rooms.find(({ id }) => id === auditoriumId);
    const venue = venues.find(({ id }) => id === room?.venueId);
    const where = [...(venues.length > 1 && venue ? [venue.name] : []), room?.name ?? ""].join(", ");
    return { value: showingId, text: [momentText(startsAt, venue?.timeZone ?? "UTC"), title, where].join(" · ") };
  });
}

export function ScanChoice(props: { action: string; choices: readonly Option[]; only?: string }) {
  const { action, choices, only = "" } = props;
  // One that is over or far ahead is chosen from its own page, and stays so.
  if (choices.length === 0 || (only !== "" && !choices.some(({ value }) => value === only))) return null;
  return (
    <form method="get" action={action} class="door-choice">
      <Select
        form={freshForm({ showing: only })}
        name="showing"
        label={t.door.choose}
        options={[{ value: "", text: t.door.everyShowing }, ...choices]}
      />
      <Button kind="quiet">{t.door.useChoice}</Button>
    </form>
  );
}
