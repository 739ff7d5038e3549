// A hold whose time is over: kindly said, with the way to take the same seats again, or the nearest equal ones.

import type { FastifyRequest } from "fastify";
import type { CompiledSeatMap, Showing } from "../../catalogue/model.ts";
import { showingOfHold } from "../../domain/ids.ts";
import { freeIn } from "../../domain/packed-seat-map.ts";
import { ButtonLink, Button } from "../components/buttons.tsx";
import { LostSeats, SeatsOffer } from "../components/lost-seats.tsx";
import { heldSeats } from "../held-seats.ts";
import type { WantedSeat } from "../instead.ts";
import type { PageOptions } from "../layout.tsx";
import { t } from "../messages.ts";
import type { PageServices } from "../services.ts";

/** The page at a hold's address when there is no such hold any more. */
export async function drawHoldOver(
  services: PageServices,
  request: FastifyRequest,
  holdId: string,
): Promise<PageOptions> {
  const showingId = showingOfHold(holdId);
  const showing = showingId === undefined ? undefined : await services.catalogue.showing(showingId);
  const sells = showing && showing.status === "published" && services.clock() < showing.endsAt;
  const seatMap = sells ? await services.catalogue.seatMap(showing.seatMapId) : undefined;
  const wanted = heldSeats(request);
  return {
    title: t.holdOver.title,
    private: true,
    body: (
      <div class="message-page hold-over">
        <h1>{t.holdOver.title}</h1>
        <p class="lead">{t.holdOver.lead}</p>
        {showing && seatMap && wanted.length > 0 && (
          <Again {...{ holdId, showing, seatMap, wanted }} states={(await services.sales.seatStates(showing)).states} />
        )}
        <p class="actions">
          <ButtonLink href={showing ? `/showings/${showing.id}` : "/"} kind={wanted.length > 0 ? "quiet" : "main"}>
            {t.holdOver.choose}
          </ButtonLink>
        </p>
      </div>
    ),
  };
}

interface AgainProps {
  holdId: string;
  showing: Showing;
  seatMap: CompiledSeatMap;
  wanted: readonly WantedSeat[];
  states: string;
}

function Again({ holdId, showing, seatMap, wanted, states }: AgainProps) {
  const { layout } = seatMap;
  if (wanted.every(({ seat }) => seat.includes("#")))
    return <StandingAgain {...{ holdId, showing, seatMap, wanted }} />;
  if (!wanted.every(({ seat }) => layout.placeOf.has(seat))) return null;
  const isFree = freeIn(states);
  const gone = wanted.filter(({ seat }) => !isFree(layout.placeOf.get(seat) ?? -1)).map(({ seat }) => seat);
  if (gone.length > 0) return <LostSeats {...{ showing, seatMap, wanted, gone, states }} />;
  return (
    <>
      <p>{t.holdOver.free}</p>
      <SeatsOffer {...{ showing, seatMap }} seats={wanted} say={t.holdOver.again} />
    </>
  );
}

/** Which of the standing places one gets makes no difference. */
function StandingAgain({ holdId, showing, seatMap, wanted }: Omit<AgainProps, "states">) {
  const sections = seatMap.layout.sections.filter(({ kind }) => kind === "standing");
  const counts = sections.flatMap(({ id, name }) =>
    showing.prices.tiers.flatMap((tier) => {
      const count = wanted.filter((one) => one.tier === tier.id && one.seat.startsWith(`${id}#`)).length;
      return count > 0 ? [{ field: `standing.${id}.${tier.id}`, name, count }] : [];
    }),
  );
  const [first] = counts;
  if (!first) return null;
  return (
    <form method="post" action={`/showings/${showing.id}/hold`} class="seats-offer">
      <input type="hidden" name="pick" value="standing" />
      <input type="hidden" name="seen" value={holdId.slice(-20)} />
      {counts.map(({ field, count }) => (
        <input key={field} type="hidden" name={field} value={count} />
      ))}
      <Button>{t.holdOver.again(t.holdOver.places(wanted.length, first.name))}</Button>
    </form>
  );
}
