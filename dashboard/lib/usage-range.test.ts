import { describe, expect, it } from 'vitest';
import {
  firstDay,
  longStep,
  readRange,
  shortStep,
  stepOf,
  stepsBetween,
  usageSpans,
  usageSteps,
  writeRange,
} from './usage-range';

describe('the range in the address', () => {
  it('is read as it was written', () => {
    for (const step of usageSteps) {
      for (const span of usageSpans) {
        expect(readRange(writeRange({ step, span }))).toEqual({ step, span });
      }
    }
  });

  it('leaves the default out, and takes it for what it does not know', () => {
    expect(writeRange({ step: 'day', span: '30' })).toBe('');
    expect(readRange('?by=year&days=-3&x=1')).toEqual({ step: 'day', span: '30' });
  });
});

describe('steps', () => {
  it('counts today as one of the days', () => {
    expect(firstDay('7', '2028-03-03')).toBe('2028-02-26');
    expect(firstDay('all', '2028-03-03')).toBeNull();
  });

  it('follow each other over a leap day, a year and clock changes', () => {
    expect(stepsBetween('day', '2028-02-28', '2028-03-01')).toEqual([
      '2028-02-28',
      '2028-02-29',
      '2028-03-01',
    ]);
    expect(stepsBetween('month', '2026-11-30', '2027-01-01')).toEqual([
      '2026-11',
      '2026-12',
      '2027-01',
    ]);
    expect(stepsBetween('week', '2026-10-21', '2026-11-03')).toEqual([
      '2026-10-19',
      '2026-10-26',
      '2026-11-02',
    ]);
  });

  it('begin a week on Monday', () => {
    expect(stepOf('week', '2026-11-22')).toBe('2026-11-16');
    expect(stepOf('week', '2026-11-23')).toBe('2026-11-23');
  });

  it('are named briefly and in full', () => {
    expect(shortStep('2026-11-03')).toBe('3 Nov');
    expect(shortStep('2026-11')).toBe('Nov 2026');
    expect(longStep('day', '2026-11-03')).toBe('Tue 3 Nov 2026');
    expect(longStep('week', '2026-11-02')).toBe('Week of Mon 2 Nov 2026');
  });
});
