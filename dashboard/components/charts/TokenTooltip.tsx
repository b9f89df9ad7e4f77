import { formatExact, formatMoment } from '@/lib/format';
import { TOKEN_KINDS, type ChartRow } from './token-kinds';

type Props = { active?: boolean; payload?: readonly { payload?: ChartRow }[] };

/** The numbers at the pointer, exact. */
export function TokenTooltip({ active = false, payload = [] }: Props) {
  const row = payload[0]?.payload;
  if (!active || !row) return null;
  return (
    <div className="rounded-sm border border-line-strong bg-raised px-2 py-1.5 text-xs">
      <p className="mb-1 text-ink-3 tabular-nums">{formatMoment(row.at)}</p>
      {TOKEN_KINDS.map(({ kind, name, color }) => (
        <p key={kind} className="flex items-center gap-2 tabular-nums">
          <span className="size-2 rounded-xs" style={{ background: color }} />
          <span className="flex-1 pr-4 text-ink-2">{name}</span>
          {formatExact(row[kind])}
        </p>
      ))}
    </div>
  );
}
