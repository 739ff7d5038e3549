// Small pictures of figures, made on the server: what they show stands as a number or in a table beside them.

/** Bars of equal width, the highest as high as the picture. What is undefined has no bar. */
export function Sparkline({ values }: { values: readonly (number | undefined)[] }) {
  const highest = Math.max(1, ...values.map((value) => value ?? 0));
  const width = 10;
  return (
    <svg
      class="sparkline"
      viewBox={`0 0 ${values.length * width} 40`}
      preserveAspectRatio="none"
      aria-hidden="true"
      focusable="false"
    >
      {values.map((value, index) => {
        if (value === undefined) return null;
        const height = value <= 0 ? 1 : Math.max(2, (value / highest) * 40);
        const key = `${index}`;
        return <rect key={key} x={index * width + 1} y={40 - height} width={width - 2} height={height} />;
      })}
    </svg>
  );
}

/** A bar that is so full, from 0 to 1, with the share in words at its end. */
export function ShareBar({ share, text, kind = "share" }: { share: number; text: string; kind?: "share" | "full" }) {
  const width = Math.max(0, Math.min(1, share)) * 100;
  return (
    <span class={`share-bar share-bar-${kind}`}>
      <svg viewBox="0 0 100 10" preserveAspectRatio="none" aria-hidden="true">
        <rect class="share-bar-ground" width="100" height="10" />
        <rect class="share-bar-part" width={Math.round(width * 10) / 10} height="10" />
      </svg>
      <data value={Math.round(share * 1_000) / 1_000}>{text}</data>
    </span>
  );
}

/** Bars for what is, and a broken line for what was before; the numbers along its sides are the page's. */
export function SalesPicture(props: {
  now: readonly (number | undefined)[];
  before: readonly (number | undefined)[];
  highest: number;
}) {
  const { now, before, highest } = props;
  const width = 10;
  const y = (value: number) => Math.round((100 - (Math.max(0, value) / Math.max(1, highest)) * 100) * 100) / 100;
  const points = before.flatMap((value, index) => (value === undefined ? [] : `${index * width + 5},${y(value)}`));
  return (
    <svg
      class="sales-picture"
      viewBox={`0 0 ${Math.max(1, now.length) * width} 100`}
      preserveAspectRatio="none"
      aria-hidden="true"
      focusable="false"
    >
      {now.map((value, index) => {
        const key = `${index}`;
        const top = y(value ?? 0);
        return value === undefined ? null : (
          <rect key={key} x={index * width + 1.5} y={top} width={width - 3} height={100 - top} />
        );
      })}
      {points.length > 1 && <polyline points={points.join(" ")} />}
    </svg>
  );
}
