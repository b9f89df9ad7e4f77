import { expect, it } from 'vitest';
import { contextSteps } from './context-steps.js';
import { findings } from './findings.js';
import { readStory } from './story.js';
import { Telling } from './told.fixture.js';

const MINUTE = 60_000;
const found = (told: Telling) => {
  const story = readStory(told.events);
  return findings(story, contextSteps(story)).map(({ kind, tokens, cost, evidence }) => ({
    ...{ kind, tokens, cost },
    about: evidence.map(({ about }) => about),
  }));
};
const started = () => new Telling().prompt(0);
const cached = (cacheReadTokens: number, cacheWrite5mTokens = 500) => ({
  ...{ cacheReadTokens, cacheWrite5mTokens, outputTokens: 900 },
});

it('finds what a pause cost, and how long it was', () => {
  const told = started()
    .response(0, 'm1', cached(0, 40_000), 90e6)
    .response(1_000, 'm2', cached(40_000), 10e6)
    .response(10 * MINUTE, 'm3', cached(0, 41_000), 95e6)
    .response(11 * MINUTE, 'm4', cached(41_000), 10e6)
    .response(90 * MINUTE, 'm5', cached(0, 42_000), 99e6);
  expect(found(told)).toEqual([
    {
      ...{ kind: 'miss-after-hour', tokens: 42_000, cost: 99 },
      about: [{ type: 'pause', ms: 79 * MINUTE }],
    },
    {
      ...{ kind: 'miss-after-pause', tokens: 41_000, cost: 95 },
      about: [{ type: 'pause', ms: 10 * MINUTE - 1_000 }],
    },
  ]);
});

it('blames another model for the miss, not the pause, and a compaction for none', () => {
  const told = started()
    .response(0, 'm1', cached(0, 90_000), 90e6)
    .response(30 * MINUTE, 'm2', cached(0, 90_000), 50e6, { model: 'claude-haiku-4-5' })
    .response(31 * MINUTE, 'm3', cached(0, 20_000), 20e6, { model: 'claude-haiku-4-5' });
  expect(found(told)).toEqual([
    {
      ...{ kind: 'miss', tokens: 90_000, cost: 50 },
      about: [{ type: 'model', from: 'claude-opus-4-5', to: 'claude-haiku-4-5' }],
    },
  ]);
});

it('finds large results, repeated reads, calls that failed and long contexts', () => {
  const told = started().response(0, 'm0', cached(1_000), 1e6);
  const file = '/p/big.ts';
  for (const [at, id] of ['r1', 'r2', 'r3'].entries()) {
    const tokens = cached((at + 1) * 15_000);
    told.use(at * 100 + 1, id, 'Read').done(at * 100 + 50, id, { file });
    told.response(at * 100 + 60, `m${id}`, tokens, 2e6);
  }
  told.use(500, 'x', 'Bash').done(600, 'x', { outcome: 'error' });
  told.response(700, 'long', cached(120_000), 64e6);
  expect(found(told).map(({ kind, tokens, cost }) => [kind, tokens, cost])).toEqual([
    ['long-context', 120_500, 64],
    ['failed-calls', 900, 2],
    // 44,000 more than before, by the three reads; and 75,000 by the command.
    ['large-results', 119_000, null],
    ['repeated-reads', 44_000, null],
  ]);
  expect(found(told).at(-1)?.about).toEqual([{ type: 'file', file, reads: 3 }]);
});

it('finds a top model on small work, but not where a file was changed', () => {
  const small = { inputTokens: 10, outputTokens: 40 };
  const told = started()
    .response(1, 'm1', small, 5e6)
    .prompt(100)
    .response(101, 'm2', small, 6e6)
    .use(102, 'e', 'Edit')
    .done(103, 'e', { file: '/p/a', linesAdded: 1, linesRemoved: 0 })
    .prompt(200)
    .response(201, 'm3', small, 7e6, { model: 'claude-haiku-4-5' });
  expect(found(told)).toEqual([
    {
      ...{ kind: 'top-model', tokens: 40, cost: 5 },
      about: [{ type: 'turn', number: 1, prompt: 'Go', models: ['claude-opus-4-5'] }],
    },
  ]);
});
