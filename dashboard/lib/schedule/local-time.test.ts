import { describe, expect, it } from 'vitest';
import {
  dayKey,
  dayStart,
  localText,
  minutesOfDay,
  readDay,
  shifted,
  snapped,
  weekStart,
  weekText,
} from './local-time';

const at = (day: number, hours = 0, minutes = 0) =>
  new Date(2026, 10, day, hours, minutes).getTime();

describe('local time', () => {
  it('begins weeks on Monday', () => {
    expect(weekStart(at(29, 23))).toBe(at(23));
    expect(weekStart(at(23), 1)).toBe(at(30));
    expect(dayStart(at(23, 14), -1)).toBe(at(22));
  });

  it('moves by days and minutes of the clock, and snaps to quarters', () => {
    expect(shifted(at(23, 23, 45), 1, 30)).toBe(at(25, 0, 15));
    expect(snapped(at(23, 9, 7))).toBe(at(23, 9));
    expect(snapped(at(23, 9, 8))).toBe(at(23, 9, 15));
    expect(minutesOfDay(snapped(at(23, 9, 53)))).toBe(600);
  });

  it('reads the days that it writes and no others', () => {
    expect(readDay(dayKey(at(23, 5)))).toBe(at(23));
    for (const text of ['2026-02-30', '2026-1-1', 'today', null]) expect(readDay(text)).toBe(null);
  });

  it('writes a moment on the clocks of a zone', () => {
    expect(localText(Date.UTC(2026, 2, 29, 7), 'Europe/Berlin')).toBe('2026-03-29T09:00');
    expect(weekText(at(23))).toBe('23–29 Nov 2026');
    expect(weekText(at(30))).toBe('30 Nov–6 Dec 2026');
  });
});
