import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import type { SessionSummary, Usage } from '@claude-optimizer/protocol';
import { afterEach, beforeEach, expect, it } from 'vitest';
import { reconcile } from './reconcile.js';

const MODEL = 'claude-sonnet-4-5-20250929';
const AT = Date.parse('2026-03-02T09:00:00Z');
const usage: Usage = {
  ...{ inputTokens: 1_234, outputTokens: 5_678, cacheReadTokens: 456_789 },
  ...{ cacheWrite5mTokens: 0, cacheWrite1hTokens: 0 },
  messages: 1,
  costMicrodollars: 225_909,
};

let folder = '';
beforeEach(() => {
  folder = mkdtempSync(path.join(tmpdir(), 'reconcile-'));
});
afterEach(() => {
  rmSync(folder, { recursive: true, force: true });
});

/** A session by our count, and its transcript with the client's. */
function compare(client: { costUSD: number; outputTokens?: number }) {
  const { costUSD, outputTokens = 5_678 } = client;
  const modelUsage = {
    [MODEL]: {
      ...{ inputTokens: 1_234, outputTokens, cacheReadInputTokens: 456_789 },
      ...{ cacheCreationInputTokens: 0, cacheCreationEphemeral1hInputTokens: 0, costUSD },
    },
  };
  const file = path.join(folder, 's.jsonl');
  const lines = ['{"type":"user"}', JSON.stringify({ type: 'cost-state', modelUsage }), ''];
  writeFileSync(file, lines.join('\n'));
  const clientCost = { microdollars: Math.round(costUSD * 1_000_000), at: AT };
  const summary = { id: 's', title: 'T', usage, incomplete: 3, clientCost } as SessionSummary;
  const store = {
    list: () => {
      const sessions = [{ ...summary, hidden: false, launch: null }];
      return Promise.resolve({ sessions, total: 1, nextCursor: null });
    },
    usageByModel: () => Promise.resolve([{ model: MODEL, usage, costFraction: 0, unpriced: 0 }]),
  };
  return reconcile(store, [file]);
}

it('says nothing where the sums agree', async () => {
  expect(await compare({ costUSD: 0.225909 })).toEqual({
    compared: 1,
    differ: 0,
    differences: [],
    incomplete: 3,
    override: null,
  });
});

it('names the price that explains a difference, and the override that settles it', async () => {
  // A cache read at 0.15 instead of 0.3.
  const { differences, override } = await compare({ costUSD: 0.15739 });
  expect(differences).toMatchObject([
    {
      sessionId: 's',
      oursMicrodollars: 225_909,
      clientsMicrodollars: 157_390,
      models: [{ model: MODEL, rate: { rate: 'cacheRead', ours: 0.3, clients: 0.15 } }],
    },
  ]);
  expect(override?.prices[MODEL]).toMatchObject({ input: 3, output: 15, cacheRead: 0.15 });
});

it('names the kind of token that explains a difference', async () => {
  const { differences, override } = await compare({ costUSD: 0.230739, outputTokens: 6_000 });
  expect(differences[0]?.models).toMatchObject([
    { kinds: [{ kind: 'outputTokens', ours: 5_678, clients: 6_000 }], rate: null },
  ]);
  expect(override).toBeNull();
});
