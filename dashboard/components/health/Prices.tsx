import type { Pricing } from '@claude-optimizer/protocol';
import { TriangleAlert } from 'lucide-react';
import { Meter } from '@/components/Meter';
import { formatExact } from '@/lib/format';

/** Whether the history has the prices of now, or how far it is with getting them. */
export function Prices({ pricing }: { pricing: Pricing | null }) {
  if (pricing === null) return 'Those of now';
  if (pricing.repricing !== null) {
    const { done, total } = pricing.repricing;
    return (
      <span className="flex items-center gap-3 tabular-nums">
        Being given the prices of now: {formatExact(done)} of {formatExact(total)} sessions
        {total > 0 && (
          <Meter
            share={done / total}
            label="Share of the sessions that have the prices of now"
            color="var(--accent)"
            className="w-40"
          />
        )}
      </span>
    );
  }
  if (pricing.current) return 'Those of now, in the whole history';
  return (
    <div role="alert">
      <p className="flex items-center gap-1.5 text-warning">
        <TriangleAlert aria-hidden className="size-4 shrink-0" />
        The history has other prices than those of now
      </p>
      <p className="text-ink-2">
        <code>claude-optimizer prices reprice --dry-run</code> shows the difference; without{' '}
        <code>--dry-run</code> the history gets them.
      </p>
    </div>
  );
}
