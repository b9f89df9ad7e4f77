import { momentOf, wallTime } from './occurrences.js';

const MINUTE_MS = 60_000;
const DAY_MS = 86_400_000;
const GRID_MS = 15 * MINUTE_MS;
/** Room to come from one thing to the next. */
const MARGIN_MS = 10 * MINUTE_MS;

export type Stretch = { startsAt: number; endsAt: number };

/** Local working hours: days from Monday 1 to Sunday 7, times as 09:30. */
export type WorkingHours = { days: readonly number[]; from: string; to: string };

/**
 * Free stretches between two moments (epoch ms), in order: working hours in the zone less what is
 * busy, with 10 minutes around it.
 */
export function freeStretches({
  from,
  to,
  zone,
  hours,
  busy,
}: {
  from: number;
  to: number;
  zone: string;
  hours: WorkingHours;
  busy: readonly Stretch[];
}): Stretch[] {
  const taken = busy
    .map(({ startsAt, endsAt }) => ({ startsAt: startsAt - MARGIN_MS, endsAt: endsAt + MARGIN_MS }))
    .sort((a, b) => a.startsAt - b.startsAt);
  const free: Stretch[] = [];
  for (const day of workingDays(from, to, zone, hours)) {
    let at = Math.max(day.startsAt, from);
    const end = Math.min(day.endsAt, to);
    for (const { startsAt, endsAt } of taken) {
      if (endsAt <= at || startsAt >= end) continue;
      if (startsAt > at) free.push({ startsAt: at, endsAt: startsAt });
      at = Math.max(at, endsAt);
    }
    if (at < end) free.push({ startsAt: at, endsAt: end });
  }
  return free;
}

/** The first start on the grid of quarter hours at which `ms` fit into a free stretch; null: none. */
export function firstFit(free: readonly Stretch[], ms: number, after: number): number | null {
  for (const { startsAt, endsAt } of free) {
    const at = Math.ceil(Math.max(startsAt, after) / GRID_MS) * GRID_MS;
    if (at + ms <= endsAt) return at;
  }
  return null;
}

function* workingDays(
  from: number,
  to: number,
  zone: string,
  { days, from: opens, to: closes }: WorkingHours,
): Generator<Stretch> {
  const first = Date.parse(`${wallTime(from, zone).slice(0, 10)}T00:00:00Z`);
  for (let day = first; day <= to + DAY_MS; day += DAY_MS) {
    // 1970-01-01 was a Thursday.
    const weekday = ((Math.floor(day / DAY_MS) + 3) % 7) + 1;
    if (!days.includes(weekday)) continue;
    const date = new Date(day).toISOString().slice(0, 10);
    const startsAt = momentOf(`${date}T${opens}:00`, zone);
    const endsAt = momentOf(`${date}T${closes}:00`, zone);
    if (startsAt < to && endsAt > from && endsAt > startsAt) yield { startsAt, endsAt };
  }
}
