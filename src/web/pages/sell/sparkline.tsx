// A small picture of a series; the numbers stand in a table beside it.

/** Bars of equal width, the highest as high as the picture. */
export function Sparkline(props: { values: readonly number[]; label: string }) {
  const highest = Math.max(1, ...props.values);
  const width = 12;
  return (
    <svg class="sparkline" viewBox={`0 0 ${props.values.length * width} 60`} role="img" aria-label={props.label}>
      {props.values.map((value, index) => {
        const height = value === 0 ? 1 : Math.max(2, (value / highest) * 58);
        const key = `${index}`;
        return <rect key={key} x={index * width + 1} y={60 - height} width={width - 2} height={height} rx={2} />;
      })}
    </svg>
  );
}
