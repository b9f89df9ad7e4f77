import { describe, expect, it } from 'vitest';
import { readRule, ruleOf } from './repetition';

describe('repetition', () => {
  it.each([
    null,
    'FREQ=DAILY',
    'FREQ=WEEKLY;BYDAY=MO,TU,WE,TH,FR',
    'FREQ=WEEKLY;BYDAY=MO,TH',
    'FREQ=WEEKLY',
    'FREQ=MONTHLY;BYDAY=-1FR',
    'FREQ=WEEKLY;COUNT=4;BYDAY=MO',
  ])('keeps %s as it is', (rule) => {
    expect(ruleOf(readRule(rule))).toBe(rule);
  });

  it('writes days in the order of the week', () => {
    expect(ruleOf({ kind: 'weekly', days: ['FR', 'MO'], rule: '' })).toBe(
      'FREQ=WEEKLY;BYDAY=MO,FR',
    );
    expect(ruleOf({ kind: 'custom', days: [], rule: '  ' })).toBe(null);
  });
});
