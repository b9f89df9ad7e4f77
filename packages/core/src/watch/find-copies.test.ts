import type { Plan } from '@claude-optimizer/protocol';
import { expect, it } from 'vitest';
import { findCopies } from './find-copies.js';

const planOf = (facts: Partial<Plan>) =>
  ({
    uid: facts.id,
    recurrence: null,
    startsAt: 1,
    title: 'T',
    project: 'p',
    path: null,
    ...facts,
  }) as Plan;

it('lets the earlier calendar have a plan that stands in two', () => {
  const plans = [
    planOf({ id: 'a', source: 'work', uid: 'u' }),
    planOf({ id: 'b', source: 'own', uid: 'u', title: 'other' }),
    planOf({ id: 'c', source: 'phone', title: 't ', startsAt: 9 }),
    planOf({ id: 'd', source: 'work', title: 'T', startsAt: 9 }),
    planOf({ id: 'e', source: 'phone', title: 'T', startsAt: 10 }),
  ];
  expect(findCopies(plans, ['own', 'work', 'phone'])).toEqual(
    new Map([
      ['a', 'own'],
      ['c', 'work'],
    ]),
  );
});

it('takes two alike in one calendar for two', () => {
  const plans = [planOf({ id: 'a', source: 'own' }), planOf({ id: 'b', source: 'own' })];
  expect(findCopies(plans, ['own'])).toEqual(new Map());
});
