import type { ToldLimits } from '@claude-optimizer/core/report';
import { formatCost } from '@claude-optimizer/protocol';
import { fromStatusLine } from '../limits/reported-limits.js';

/** What our store knows at this moment; all null where there is none. Costs in micro-dollars. */
export type StoredFigures = {
  today: number | null;
  lastHour: number | null;
  /** End of the estimated 5-hour window, epoch ms. */
  windowEndsAt: number | null;
};

export const NO_FIGURES: StoredFigures = { today: null, lastHour: null, windowEndsAt: null };

type Paint = (text: string) => string;
type Paints = { dim: Paint; warn: Paint; alarm: Paint };

/** Shares (percent) from which a figure is pressing, and from which it is urgent. */
const WARN = 70;
const ALARM = 90;

/**
 * The status line for what the client says of its session (`input`, any JSON) and what we know.
 * Parts that neither knows are left out. `now` in epoch ms.
 */
export function statusLine(
  input: unknown,
  stored: StoredFigures,
  { now, colors }: { now: number; colors: boolean },
): string {
  const said = fields(input);
  const paints = colors ? COLORED : PLAIN;
  const parts = [
    text(fields(said['model'])['display_name']) ?? text(fields(said['model'])['id']),
    costs(said, stored, paints),
    context(fields(said['context_window']), paints),
    cache(fields(said['prompt_cache']), now, paints),
    window(fromStatusLine(said['rate_limits']), stored, now, paints),
  ];
  const known = parts.filter((part) => part !== null);
  return known.length === 0 ? 'Claude Code Optimizer' : known.join(paints.dim(' · '));
}

function costs(said: Fields, { today, lastHour }: StoredFigures, { dim }: Paints): string | null {
  const session = number(fields(said['cost'])['total_cost_usd']);
  const own = session === null ? [] : [`${formatCost(Math.round(session * 1e6))} session`];
  const day = today === null ? [] : [`${formatCost(today)} today`];
  const pace = lastHour === null || lastHour === 0 ? [] : [dim(`${formatCost(lastHour)}/h`)];
  const all = [...own, ...day, ...pace];
  return all.length === 0 ? null : all.join(' ');
}

function context(said: Fields, paints: Paints): string | null {
  const used = number(said['used_percentage']);
  return used === null ? null : pressing(used, `context ${used.toFixed(0)} %`, paints);
}

function cache(said: Fields, now: number, { dim, warn }: Paints): string | null {
  const warm = said['warm'];
  if (typeof warm !== 'boolean') return null;
  if (!warm) return warn('cache cold');
  const ends = number(said['expires_at']);
  const left = ends === null ? null : (ends < 1e12 ? ends * 1_000 : ends) - now;
  return dim(left !== null && left > 0 ? `cache warm ${span(left)}` : 'cache warm');
}

function window(
  reported: ToldLimits,
  { windowEndsAt }: StoredFigures,
  now: number,
  paints: Paints,
): string | null {
  const told = reported.five_hour;
  if (told && told.resetsAt > now) {
    const week = reported.seven_day;
    const used = `5 h ${told.usedPercentage.toFixed(0)} %, ${span(told.resetsAt - now)} left`;
    const worst = Math.max(told.usedPercentage, week?.usedPercentage ?? 0);
    return pressing(
      worst,
      week ? `${used}, week ${week.usedPercentage.toFixed(0)} %` : used,
      paints,
    );
  }
  if (windowEndsAt === null || windowEndsAt <= now) return null;
  return paints.dim(`5 h window: about ${span(windowEndsAt - now)} left`);
}

function pressing(percent: number, words: string, { warn, alarm }: Paints): string {
  if (percent >= ALARM) return alarm(words);
  return percent >= WARN ? warn(words) : words;
}

function span(ms: number): string {
  const minutes = Math.max(1, Math.round(ms / 60_000));
  if (minutes < 60) return `${String(minutes)} m`;
  return `${String(Math.floor(minutes / 60))} h ${String(minutes % 60)} m`;
}

const sgr =
  (code: number): Paint =>
  (words) =>
    `\u001B[${String(code)}m${words}\u001B[0m`;
const COLORED: Paints = { dim: sgr(2), warn: sgr(33), alarm: sgr(31) };
const same: Paint = (words) => words;
const PLAIN: Paints = { dim: same, warn: same, alarm: same };

type Fields = Readonly<Record<string, unknown>>;

function fields(value: unknown): Fields {
  return typeof value === 'object' && value !== null ? (value as Fields) : {};
}

function number(value: unknown): number | null {
  return typeof value === 'number' && Number.isFinite(value) ? value : null;
}

/** A name on one line, without what a terminal would obey. */
function text(value: unknown): string | null {
  const name = typeof value === 'string' ? value.replace(/[\u0000-\u001F\u007F-\u009F]/gu, '') : '';
  return name === '' ? null : name;
}
