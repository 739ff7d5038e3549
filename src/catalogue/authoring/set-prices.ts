// Price lists: named by their content, so that a hold can pin one for ever and the same prices are kept once.

import { mostPriceMinor, priceOf, type PriceList } from "../../domain/pricing.ts";
import { Refusal } from "../../domain/refusals.ts";
import type { SeatMap } from "../../domain/seat-map.ts";
import type { PriceListRow } from "../../store/schema.ts";
import type { Authoring, PricePreview, PricesInput } from "./authoring.ts";
import { contentId } from "./content-id.ts";
import { collectFaults } from "./faults.ts";
import type { Parts } from "./parts.ts";

const mostTiers = 20;

export function previewPrices(parts: Parts): Authoring["previewPrices"] {
  return async (sellerId, input) => preview(parts, sellerId, input);
}

export function setPrices(parts: Parts): Authoring["setPrices"] {
  return async ({ sellerId, actor }, input) => {
    const made = await preview(parts, sellerId, input);
    const { list } = made;
    await parts.lists.keepPriceList({ id: list.id, seller_id: sellerId, document: JSON.stringify(list) });
    const details = { sellerId, tiers: list.tiers, feeMinor: list.feeMinor, taxBasisPoints: list.taxBasisPoints };
    await parts.audit.append({ actor, action: "prices.set", subject: `price-list:${list.id}`, details });
    return made;
  };
}

async function preview({ lists }: Parts, sellerId: string, input: PricesInput): Promise<PricePreview> {
  const seller = await lists.seller(sellerId);
  if (!seller) throw new Refusal("not_found", "There is no such seller.");
  const map = input.seatMapId === undefined ? undefined : (await lists.seatMap(input.seatMapId))?.document;
  if (input.seatMapId !== undefined && map === undefined) {
    throw new Refusal("not_found", "There is no such seat map.", { field: "seatMapId" });
  }
  const sections = map === undefined ? undefined : (JSON.parse(map) as SeatMap).sections.map((section) => section.id);
  const content = {
    currency: seller.currency,
    feeMinor: input.feeMinor ?? seller.fee_minor,
    taxBasisPoints: input.taxBasisPoints ?? seller.tax_basis_points,
    tiers: input.tiers.map(({ id, name, sections }) => ({ id, name: name.trim(), sections: { ...sections } })),
  };
  checkPrices(content, sections);
  const list: PriceList = { id: contentId({ sellerId, ...content }), ...content };
  const allIn = list.tiers.flatMap((tier) =>
    Object.keys(tier.sections).flatMap((section) => {
      const line = priceOf(list, section, tier.id, "");
      return line ? [{ tier: tier.id, section, faceMinor: line.faceMinor, totalMinor: line.totalMinor }] : [];
    }),
  );
  const unsold = (sections ?? []).filter((section) => !list.tiers.some((tier) => section in tier.sections));
  return { list, allIn, unsold };
}

function checkPrices(list: Omit<PriceList, "id">, sections: readonly string[] | undefined): void {
  const faults = collectFaults();
  faults.whole("feeMinor", list.feeMinor, 0, mostPriceMinor);
  faults.whole("taxBasisPoints", list.taxBasisPoints, 0, 10_000);
  if (list.tiers.length === 0 || list.tiers.length > mostTiers)
    faults.add("tiers", { code: "price-count", max: mostTiers });
  for (const [index, tier] of list.tiers.entries()) {
    const field = `tiers.${index}`;
    faults.text(`${field}.name`, tier.name, { min: 1, max: 40 });
    if (!/^[a-z0-9][a-z0-9-]{0,23}$/.test(tier.id)) {
      faults.add(`${field}.id`, { code: "price-id" });
    }
    if (list.tiers.findIndex((other) => other.id === tier.id) !== index) {
      faults.add(`${field}.id`, { code: "price-twice", id: tier.id });
    }
    const priced = Object.entries(tier.sections);
    if (priced.length === 0) faults.add(`${field}.sections`, { code: "price-nowhere" });
    for (const [section, minor] of priced) {
      if (!/^[A-Z0-9]{1,8}$/.test(section) || (sections && !sections.includes(section))) {
        faults.add(`${field}.sections`, { code: "no-section", section });
      }
      faults.whole(`${field}.sections.${section}`, minor, 0, mostPriceMinor);
    }
  }
  faults.refuse();
}

export function priceListOf(row: PriceListRow): PriceList {
  return JSON.parse(row.document) as PriceList;
}
