import type { CalendarState } from '@claude-optimizer/protocol';
import colors from 'picocolors';

const AT = new Intl.DateTimeFormat('en-GB', { dateStyle: 'medium', timeStyle: 'short' });

/** Calendars with where they are read from, what may start by them, and in red what failed. */
export function renderSources(calendars: readonly CalendarState[]): string {
  return calendars.map((state) => `${sourceLines(state).join('\n')}\n`).join('');
}

function sourceLines(state: CalendarState): string[] {
  const { id, name, kind, place, trust, plans, problems, refused, fetchedAt, error } = state;
  const read = fetchedAt === null ? 'not read yet' : `read ${AT.format(fetchedAt)}`;
  const count = plans === 1 ? '1 plan' : `${String(plans)} plans`;
  const odd = problems === 0 ? '' : `, ${String(problems)} with problems`;
  const title = `${colors.bold(id)}  ${name}  ${colors.dim(`${kind}, ${place}`)}`;
  const about = state.enabled ? `${count}${odd}; ${TRUSTS[trust]}; ${read}` : 'switched off';
  const why = refused.map(({ message, fix }) => `${message} ${fix}`);
  const bad = [...(error === null ? [] : [error]), ...why];
  return [title, `  ${about}`, ...bad.map((each) => `  ${colors.red(each)}`)];
}

const TRUSTS = {
  automatic: 'starts by itself',
  confirm: 'asks you once for each content',
  always: 'asks you before every start',
};
