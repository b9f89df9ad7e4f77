import { totalTokens, type UsageTotals } from '@claude-optimizer/protocol';
import { TotalUsage, type SummedUsage } from '../report/usage-sum.js';

/** The provider's limit window: 5 hours. */
export const BLOCK_MS = 5 * 3_600_000;
const HOUR_MS = 3_600_000;
const MINUTE_MS = 60_000;

/** One 5-hour window and what was used in it. Times in epoch ms. */
export type UsageBlock = {
  startsAt: number;
  endsAt: number;
  /** Start of the first and of the last quarter of an hour with usage. */
  firstAt: number;
  lastAt: number;
  sums: SummedUsage[];
  usage: UsageTotals;
  /** Whether it is open now. */
  active: boolean;
  /** All kinds of tokens, the mean since the first message; null unless active. */
  tokensPerMinute: number | null;
  /** Null unless active, and where nothing in it has a price. */
  costPerHourMicrodollars: number | null;
  /** What it will hold at its end if it goes on like this; null unless active. */
  projected: { tokens: number; costMicrodollars: number | null } | null;
};

/**
 * Where windows of `lengthMs` open, of the times of usage in order (epoch ms): at the first message,
 * floored to the hour (as the common tools do); the next one at the first message after its end.
 */
export function blockStarts(times: readonly number[], lengthMs = BLOCK_MS): number[] {
  const starts: number[] = [];
  for (const at of times) {
    const last = starts.at(-1);
    if (last === undefined || at >= last + lengthMs) starts.push(at - (at % HOUR_MS));
  }
  return starts;
}

/**
 * The windows that hold any of these sums (each of one slot), in order. `starts` come of all usage
 * of the account, also where the sums are of one project only. `now` in epoch ms.
 */
export function usageBlocks(
  starts: readonly number[],
  sums: readonly SummedUsage[],
  now: number,
): UsageBlock[] {
  const byStart = new Map<number, SummedUsage[]>();
  let index = 0;
  for (const sum of [...sums].sort((a, b) => slotOf(a) - slotOf(b))) {
    while ((starts[index + 1] ?? Infinity) <= slotOf(sum)) index += 1;
    const start = starts[index];
    if (start === undefined) continue;
    const held = byStart.get(start);
    if (held) held.push(sum);
    else byStart.set(start, [sum]);
  }
  return [...byStart].map(([startsAt, held]) => blockOf(startsAt, held, now));
}

function blockOf(startsAt: number, sums: SummedUsage[], now: number): UsageBlock {
  const total = new TotalUsage();
  for (const sum of sums) total.add(sum);
  const usage = total.totals();
  const endsAt = startsAt + BLOCK_MS;
  const firstAt = slotOf(sums[0]);
  const active = now >= startsAt && now < endsAt;
  return {
    startsAt,
    endsAt,
    firstAt,
    lastAt: slotOf(sums.at(-1)),
    sums,
    usage,
    active,
    ...(active ? pace(usage, { firstAt, endsAt, now }) : IDLE),
  };
}

/** A window's first usage, its end, and now. Epoch ms. */
type Stretch = { firstAt: number; endsAt: number; now: number };

const IDLE = { tokensPerMinute: null, costPerHourMicrodollars: null, projected: null };

/**
 * Speed since `firstAt`, and what there will be at `endsAt` if it goes on like this; the mean is
 * over `leastMs` at least (by default a minute: one message says nothing of an hour yet).
 */
export function pace(
  usage: UsageTotals,
  { firstAt, endsAt, now, leastMs = MINUTE_MS }: Stretch & { leastMs?: number },
) {
  const elapsed = Math.max(now - firstAt, leastMs);
  const left = (endsAt - now) / elapsed;
  const tokens = totalTokens(usage);
  const cost = usage.costMicrodollars;
  return {
    tokensPerMinute: Math.round((tokens * MINUTE_MS) / elapsed),
    costPerHourMicrodollars: cost === null ? null : Math.round((cost * HOUR_MS) / elapsed),
    projected: {
      tokens: Math.round(tokens * (1 + left)),
      costMicrodollars: cost === null ? null : Math.round(cost * (1 + left)),
    },
  };
}

function slotOf(sum: SummedUsage | undefined): number {
  return sum?.slot ?? 0;
}
