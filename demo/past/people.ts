// Who buys in the demo: people who do not exist, at addresses that reach nobody (RFC 2606, 3).

import type { BuyerDetails } from "../../src/domain/orders.ts";
import type { Seeded } from "../seeded.ts";

const given = words(
  "Ada Ben Carla Dev Elena Farid Grace Hugo Imani Jonas Kim Leila Marcus Nadia Omar Priya Quinn Rosa Sven Tara Uma Victor Wanda Yusuf Zoe",
);
const family = words(
  "Abbott Baker Castillo Diaz Ellison Foster Garcia Hayes Ito Jensen Khan Lopez Meyer Nguyen Okafor Patel Reyes Silva Turner Vega Walsh Young",
);

function words(text: string): readonly string[] {
  return text.split(" ");
}

/** One in eight reads Spanish. */
export function somebody(chance: Seeded): BuyerDetails {
  const [first, last] = [chance.pick(given), chance.pick(family)];
  const email = `${first}.${last}${1 + chance.below(99)}@example.org`.toLowerCase();
  return { email, name: `${first} ${last}`, language: chance.below(8) === 0 ? "es" : "en" };
}
