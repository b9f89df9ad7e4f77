import { firstFit, freeStretches, type Stretch, type WorkingHours } from './free-slots.js';

const MINUTE_MS = 60_000;
const LEAST_MINUTES = 30;
const MOST_MINUTES = 120;
/** How many runs our first guess weighs as much as. */
const PRIOR_RUNS = 4;
const PRIOR_MINUTES = 60;
/** What is predicted may take so much of a limit window or cap: the rest is for the unforeseen. */
const RESERVE = 0.8;

/** A session that is wanted: which must come first, until when, and how much it matters. */
export type Wanted = {
  name: string;
  /** Names of those that must be over before it begins. */
  after: readonly string[];
  /** Epoch ms; null: whenever. */
  deadline: number | null;
  /** The greater, the sooner. */
  priority: number;
  /** How long runs of its kind took before, in minutes. */
  past: readonly number[];
  /** What it will probably cost, micro-dollars; null: unknown. */
  cost: number | null;
};

export type Proposal = {
  name: string;
  startsAt: number;
  endsAt: number;
  duration: Duration;
  /** Set where it can't be as wanted: after its deadline, or nowhere. */
  problem: string | null;
};

/** A duration with what it rests on: so many past runs, from the shortest to the longest. */
export type Duration = { minutes: number; runs: number; from: number | null; to: number | null };

/**
 * How long a session will take: the 80th percentile of past runs, drawn towards an hour while there
 * are few of them, (p80·n + 60·4) / (n + 4), in quarters of an hour from 30 to 120 minutes.
 */
export function predictDuration(past: readonly number[]): Duration {
  const sorted = past.toSorted((a, b) => a - b);
  const p80 = sorted[Math.min(sorted.length - 1, Math.ceil(sorted.length * 0.8) - 1)] ?? 0;
  const raw = (p80 * sorted.length + PRIOR_MINUTES * PRIOR_RUNS) / (sorted.length + PRIOR_RUNS);
  const minutes = Math.min(MOST_MINUTES, Math.max(LEAST_MINUTES, Math.ceil(raw / 15) * 15));
  return { minutes, runs: sorted.length, from: sorted[0] ?? null, to: sorted.at(-1) ?? null };
}

/**
 * Places sessions into free time, each as early as it fits: by what must come first, then deadline,
 * then priority. A proposal only: nothing is planned by it.
 */
export function propose(request: {
  wanted: readonly Wanted[];
  from: number;
  to: number;
  zone: string;
  hours: WorkingHours;
  busy: readonly Stretch[];
  /** Micro-dollars that may still be used in a window of 5 hours; null: no limit known. */
  windowBudget: number | null;
}): Proposal[] {
  const placed = new Map<string, Proposal & { cost: number | null }>();
  for (const wanted of inOrder(request.wanted)) {
    const duration = predictDuration(wanted.past);
    const ms = duration.minutes * MINUTE_MS;
    const ends = wanted.after.map((name) => placed.get(name)?.endsAt ?? request.from);
    const earliest = Math.max(request.from, ...ends);
    const startsAt = fit(request, [...placed.values()], { wanted, ms, earliest });
    if (startsAt === null) {
      const problem = 'It fits nowhere: no free time is long enough.';
      const never = { startsAt: request.to, endsAt: request.to + ms };
      placed.set(wanted.name, {
        name: wanted.name,
        ...never,
        duration,
        problem,
        cost: wanted.cost,
      });
      continue;
    }
    const endsAt = startsAt + ms;
    const isLate = wanted.deadline !== null && endsAt > wanted.deadline;
    const problem = isLate ? 'It would end after its deadline.' : null;
    placed.set(wanted.name, {
      name: wanted.name,
      startsAt,
      endsAt,
      duration,
      problem,
      cost: wanted.cost,
    });
  }
  return [...placed.values()]
    .map(({ cost: _, ...proposal }) => proposal)
    .sort((a, b) => a.startsAt - b.startsAt);
}

function fit(
  { from, to, zone, hours, busy, windowBudget }: Parameters<typeof propose>[0],
  placed: readonly (Stretch & { cost: number | null })[],
  { wanted, ms, earliest }: { wanted: Wanted; ms: number; earliest: number },
): number | null {
  const free = freeStretches({ from, to, zone, hours, busy: [...busy, ...placed] });
  let after = earliest;
  for (;;) {
    const at = firstFit(free, ms, after);
    if (at === null || windowBudget === null || wanted.cost === null) return at;
    const near = placed.filter(({ startsAt }) => Math.abs(startsAt - at) < WINDOW_MS);
    const used = near.reduce((sum, { cost }) => sum + (cost ?? 0), 0);
    if (used + wanted.cost <= windowBudget * RESERVE || near.length === 0) return at;
    // Past the reset of the window that the first of them opens.
    after = Math.min(...near.map(({ startsAt }) => startsAt)) + WINDOW_MS;
    if (after <= at) return at;
  }
}

/** The provider's limit window. */
const WINDOW_MS = 5 * 60 * MINUTE_MS;

/** Those that others wait for come first; of equals the one with the nearer deadline. */
function inOrder(wanted: readonly Wanted[]): Wanted[] {
  const open = new Map(wanted.map((one) => [one.name, one]));
  const order: Wanted[] = [];
  while (open.size > 0) {
    const free = [...open.values()].filter(({ after }) => !after.some((name) => open.has(name)));
    // A circle: none can be first, so all are taken as they stand.
    const next = (free.length > 0 ? free : [...open.values()]).toSorted(byUrgency)[0];
    if (!next) break;
    order.push(next);
    open.delete(next.name);
  }
  return order;
}

function byUrgency(a: Wanted, b: Wanted): number {
  const [first, second] = [a.deadline ?? Infinity, b.deadline ?? Infinity];
  return first === second ? b.priority - a.priority : first - second;
}
