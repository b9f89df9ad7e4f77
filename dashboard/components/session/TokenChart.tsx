'use client';

import type { UsagePoint } from '@claude-optimizer/protocol';
import dynamic from 'next/dynamic';
import { memo, useMemo, useState } from 'react';
import { Button } from '@/components/Button';
import { Skeleton } from '@/components/Skeleton';
import { formatDuration } from '@/lib/format';
import { TokenTable } from '../charts/TokenTable';
import { chartRows, TOKEN_KINDS, type TokenKind } from '../charts/token-kinds';
import { Panel } from './Panel';

// Recharts is half of the page's code: it comes when this page is opened, into a kept place.
const TokenAreas = dynamic(
  () => import('../charts/TokenAreas').then((module) => module.TokenAreas),
  {
    ssr: false,
    loading: () => <Skeleton className="h-60 w-full" />,
  },
);

type Props = { usage: UsagePoint[]; slotMs: number };

/** Tokens over time by kind. Cache reads are off at first: they dwarf all else. */
export const TokenChart = memo(function TokenChart({ usage, slotMs }: Props) {
  const [shown, setShown] = useState<ReadonlySet<TokenKind>>(
    () => new Set<TokenKind>(['input', 'output', 'cacheWrite']),
  );
  const [isCumulative, setCumulative] = useState(true);
  const [isTable, setTable] = useState(false);
  const rows = useMemo(() => chartRows(usage, isCumulative), [usage, isCumulative]);
  const toggle = (kind: TokenKind) =>
    setShown((before) => {
      const next = new Set(before);
      if (!next.delete(kind)) next.add(kind);
      return next;
    });
  return (
    <Panel
      title="Tokens"
      aside={
        <div className="flex flex-wrap gap-1">
          <Button
            size="small"
            look="quiet"
            aria-pressed={isCumulative}
            onClick={() => setCumulative(!isCumulative)}
          >
            {isCumulative ? 'Running total' : `Per ${formatDuration(slotMs)}`}
          </Button>
          <Button
            size="small"
            look="quiet"
            aria-pressed={isTable}
            onClick={() => setTable(!isTable)}
          >
            {isTable ? 'Show as chart' : 'Show as table'}
          </Button>
        </div>
      }
    >
      <div className="p-3">
        <div className="mb-2 flex flex-wrap gap-1" role="group" aria-label="Kinds of tokens">
          {TOKEN_KINDS.map(({ kind, name, color }) => (
            <button
              key={kind}
              type="button"
              aria-pressed={shown.has(kind)}
              onClick={() => toggle(kind)}
              className={`flex h-6 items-center gap-1.5 rounded-sm border px-2 text-xs ${
                shown.has(kind)
                  ? 'border-line-strong text-ink'
                  : 'border-transparent text-ink-3 line-through'
              } hover:bg-sunken`}
            >
              <span aria-hidden className="size-2 rounded-xs" style={{ background: color }} />
              {name}
            </button>
          ))}
        </div>
        {rows.length === 0 ? (
          <p className="flex h-60 items-center justify-center text-ink-3">No response yet</p>
        ) : isTable ? (
          <TokenTable rows={rows} shown={shown} />
        ) : (
          <TokenAreas rows={rows} shown={shown} isCumulative={isCumulative} />
        )}
      </div>
    </Panel>
  );
});
