import { formatClock, formatExact } from '@/lib/format';
import { TOKEN_KINDS, type ChartRow, type TokenKind } from './token-kinds';

type Props = { rows: readonly ChartRow[]; shown: ReadonlySet<TokenKind> };

/** The chart's numbers as a table, the newest first. */
export function TokenTable({ rows, shown }: Props) {
  const kinds = TOKEN_KINDS.filter(({ kind }) => shown.has(kind));
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
                {formatClock(row.at)}
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
