import { Tokens } from '@/components/Tokens';
import { TOKEN_KINDS, type ChartRow, type TokenKind } from './token-kinds';

type Props = {
  shown: ReadonlySet<TokenKind>;
  totals: ChartRow | undefined;
  onToggle: (kind: TokenKind) => void;
};

/** The kinds of tokens with their totals; each is a switch for its part of the chart. */
export function TokenLegend({ shown, totals, onToggle }: Props) {
  return (
    <div className="mb-2 flex flex-wrap items-center gap-x-3 gap-y-1">
      <div className="flex flex-wrap gap-1" role="group" aria-label="Kinds of tokens">
        {TOKEN_KINDS.map(({ kind, name, color }) => (
          <button
            key={kind}
            type="button"
            aria-pressed={shown.has(kind)}
            onClick={() => onToggle(kind)}
            className={`flex h-6 items-center gap-1.5 rounded-sm border px-2 text-xs hover:bg-sunken ${
              shown.has(kind) ? 'border-line-strong text-ink' : 'border-transparent text-ink-3'
            }`}
          >
            <span
              aria-hidden
              className="size-2 rounded-xs border"
              style={{ borderColor: color, background: shown.has(kind) ? color : 'transparent' }}
            />
            <span className={shown.has(kind) ? '' : 'line-through'}>{name}</span>
            {totals && <Tokens count={totals[kind]} className="text-ink-3" />}
          </button>
        ))}
      </div>
      <p className="text-2xs text-ink-3">
        {shown.has('cacheRead')
          ? 'Cache reads dwarf the rest.'
          : 'Cache reads are off: they dwarf the rest.'}
      </p>
    </div>
  );
}
