'use client';

import { totalTokens, type LimitWindow } from '@claude-optimizer/protocol';
import { CircleCheck, Hourglass, TriangleAlert } from 'lucide-react';
import { memo, useEffect, type ReactNode } from 'react';
import { Cost } from '@/components/Cost';
import { ErrorState } from '@/components/ErrorState';
import { Meter } from '@/components/Meter';
import { RelativeTime } from '@/components/RelativeTime';
import { Skeleton } from '@/components/Skeleton';
import { Tokens } from '@/components/Tokens';
import { useFigures } from '@/hooks/useFigures';
import { fetchLimits } from '@/lib/usage-api';
import { useTimeText } from '@/lib/clock';
import {
  formatCost,
  formatDuration,
  formatMoment,
  formatPercent,
  formatTokens,
} from '@/lib/format';
import { Panel } from '../session/Panel';
import { knownCost } from './figures';

const NAMES: Record<LimitWindow['kind'], string> = { five_hour: '5 hours', seven_day: 'Week' };
/** The server's clock may be a little behind. */
const AFTER_END_MS = 1_000;
/** The longest that a browser's timer can wait. */
const LONGEST_MS = 2_147_483_647;

/** The provider's windows that are open now: used, pace, projection, time to the reset. */
export const LimitWindows = memo(function LimitWindows() {
  const { value, error, reload } = useFigures(fetchLimits, 'limits');
  const endsAt = Math.min(...(value?.windows ?? []).map((window) => window.endsAt));
  useEffect(() => {
    const wait = endsAt - Date.now() + AFTER_END_MS;
    if (wait < 0 || wait > LONGEST_MS) return;
    const timer = setTimeout(reload, wait);
    return () => clearTimeout(timer);
  }, [endsAt, reload]);
  return (
    <Panel title="Limit windows">
      {error && <ErrorState error={error} onRetry={reload} className="m-3" />}
      {value === null && !error && <WindowPlaces />}
      {value?.windows.length === 0 && (
        <p className="p-3 text-ink-2">No window is open: the next message opens one.</p>
      )}
      <div className="divide-y divide-line">
        {value?.windows.map((window) => (
          <Window key={window.kind} window={window} />
        ))}
      </div>
      {value && <p className="border-t border-line px-3 py-2 text-2xs text-ink-3">{value.rule}</p>}
    </Panel>
  );
});

function Window({ window }: { window: LimitWindow }) {
  const { kind, usage, unpricedTokens, usedPercentage, projected } = window;
  const share = usedPercentage === null ? null : usedPercentage / 100;
  return (
    <section aria-label={`${NAMES[kind]} window`} className="px-3 py-2.5">
      <div className="flex items-baseline justify-between gap-2">
        <h3 className="font-semibold">{NAMES[kind]}</h3>
        <Reset window={window} />
      </div>
      <div className="mt-1 flex min-h-7 flex-wrap items-baseline gap-x-2 whitespace-nowrap">
        <span className="text-xl font-semibold tabular-nums">
          {share === null ? <Tokens count={totalTokens(usage)} /> : formatPercent(share)}
        </span>
        <span className="text-xs text-ink-2">
          {share === null ? 'tokens used, share not known' : 'of the limit used'}
        </span>
        <Full window={window} />
      </div>
      {share === null ? (
        <span aria-hidden className="mt-1 block border-t-4 border-dotted border-line-strong" />
      ) : (
        <Meter
          share={share}
          label={`${formatPercent(share)} of the limit used`}
          color={share > 0.9 ? 'var(--danger)' : share > 0.75 ? 'var(--warning)' : 'var(--accent)'}
          className="mt-1"
        />
      )}
      <dl className="mt-2 grid grid-cols-3 gap-x-3 text-xs">
        <Fact name="Used" note={<Tokens count={totalTokens(usage)} />}>
          <Cost microdollars={knownCost(usage)} />
        </Fact>
        <Fact name="Pace" note={`${formatTokens(window.tokensPerMinute)}/min`}>
          {perHour(window.costPerHourMicrodollars)}
        </Fact>
        <Fact name="At its end" note={<Tokens count={projected.tokens} />}>
          <Cost microdollars={projected.costMicrodollars} />
        </Fact>
      </dl>
      {unpricedTokens > 0 && (
        <p className="mt-1 text-2xs text-ink-2">
          {`${formatTokens(unpricedTokens)} tokens without a known price: not in the cost`}
        </p>
      )}
      <Source window={window} />
    </section>
  );
}

const perHour = (cost: number | null) => (cost === null ? 'unknown' : `${formatCost(cost)}/h`);

/** Where the window is known from, by icon and word. */
function Source({ window: { source, reportedAt } }: { window: LimitWindow }) {
  if (source === 'estimated') {
    return (
      <p className="mt-2 flex items-center gap-1.5 text-2xs text-ink-2">
        <Hourglass aria-hidden className="size-3 shrink-0" />
        Estimated from the transcripts
      </p>
    );
  }
  return (
    <p className="mt-2 flex items-center gap-1.5 text-2xs text-good">
      <CircleCheck aria-hidden className="size-3 shrink-0" />
      <span>
        Reported by Claude Code
        {reportedAt !== null && (
          <>
            {' '}
            <RelativeTime at={reportedAt} />
          </>
        )}
      </span>
    </p>
  );
}

/** A warning where the limit is reached before it resets; it goes with the clock, like `Reset`. */
function Full({ window: { fullAt } }: { window: LimitWindow }) {
  const left = useTimeText((now) =>
    fullAt !== null && fullAt > now ? formatDuration(fullAt - now) : '',
  );
  if (fullAt === null || left === '') return null;
  return (
    <time
      dateTime={new Date(fullAt).toISOString()}
      title={`At the pace of this window so far: ${formatMoment(fullAt)}`}
      className="flex items-center gap-1 text-xs text-warning"
    >
      <TriangleAlert aria-hidden className="size-3 shrink-0" />
      {`full in ${left} at this pace`}
    </time>
  );
}

/** Renders with the clock, so that the rest needn't. */
function Reset({ window: { endsAt } }: { window: LimitWindow }) {
  const text = useTimeText((now) =>
    endsAt > now ? `resets in ${formatDuration(endsAt - now)}` : 'has been reset',
  );
  return (
    <time
      dateTime={new Date(endsAt).toISOString()}
      title={formatMoment(endsAt)}
      className="text-xs text-ink-2"
    >
      {text}
    </time>
  );
}

function Fact({ name, note, children }: { name: string; note: ReactNode; children: ReactNode }) {
  return (
    <div className="min-w-0">
      <dt className="text-2xs text-ink-3">{name}</dt>
      <dd>
        <span className="block truncate font-medium tabular-nums">{children}</span>
        <span className="block truncate text-2xs text-ink-2 tabular-nums">{note}</span>
      </dd>
    </div>
  );
}

function WindowPlaces() {
  return (
    <div aria-hidden className="divide-y divide-line">
      {[0, 1].map((at) => (
        <div key={at} className="h-36 space-y-3 p-3">
          <Skeleton className="h-4 w-24" />
          <Skeleton className="h-6 w-32" />
          <Skeleton className="h-8 w-full" />
        </div>
      ))}
    </div>
  );
}
