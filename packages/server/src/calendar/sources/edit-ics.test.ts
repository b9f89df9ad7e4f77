import { expect, it } from 'vitest';
import { eventOf, withEvent, withoutEvent } from './edit-ics.js';

const lines = (...all: string[]) => `${all.join('\r\n')}\r\n`;
const event = (uid: string, title: string, ...more: string[]) => [
  'BEGIN:VEVENT',
  `UID:${uid}`,
  ...more,
  `SUMMARY:${title}`,
  'BEGIN:VALARM',
  'UID:b',
  'END:VALARM',
  'END:VEVENT',
];
const zone = (id: string) => ['BEGIN:VTIMEZONE', `TZID:${id}`, 'END:VTIMEZONE'];
const calendar = (...inner: string[]) => lines('BEGIN:VCALENDAR', ...inner, 'END:VCALENDAR');

const A = event('a', 'one');
const B = event('b', 'two', 'X-ODD;P="a:b":kept as it is');
const B_MOVED = event('b', 'two, moved', 'RECURRENCE-ID:20260302T090000Z');

it('replaces an event with all its exceptions, and leaves every other line as it was', () => {
  const before = calendar('X-WR-CALNAME:mine', ...zone('Europe/Berlin'), ...A, ...B, ...B_MOVED);
  const after = withEvent(before, 'b', calendar(...zone('Europe/Berlin'), ...event('b', 'new')));
  expect(after).toBe(
    calendar('X-WR-CALNAME:mine', ...zone('Europe/Berlin'), ...A, ...event('b', 'new')),
  );
});

it('adds an event with the zone that it needs', () => {
  const after = withEvent(calendar(...A), 'b', calendar(...zone('Asia/Tokyo'), ...B));
  expect(after).toBe(calendar(...A, ...zone('Asia/Tokyo'), ...B));
  expect(withEvent(calendar(), 'a', calendar(...A, ...B))).toBe(calendar(...A));
});

it('takes an event out', () => {
  expect(withoutEvent(calendar(...A, ...B, ...B_MOVED), 'b')).toBe(calendar(...A));
  expect(withoutEvent(calendar(...A), 'b')).toBe(calendar(...A));
});

it('knows an UID that is folded or has parameters, and no other one that begins alike', () => {
  const folded = ['BEGIN:VEVENT', 'UIDX:c', 'UID;X-P=1:long', ' er@ex', '\tample', 'END:VEVENT'];
  expect(withoutEvent(calendar(...folded), 'longer@example')).toBe(calendar());
  expect(withoutEvent(calendar(...folded), 'c')).toBe(calendar(...folded));
  expect(withoutEvent(calendar(...folded), 'long')).toBe(calendar(...folded));
});

it('keeps the line breaks of the file', () => {
  const unix = calendar(...A).replaceAll('\r\n', '\n');
  expect(withEvent(unix, 'b', calendar(...B))).toBe(calendar(...A, ...B).replaceAll('\r\n', '\n'));
});

it('shows one event alone, with the zones', () => {
  const one = eventOf(calendar(...zone('Asia/Tokyo'), ...A, ...B, ...B_MOVED), 'b');
  expect(one).toContain('TZID:Asia/Tokyo');
  expect(one).not.toContain('UID:a');
  expect(one?.match(/BEGIN:VEVENT/g)).toHaveLength(2);
  expect(eventOf(calendar(...A), 'z')).toBeNull();
});
