type Props = {
  /** Share of one; more than one fills it. */
  share: number;
  /** What is measured and how much, for those who can't see it. */
  label: string;
  /** CSS colour of the filled part. */
  color?: string;
  className?: string;
};

/** A share as a thin bar; the number stands beside it. */
export function Meter({ share, label, color = 'var(--ink-3)', className = '' }: Props) {
  const percent = Math.max(0, Math.min(1, share)) * 100;
  return (
    <span
      role="img"
      aria-label={label}
      className={`block h-1 overflow-hidden rounded-full bg-line ${className}`}
    >
      <span
        className="block h-full rounded-full"
        style={{ width: `${percent}%`, background: color }}
      />
    </span>
  );
}
