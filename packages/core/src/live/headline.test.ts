import { expect, it } from 'vitest';
import { belowHeadline, headline } from './headline.js';

const none = { answer: 0, failed: 0, prompt: 0, running: 0, idle: 0 };

it.each([
  [
    {},
    'Nothing needs you',
    'No active session. Start Claude Code in a project and it appears here.',
  ],
  [{ answer: 1 }, '1 session needs an answer', 'Nothing else is active'],
  [{ answer: 2, failed: 1, idle: 1 }, '2 sessions need an answer', '1 failed · 1 idle'],
  [{ failed: 2 }, '2 sessions have failed', 'Nothing else is active'],
  [{ prompt: 1, running: 3 }, 'Nothing needs you', '1 your turn · 3 running'],
])('says of %o what needs the person', (counts, first, second) => {
  const all = { ...none, ...counts };
  expect([headline(all), belowHeadline(all)]).toEqual([first, second]);
});
