export {
  formatChange,
  formatCost,
  formatExact,
  formatPercent,
  formatTokens,
} from '@claude-optimizer/protocol';

const SECOND = 1_000;
const MINUTE = 60 * SECOND;
const HOUR = 60 * MINUTE;
const DAY = 24 * HOUR;

// By hand: a page formats hundreds of them, and Intl takes its time.
const WEEKDAYS = ['Sun', 'Mon', 'Tue', 'Wed', 'Thu', 'Fri', 'Sat'];
const MONTHS = 'Jan Feb Mar Apr May Jun Jul Aug Sep Oct Nov Dec'.split(' ');
const twoDigits = (n: number) => String(Math.floor(n)).padStart(2, '0');

/** Milliseconds in at most two units: `340ms`, `12s`, `4m 12s`, `1h 04m`, `3d 4h`. */
export function formatDuration(ms: number): string {
  const span = Math.max(0, ms);
  if (span < SECOND) return `${Math.round(span)}ms`;
  if (span < MINUTE) return `${Math.floor(span / SECOND)}s`;
  if (span < HOUR) return `${Math.floor(span / MINUTE)}m ${twoDigits((span % MINUTE) / SECOND)}s`;
  if (span < DAY) return `${Math.floor(span / HOUR)}h ${twoDigits((span % HOUR) / MINUTE)}m`;
  return `${Math.floor(span / DAY)}d ${Math.floor((span % DAY) / HOUR)}h`;
}

/** How long ago (epoch ms both): `now`, `12s ago`, `4m ago`, `3h ago`, `2d ago`, `3 Nov`. */
export function formatRelative(at: number, now: number): string {
  const age = now - at;
  if (age < 5 * SECOND) return 'now';
  if (age < MINUTE) return `${Math.floor(age / SECOND)}s ago`;
  if (age < HOUR) return `${Math.floor(age / MINUTE)}m ago`;
  if (age < DAY) return `${Math.floor(age / HOUR)}h ago`;
  if (age < 7 * DAY) return `${Math.floor(age / DAY)}d ago`;
  const date = new Date(at);
  const year = date.getFullYear();
  const day = `${date.getDate()} ${MONTHS[date.getMonth()]}`;
  return year === new Date(now).getFullYear() ? day : `${day} ${year}`;
}

/** The moment in full, in the reader's zone: `Mon 23 Nov 2026, 14:05:09`. */
export function formatMoment(at: number): string {
  const date = new Date(at);
  const day = `${WEEKDAYS[date.getDay()]} ${date.getDate()} ${MONTHS[date.getMonth()]}`;
  return `${day} ${date.getFullYear()}, ${formatClock(at)}`;
}

/** Time of day in the reader's zone: `14:05:09`. */
export function formatClock(at: number): string {
  const date = new Date(at);
  return [date.getHours(), date.getMinutes(), date.getSeconds()].map(twoDigits).join(':');
}

/** The last part of a working directory, as people call a project. */
export function projectName(path: string | null): string {
  if (path === null) return 'no project';
  return path.split(/[/\\]+/).findLast((part) => part !== '') ?? path;
}

/**
 * A model id as people call it: `claude-opus-4-5-20251101` → `Opus 4.5`; ids that don't follow
 * the pattern stay as they are.
 */
export function modelName(id: string): string {
  const bare = id.replace(/^.*anthropic[./]/, '').replace(/(@|-v\d).*$/, '');
  const long = /\[1m\]$/.test(id) ? ' 1M' : '';
  const parts = /^claude-(.+?)(?:-(?:\d{8}|latest))?(?:\[1m\])?$/.exec(bare)?.[1]?.split('-');
  const family = parts?.find((part) => /^[a-z]+$/.test(part));
  if (!parts || family === undefined) return id;
  const version = parts.filter((part) => /^\d+$/.test(part)).join('.');
  const name = family.charAt(0).toUpperCase() + family.slice(1);
  return (version === '' ? name : `${name} ${version}`) + long;
}

/** A tool as people call it: `mcp__github__create_issue` → `github · create_issue`. */
export function toolName(name: string): string {
  const [, server, tool] = /^mcp__(.+?)__(.+)$/.exec(name) ?? [];
  return server && tool ? `${server} · ${tool}` : name;
}
