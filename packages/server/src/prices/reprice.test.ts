import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { mkdir, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { foldSession, setListedPrices, setPriceOverrides } from '@claude-optimizer/core';
import type { SessionState } from '@claude-optimizer/protocol';
import { openSqliteStore } from '@claude-optimizer/store';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { STORE_FILE } from '../config/data-dir.js';
import { followTranscripts } from '../reports/follow-transcripts.js';
import { previewPrices, priceHistory, repriceHere } from './manage-prices.js';

let home: string;
beforeEach(() => {
  home = mkdtempSync(path.join(tmpdir(), 'reprice-'));
});
afterEach(() => {
  setPriceOverrides({});
  setListedPrices(null);
  rmSync(home, { recursive: true, force: true });
});

const SESSION = '11111111-1111-4111-8111-111111111111';
const dataDir = () => path.join(home, 'data');

function line(id: string, model: string, usage: object): string {
  return JSON.stringify({
    ...{ type: 'assistant', uuid: id, sessionId: SESSION, timestamp: '2026-11-01T10:00:00.000Z' },
    ...{ requestId: `r-${id}`, cwd: '/shop', version: '2.1.330' },
    message: {
      ...{ id, model, role: 'assistant', stop_reason: 'end_turn' },
      content: [{ type: 'text', text: 'Done.' }],
      usage: { input_tokens: 1_000_000, output_tokens: 0, ...usage },
    },
  });
}

async function index(lines: string[]): Promise<void> {
  const folder = path.join(home, 'claude', 'projects', '-shop');
  await mkdir(folder, { recursive: true });
  await mkdir(dataDir(), { recursive: true });
  await writeFile(path.join(folder, `${SESSION}.jsonl`), `${lines.join('\n')}\n`);
  const following = await followTranscripts({
    claudeDirs: [path.join(home, 'claude')],
    dataDir: dataDir(),
    now: () => Date.now(),
    onProgress: () => {},
  });
  await following.indexed;
  await following.close();
}

function override(model: string, input: number): void {
  const rates = { input, output: 0, cacheRead: 0, cacheWrite5m: 0, cacheWrite1h: 0 };
  writeFileSync(
    path.join(dataDir(), 'config.json'),
    JSON.stringify({ prices: { [model]: rates } }),
  );
}

async function look() {
  const store = await openSqliteStore(path.join(dataDir(), STORE_FILE));
  try {
    const state = (await store.sessions([SESSION])).get(SESSION)?.state;
    let folded: SessionState | null = null;
    for (const event of await store.eventsAfter(0, 1_000)) folded = foldSession(folded, event);
    const periods = [{ from: 0, to: 4_000_000_000_000, offsetMs: 0 }];
    return { state, folded, sums: await store.usageSums({ periods, by: ['model'] }) };
  } finally {
    await store.close();
  }
}

test('gives an unknown model its price, in responses, slots, session and fold alike', async () => {
  await index([line('a', 'house-model', {}), line('b', 'house-model', { speed: 'fast' })]);
  expect((await look()).state?.summary.usage.costMicrodollars).toBeNull();
  override('house-model', 3);
  const preview = await previewPrices(dataDir());
  expect(preview.models).toEqual([
    {
      model: 'house-model',
      responses: 1,
      tokens: 1_000_000,
      beforePicodollars: null,
      afterPicodollars: 3e12,
    },
  ]);
  expect((await look()).state?.summary.usage.costMicrodollars).toBeNull();
  expect(await repriceHere(dataDir(), 'a test')).toEqual(preview);
  const { state, folded, sums } = await look();
  expect(state?.summary.usage.costMicrodollars).toBe(3_000_000);
  // Fast mode still has no price.
  expect(state?.summary).toMatchObject({ basis: 'unknown', unpriced: { messages: 1 } });
  expect(folded?.summary.usage).toEqual(state?.summary.usage);
  expect(sums.map(({ costPicodollars }) => costPicodollars)).toEqual([3e12]);
});

test('is the same when done again, and says each change once', async () => {
  await index([line('a', 'house-model', {})]);
  override('house-model', 3);
  await repriceHere(dataDir(), 'first');
  expect((await repriceHere(dataDir(), 'second')).models).toEqual([]);
  override('house-model', 5);
  await repriceHere(dataDir(), 'third');
  const { state } = await look();
  expect(state?.summary.usage.costMicrodollars).toBe(5_000_000);
  expect(state?.summary.basis).toBe('exact');
  const changes = await priceHistory(dataDir(), 10);
  expect(changes.map(({ reason }) => reason)).toEqual(['third', 'first']);
  expect(changes.every(({ finishedAt }) => finishedAt !== null)).toBe(true);
  expect(changes[0]).toMatchObject({ beforePicodollars: 3e12, afterPicodollars: 5e12 });
});

test('takes half for what was in a batch, before and after', async () => {
  await index([line('a', 'house-model', { service_tier: 'batch' })]);
  override('house-model', 3);
  await repriceHere(dataDir(), 'a test');
  expect((await look()).state?.summary.usage.costMicrodollars).toBe(1_500_000);
});

test('knows that a model turned out to cost nothing, beside one that still has no price', async () => {
  await index([line('a', 'house-model', {}), line('b', 'guest-model', {})]);
  override('house-model', 0);
  await repriceHere(dataDir(), 'a test');
  const { state, folded } = await look();
  expect(state?.summary).toMatchObject({
    basis: 'unknown',
    unpriced: { messages: 1, tokens: 1_000_000 },
    usage: { costMicrodollars: 0 },
  });
  expect(folded?.summary).toEqual(state?.summary);
});
