// What is said to somebody who lost seats to a faster buyer, and the nearest equal ones in one tap.

import type { CompiledSeatMap, Showing } from "../../catalogue/model.ts";
import { insteadOf, totalOf, type WantedSeat } from "../instead.ts";
import { t } from "../messages.ts";
import { listText, moneyText } from "../numbers.ts";
import { Button } from "./buttons.tsx";
import { Notice } from "./frames.tsx";

interface OfferProps {
  showing: Showing;
  seatMap: CompiledSeatMap;
  seats: readonly WantedSeat[];
  /** What the button says of the seats: `Hold C-9 and C-10 instead`. */
  say(seats: string): string;
}

/** A form of one button that holds named seats. */
export function SeatsOffer({ showing, seatMap, seats, say }: OfferProps) {
  const names = listText(seats.map(({ seat }) => seat));
  const price = moneyText(totalOf(seats, showing, seatMap), showing.prices.currency);
  return (
    <form method="post" action={`/showings/${showing.id}/hold`} class="seats-offer">
      <input type="hidden" name="pick" value="seats" />
      {seats.flatMap(({ seat, tier }) => [
        <input key={seat} type="hidden" name="seat" value={seat} />,
        <input key={`ticket ${seat}`} type="hidden" name={`ticket.${seat}`} value={tier} />,
      ])}
      <Button>
        {say(names)} <span class="offer-price">{price}</span>
      </Button>
    </form>
  );
}

/** On the page that comes back after a hold lost the race. */
export function LostSeats(props: {
  showing: Showing;
  seatMap: CompiledSeatMap;
  wanted: readonly WantedSeat[];
  gone: readonly string[];
  states: string;
}) {
  const { showing, seatMap, wanted, gone, states } = props;
  const seats = insteadOf(wanted, showing, seatMap, states);
  return (
    <Notice kind="error" title={t.lost.title}>
      <p>{t.lost.gone(listText(gone))}</p>
      {seats ? (
        <>
          <p>{t.lost.nearest}</p>
          <SeatsOffer {...{ showing, seatMap, seats }} say={t.lost.instead} />
        </>
      ) : (
        <p>{t.lost.none}</p>
      )}
    </Notice>
  );
}
