// A ticket as it is shown at the door: its token as a QR code, and what a person reads beside it.

import type { Catalogue, Showing } from "../../catalogue/model.ts";
import type { OrderView, TicketView } from "../../sales/sales.ts";
import { t } from "../messages.ts";
import { dateText, timeText, zoneText } from "../times.ts";
import { placeName } from "../where.ts";
import { Badge } from "./frames.tsx";
import { seatName } from "./price-lines.tsx";
import { TicketCode } from "./ticket-code.tsx";

export function Ticket(props: {
  catalogue: Pick<Catalogue, "show" | "venue">;
  showing: Showing | undefined;
  order: OrderView;
  ticket: TicketView;
  /** Its section's name, where a room has several. */
  section: string | undefined;
  position: string;
}) {
  const { catalogue, showing, order, ticket, section, position } = props;
  const show = catalogue.show(order.showId);
  const venue = catalogue.venue(order.venueId);
  const timeZone = venue?.timeZone ?? "UTC";
  const tier = showing?.prices.tiers.find((one) => one.id === ticket.tier)?.name ?? ticket.tier;
  const seat = ticket.seat.includes("#") ? t.ticket.standing : seatName(ticket.seat);
  return (
    <article class={`ticket${ticket.status === "void" ? " ticket-void" : ""}`}>
      <div class="ticket-text">
        <p class="ticket-position">{position}</p>
        <h3>{show?.title ?? t.showing.unnamed}</h3>
        <p>
          <strong>
            {dateText(order.startsAt, timeZone)}
            <br />
            {timeText(order.startsAt, timeZone)} {zoneText(order.startsAt, timeZone)}
          </strong>
        </p>
        {venue && (
          <p>
            {venue.name}
            {showing && `, ${showing.auditorium.name}`}
            <br />
            <span class="soft">
              {venue.address}, {placeName({ name: venue.city, region: venue.region })}
            </span>
          </p>
        )}
        <dl class="ticket-facts">
          {section !== undefined && (
            <div>
              <dt>{t.ticket.section}</dt>
              <dd>{section}</dd>
            </div>
          )}
          <div>
            <dt>{t.ticket.seat}</dt>
            <dd>{seat}</dd>
          </div>
          <div>
            <dt>{t.ticket.tier}</dt>
            <dd>{tier}</dd>
          </div>
        </dl>
        <p class="ticket-buyer soft small">{order.buyer.name}</p>
      </div>
      {ticket.status === "active" && ticket.token !== "" ? (
        <TicketCode id={`code-${ticket.place}`} token={ticket.token} name={seat} />
      ) : (
        <p>
          <Badge tone="bad">{t.ticket.void}</Badge>
        </p>
      )}
    </article>
  );
}
