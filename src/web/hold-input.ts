// What a form of the showing page asks the sale for.

import { hash } from "node:crypto";
import type { CompiledSeatMap, Showing } from "../catalogue/model.ts";
import { currencyDigits } from "../domain/money.ts";
import type { HoldInput } from "../sales/sales.ts";
import type { FormValues } from "./form-values.ts";
import { t } from "./messages.ts";
import { PageRefusal } from "./page-refusal.ts";

/** The ways to take places, as the hidden field `pick` says. */
export type PickKind = "best" | "seats" | "standing";

const mostCount = 1_000;

export function pickKind(values: FormValues): PickKind {
  const pick = values.text("pick");
  return pick === "best" || pick === "standing" ? pick : "seats";
}

/** Reads a form; refuses `invalid_request` naming the field. What may be had is decided by the sale. */
export function holdInput(values: FormValues, showing: Showing, seatMap: CompiledSeatMap): HoldInput {
  const kind = pickKind(values);
  const asked =
    kind === "best"
      ? best(values, showing)
      : kind === "standing"
        ? standing(values, showing, seatMap)
        : named(values, showing, seatMap);
  // The same form sent twice is one hold: the version of the seats it was drawn with grows with every hold.
  const idempotencyKey = hash("sha256", JSON.stringify([values.text("seen", 20), asked]), "base64url");
  return { showingId: showing.id, ...asked, ...(kind === "seats" ? {} : { idempotencyKey }) };
}

function best(values: FormValues, showing: Showing): Omit<HoldInput, "showingId"> {
  const tiers = showing.prices.tiers.flatMap((tier) => Array<string>(count(values, `best.${tier.id}`)).fill(tier.id));
  const quantity = tiers.length > 0 ? tiers.length : (values.whole("quantity", 1, mostCount) ?? 0);
  if (quantity === 0) {
    const field = values.has("quantity") ? "quantity" : `best.${showing.prices.tiers[0]?.id}`;
    throw new PageRefusal("invalid_request", t.best.howMany, { field });
  }
  const section = values.text("section", 20);
  const maxPriceMinor = price(values.text("maxPrice", 20), showing.prices.currency);
  return {
    bestAvailable: {
      quantity,
      ...(section ? { section } : {}),
      ...(maxPriceMinor === undefined ? {} : { maxPriceMinor }),
      ...(values.has("accessible") ? { accessible: true } : {}),
    },
    ...(tiers.length > 0 ? { tiers } : {}),
  };
}

function standing(values: FormValues, showing: Showing, { layout }: CompiledSeatMap): Omit<HoldInput, "showingId"> {
  const tiers: string[] = [];
  const areas = layout.sections.flatMap((section) => {
    if (section.kind !== "standing") return [];
    const before = tiers.length;
    for (const tier of showing.prices.tiers) {
      tiers.push(...Array<string>(count(values, `standing.${section.id}.${tier.id}`)).fill(tier.id));
    }
    return tiers.length > before ? [{ section: section.id, quantity: tiers.length - before }] : [];
  });
  if (areas.length === 0) throw new PageRefusal("invalid_request", t.standing.howMany);
  return { standing: areas, tiers };
}

/**
 * Every seat costs the first tier sold in its section, unless its own field says another (`ticket.C-7`), or the buyer wants so
 * many in another (`tier.child`).
 */
function named(values: FormValues, showing: Showing, { layout }: CompiledSeatMap): Omit<HoldInput, "showingId"> {
  const seats = [...new Set(values.all("seat"))].slice(0, mostCount);
  if (seats.length === 0) throw new PageRefusal("invalid_request", t.seatMap.chooseSome);
  const sold = seats.map((seat) => {
    const place = layout.placeOf.get(seat);
    const section = place === undefined ? "" : layout.sectionOf(place).id;
    return showing.prices.tiers.filter((tier) => tier.sections[section] !== undefined).map((tier) => tier.id);
  });
  const first = sold.map((ids) => ids[0] ?? "");
  const tiers = first.map((tier, index) => values.text(`ticket.${seats[index]}`, 40) || tier);
  for (const tier of showing.prices.tiers) {
    const wanted = count(values, `tier.${tier.id}`);
    let given = 0;
    for (let index = seats.length - 1; index >= 0 && given < wanted; index -= 1) {
      if (tiers[index] !== first[index] || tiers[index] === tier.id || !sold[index]?.includes(tier.id)) continue;
      tiers[index] = tier.id;
      given += 1;
    }
    if (given < wanted) {
      throw new PageRefusal("invalid_request", t.seatMap.tooMany(seats.length), { field: `tier.${tier.id}` });
    }
  }
  return { seats, tiers };
}

function count(values: FormValues, name: string): number {
  const text = values.text(name, 20);
  if (text === "") return 0;
  const value = values.whole(name, 0, mostCount);
  if (value === undefined) throw new PageRefusal("invalid_request", t.form.whole, { field: name });
  return value;
}

function price(text: string, currency: string): number | undefined {
  if (text === "") return undefined;
  const value = Number(text.replaceAll(/[^\d.,]/g, "").replace(",", "."));
  if (!Number.isFinite(value) || value <= 0) {
    throw new PageRefusal("invalid_request", t.best.noPrice, { field: "maxPrice" });
  }
  return Math.round(value * 10 ** currencyDigits(currency));
}
