import type { LimitKind, LimitWindow } from '@claude-optimizer/protocol';
import { TotalUsage, type SummedUsage } from '../report/usage-sum.js';
import { BLOCK_MS, blockStarts, pace } from './blocks.js';

/** What the client tells of a window: the provider's own percentage (0–100). Times in epoch ms. */
export type ToldLimit = { usedPercentage: number; resetsAt: number };
export type ToldLimits = Partial<Record<LimitKind, ToldLimit>>;
/** The same as it is kept. */
export type ReportedLimit = ToldLimit & { reportedAt: number };
export type ReportedLimits = Partial<Record<LimitKind, ReportedLimit>>;

const LENGTHS: Record<LimitKind, number> = { five_hour: BLOCK_MS, seven_day: 7 * 86_400_000 };
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
    return [
      {
        kind,
        startsAt,
        endsAt,
        ...usedIn(held, startsAt, endsAt, now),
        usedPercentage: known?.usedPercentage ?? null,
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

function usedIn(held: readonly SummedUsage[], startsAt: number, endsAt: number, now: number) {
  const total = new TotalUsage();
  for (const sum of held) total.add(sum);
  const { unpricedTokens, unpricedMessages: _u, estimatedMessages: _e, ...rest } = total.totals();
  const { incompleteMessages: _i, ...usage } = rest;
  const first = held[0];
  const pacing = pace(total.totals(), first ? slotOf(first) : startsAt, endsAt, now);
  return { usage, unpricedTokens, ...pacing };
}

function slotOf(sum: SummedUsage): number {
  return sum.slot ?? 0;
}
