import { Cost } from '@/components/Cost';
import { Meter } from '@/components/Meter';
import { formatPercent } from '@/lib/format';

type Props = {
  /** Micro-dollars of what has a price; null where nothing has. */
  cost: number | null;
  /** Responses without a price. */
  unpriced: number;
  /** Which part of the session's cost it is, 0 to 1; null where that can't be said. */
  part: number | null;
};

/** A cost and, below it, which part of the session's it is. */
export function CostWithShare({ cost, unpriced, part }: Props) {
  return (
    <>
      <Cost microdollars={cost} unpriced={{ messages: unpriced, tokens: 0 }} />
      {part !== null && (
        <>
          <span className="ml-1.5 inline-block w-9 text-2xs text-ink-3 max-sm:hidden">
            {formatPercent(part)}
          </span>
          <Meter
            share={part}
            label={`${formatPercent(part)} of the session`}
            color="var(--accent)"
            className="mt-1"
          />
        </>
      )}
    </>
  );
}
