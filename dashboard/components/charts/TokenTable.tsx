import { formatClock, formatExact, formatMoment } from '@/lib/format';
import { TOKEN_KINDS, type ChartRow, type TokenKind } from './token-kinds';

const DAY_MS = 86_400_000;

type Props = { rows: readonly ChartRow[]; shown: ReadonlySet<TokenKind> };

/** The chart's numbers as a table, the newest first. */
export function TokenTable({ rows, shown }: Props) {
  const kinds = TOKEN_KINDS.filter(({ kind }) => shown.has(kind));
  const isOverDays = (rows.at(-1)?.at ?? 0) - (rows[0]?.at ?? 0) >= DAY_MS;
  const time = isOverDays ? formatMoment : formatClock;
  return (
    <div className="h-60 overflow-auto" tabIndex={0} role="region" aria-label="Tokens over time">
      <table className="w-full text-xs tabular-nums">
        <thead className="sticky top-0 bg-surface">
          <tr className="text-ink-3">
            <th scope="col" className="py-1 pr-3 text-left font-normal">
              Time
            </th>
            {kinds.map(({ kind, name }) => (
              <th key={kind} scope="col" className="py-1 pl-3 text-right font-normal">
                {name}
              </th>
            ))}
          </tr>
        </thead>
        <tbody>
          {rows.toReversed().map((row) => (
            <tr key={row.at} className="border-t border-line">
              <th scope="row" className="py-1 pr-3 text-left font-normal text-ink-2">
                <span title={formatMoment(row.at)}>{time(row.at)}</span>
              </th>
              {kinds.map(({ kind }) => (
                <td key={kind} className="py-1 pl-3 text-right">
                  {formatExact(row[kind])}
                </td>
              ))}
            </tr>
          ))}
        </tbody>
      </table>
    </div>
  );
}
