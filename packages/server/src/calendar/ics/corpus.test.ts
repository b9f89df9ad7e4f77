import fs from 'node:fs';
import path from 'node:path';
import { describe, expect, it } from 'vitest';
import { readCalendarsHere } from './read-calendars-here.js';

const FOLDER = path.join(import.meta.dirname, 'corpus');
const DEFAULTS = { UID: 'a', SUMMARY: 'Claude: shop', DESCRIPTION: '- [ ] Build auth' };

/**
 * A calendar and what it comes to in 2026. The expected times were reckoned by Python's dateutil
 * and zoneinfo or written by hand, never by this code.
 */
type Case = {
  name: string;
  /** The whole text, or the lines of its events without what all of them have. */
  text?: string;
  events?: string[][];
  zone?: string;
  me?: string[];
  /** `2026-03-27T01:30 90`: start in UTC and minutes, 60 where none are said. */
  plans?: string[];
  /** More than `plans` may come of it, but these must. */
  some?: boolean;
  /** For rules made to keep us busy: what comes of it counts less than that it ends. */
  most?: number;
  busy?: number;
  /** Words of which each is in one of the problems. */
  problems?: string[];
  planProblems?: string[];
};

const files = fs.readdirSync(FOLDER).sort();

describe.each(files)('%s', (file) => {
  const cases = JSON.parse(fs.readFileSync(path.join(FOLDER, file), 'utf8')) as Case[];

  it.each(cases)('$name', (one) => {
    const { plans, busy, problems } = readCalendarsHere({
      source: 's',
      objects: [one.text ?? textOf(one.events ?? [])],
      from: Date.parse('2026-01-01T00:00:00Z'),
      to: Date.parse('2027-01-01T00:00:00Z'),
      zone: one.zone ?? 'UTC',
      me: one.me ?? [],
    });
    const shown = plans.map(({ startsAt, endsAt, allDay }) => {
      const minutes = (endsAt - startsAt) / 60_000;
      const start = new Date(startsAt).toISOString().slice(0, 16);
      return `${start}${minutes === 60 ? '' : ` ${String(minutes)}`}${allDay ? ' all day' : ''}`;
    });
    if (one.plans && one.some) expect(shown).toEqual(expect.arrayContaining(one.plans));
    else if (one.plans) expect(shown).toEqual(one.plans);
    if (one.most !== undefined) expect(shown.length).toBeLessThanOrEqual(one.most);
    if (one.busy !== undefined) expect(busy).toHaveLength(one.busy);
    const said = problems.map(({ message }) => message).join('\n');
    for (const words of one.problems ?? []) expect(said).toContain(words);
    if (!one.problems && !one.some && one.most === undefined) expect(said).toBe('');
    const fields = plans.flatMap((plan) => plan.problems.map(({ field }) => field));
    expect(fields).toEqual(one.planProblems ?? []);
  });
});

it('holds every case of the reference', () => {
  const cases = files.map((file) => {
    return (JSON.parse(fs.readFileSync(path.join(FOLDER, file), 'utf8')) as Case[]).length;
  });
  expect(cases.reduce((sum, count) => sum + count, 0)).toBeGreaterThanOrEqual(206);
});

function textOf(events: string[][]): string {
  const lines = events.flatMap((event) => {
    const missing = Object.entries(DEFAULTS).filter(
      ([name]) => !event.some((line) => line.startsWith(name)),
    );
    const own = missing.map(([name, value]) => `${name}:${value}`);
    return ['BEGIN:VEVENT', ...own, ...event, 'END:VEVENT'];
  });
  return ['BEGIN:VCALENDAR', 'VERSION:2.0', ...lines, 'END:VCALENDAR', ''].join('\r\n');
}
