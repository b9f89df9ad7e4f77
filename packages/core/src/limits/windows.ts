import type { LimitKind, LimitWindow } from '@claude-optimizer/protocol';
import { TotalUsage, type SummedUsage } from '../report/usage-sum.js';
import { BLOCK_MS, blockStarts, pace } from './blocks.js';

/** What the client tells of a window: the provider's own percentage (0–100). Times in epoch ms. */
export type ToldLimit = { usedPercentage: number; resetsAt: number };
export type ToldLimits = Partial<Record<LimitKind, ToldLimit>>;
/** The same as it is kept. */
export type ReportedLimit = ToldLimit & { reportedAt: number };
export type ReportedLimits = Partial<Record<LimitKind, ReportedLimit>>;

const DAY_MS = 86_400_000;
const LENGTHS: Record<LimitKind, number> = { five_hour: BLOCK_MS, seven_day: 7 * DAY_MS };
/** Nobody works round the clock: what was used in some hours says nothing of a week by itself. */
const LEAST_MS: Record<LimitKind, number> = { five_hour: 15 * 60_000, seven_day: DAY_MS };
const KINDS = Object.keys(LENGTHS) as LimitKind[];

/** How windows are found that the client has not told of. */
export const LIMIT_RULE =
  'Estimated windows open with the first message, rounded down to the hour, and last 5 hours or 7 ' +
  'days; the next opens with the first message after that. Messages from other machines are not seen.';

/**
 * The windows that are open at `now` (epoch ms), of sums by slot of all usage. Where the client has
 * told when a window resets, that is its end; otherwise it is estimated by `LIMIT_RULE`.
 */
export function limitWindows(
  sums: readonly SummedUsage[],
  reported: ReportedLimits,
  now: number,
): LimitWindow[] {
  const inOrder = [...sums].sort((a, b) => slotOf(a) - slotOf(b));
  return KINDS.flatMap((kind) => {
    const told = reported[kind];
    const known = told && told.resetsAt > now ? told : null;
    const startsAt = known ? known.resetsAt - LENGTHS[kind] : estimatedStart(inOrder, kind, now);
    if (startsAt === null) return [];
    const endsAt = known?.resetsAt ?? startsAt + LENGTHS[kind];
    const held = inOrder.filter((sum) => slotOf(sum) >= startsAt && slotOf(sum) < endsAt);
    const first = held[0];
    const stretch = { firstAt: first ? slotOf(first) : startsAt, endsAt, leastMs: LEAST_MS[kind] };
    return [
      {
        kind,
        startsAt,
        endsAt,
        ...usedIn(held, { ...stretch, now }),
        usedPercentage: known?.usedPercentage ?? null,
        fullAt: known ? fullAt(known, stretch) : null,
        source: known ? ('reported' as const) : ('estimated' as const),
        reportedAt: known?.reportedAt ?? null,
      },
    ];
  });
}

function estimatedStart(sums: readonly SummedUsage[], kind: LimitKind, now: number): number | null {
  const last = blockStarts(sums.map(slotOf), LENGTHS[kind]).at(-1);
  return last !== undefined && now < last + LENGTHS[kind] ? last : null;
}

type Stretch = { firstAt: number; endsAt: number; leastMs: number };

function usedIn(held: readonly SummedUsage[], stretch: Stretch & { now: number }) {
  const total = new TotalUsage();
  for (const sum of held) total.add(sum);
  const { unpricedTokens, unpricedMessages: _u, estimatedMessages: _e, ...rest } = total.totals();
  const { incompleteMessages: _i, ...usage } = rest;
  return { usage, unpricedTokens, ...pace(total.totals(), stretch) };
}

/** When the provider's percentage is 100 if it goes on as it did; null if not before the reset. */
function fullAt(
  { usedPercentage, reportedAt }: ReportedLimit,
  { firstAt, endsAt, leastMs }: Stretch,
): number | null {
  if (usedPercentage <= 0 || usedPercentage >= 100) return null;
  const elapsed = Math.max(reportedAt - firstAt, leastMs);
  const at = Math.round(reportedAt + (elapsed * (100 - usedPercentage)) / usedPercentage);
  return at < endsAt ? at : null;
}

function slotOf(sum: SummedUsage): number {
  return sum.slot ?? 0;
}
