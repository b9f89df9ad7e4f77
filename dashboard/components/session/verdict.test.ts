import { describe, expect, it } from 'vitest';
import { budgetLevel, verdict } from './verdict';

const now = new Date(2026, 10, 23, 13, 0).getTime();
const dollars = (amount: number) => amount * 1_000_000;
const running = { budget: dollars(2), forecastAt: null, isOpen: true, now };

describe('budgetLevel', () => {
  it.each([
    [1.59, 'within'],
    [1.6, 'warning'],
    [1.99, 'warning'],
    [2, 'over'],
  ])('of $%s of $2 is %s', (spent, level) => {
    expect(budgetLevel({ spent: dollars(spent), budget: dollars(2) })).toBe(level);
  });

  it('needs both a cost and a budget', () => {
    expect(budgetLevel({ spent: null, budget: dollars(2) })).toBe('none');
    expect(budgetLevel({ spent: dollars(2), budget: null })).toBe('none');
  });
});

describe('verdict', () => {
  it('tells when the budget will be passed', () => {
    const forecastAt = now + 12 * 60_000;
    expect(verdict({ ...running, spent: dollars(1), forecastAt })).toBe(
      'At this pace spent at about 13:12, in 12m 00s',
    );
    expect(verdict({ ...running, spent: dollars(1.7), forecastAt })).toBe(
      'Nearly spent: at this pace spent at about 13:12, in 12m 00s',
    );
  });

  it('names the day when it isn’t today', () => {
    const forecastAt = now + 49 * 60 * 60_000;
    expect(verdict({ ...running, spent: dollars(1), forecastAt })).toBe(
      'At this pace spent at about Wed 25 Nov 2026, 14:00:00, in 2d 1h',
    );
  });

  it('tells no future where there is none', () => {
    const spent = dollars(1.7);
    expect(verdict({ ...running, spent })).toMatch(/^Nearly spent; nothing was spent/u);
    expect(verdict({ ...running, spent: 1 })).toMatch(/^Within budget; nothing was spent/u);
    const ended = { ...running, isOpen: false, forecastAt: now + 60_000 };
    expect(verdict({ ...ended, spent })).toBe('Ended with its budget nearly spent');
    expect(verdict({ ...ended, spent: 1 })).toBe('Ended within its budget');
  });

  it('says by how much it is over, ended or not', () => {
    expect(verdict({ ...running, spent: dollars(2.5) })).toBe('Over budget by $0.50');
    expect(verdict({ ...running, spent: dollars(2), isOpen: false })).toBe('Budget spent');
  });

  it('says what isn’t known', () => {
    expect(verdict({ ...running, spent: null })).toBe('Budget $2.00; the cost is not known.');
    expect(verdict({ ...running, budget: null, spent: 1 })).toMatch(/^No budget/u);
  });
});
