/** Bars of equal width; a value above nothing is never invisible. */
const HEIGHT = 12;

/** A row of numbers as bars, without axes: the shape only; the number stands beside it. */
export function Sparkline({ values, className = '' }: { values: number[]; className?: string }) {
  const top = Math.max(1, ...values);
  const bars = values.map((value, at) => {
    const height = value <= 0 ? 0.5 : Math.max(1.5, (value / top) * HEIGHT);
    return `M${at} ${HEIGHT}v-${height.toFixed(2)}h.72V${HEIGHT}z`;
  });
  return (
    <svg
      aria-hidden
      viewBox={`0 0 ${values.length} ${HEIGHT}`}
      preserveAspectRatio="none"
      className={`block w-full ${className}`}
    >
      <path d={bars.slice(0, -1).join('')} fill="currentColor" />
      <path d={bars.at(-1)} className="fill-accent" />
    </svg>
  );
}
