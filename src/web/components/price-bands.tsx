// Prices told apart by colour and by pattern, never by colour alone: the patterns of drawings, and the legend that shows them.

import { moneyText } from "../numbers.ts";
import { t } from "../messages.ts";
import { bandText, type PriceBand } from "../seats.ts";

/** What lies over the colour of a band, in a tile of 12 × 12: nothing, stripes, dots, lines, a grid, upright lines. */
const strokes: readonly (string | undefined)[] = [
  undefined,
  "M-3 3l6-6M0 12L12 0M9 15l6-6",
  "M3 3h.01M9 9h.01",
  "M0 3h12M0 9h12",
  "M0 6h12M6 0v12",
  "M3 0v12M9 0v12",
];

/** The patterns of a drawing, once in it; `size` is that of a tile in its units. */
export function BandPatterns({ count, size }: { count: number; size: number }) {
  return (
    <defs>
      {strokes.slice(0, count).map((path, band) =>
        path ? (
          <pattern
            key={path}
            id={patternOf(band)}
            class={`band-pattern band-pattern-${band + 1}`}
            width={size}
            height={size}
            viewBox="0 0 12 12"
            patternUnits="userSpaceOnUse"
          >
            <path d={path} />
          </pattern>
        ) : null,
      )}
    </defs>
  );
}

/** The name of a band's pattern; undefined for the one without. */
export function patternOf(band: number): string | undefined {
  return strokes[band] ? `band-${band + 1}` : undefined;
}

/** The prices of a room, each with its look; scripts make of them buttons that show one price alone. */
export function BandLegend(props: { bands: readonly PriceBand[]; currency: string }) {
  if (props.bands.length < 2) return null;
  return (
    // A narrow screen scrolls it, and keys must reach what scrolls.
    <ul class="band-legend" aria-label={t.seatMap.priceFilter} data-bands tabIndex={0}>
      {props.bands.map((band, index) => (
        <li key={band.minMinor}>
          <span class="band-chip">
            <span class={`band-sample band-${index + 1}`} aria-hidden="true" />
            {bandText(band, props.currency)}
          </span>
        </li>
      ))}
    </ul>
  );
}

/** What a seat costs if nothing is said, with its ticket's name where there are several: `Adult $14.41`. */
export function usualPrice(
  prices: readonly { tier: { name: string }; totalMinor: number }[],
  currency: string,
): string {
  const [first] = prices;
  if (!first) return "";
  const price = moneyText(first.totalMinor, currency);
  return prices.length > 1 ? `${first.tier.name} ${price}` : price;
}
