import { execFile } from 'node:child_process';
import fs from 'node:fs';
import path from 'node:path';
import { promisify } from 'node:util';
import { describe, expect, it } from 'vitest';
import * as z from 'zod';
import { inRepo } from '../../scripts/lib/places.mjs';
import { tempFolder, undoAfter } from '../support/cleanup.js';
import { firstGap, indexTree, rounded, shownBySession, usageBySession } from './indexed.js';
import { exactCost } from './prices.js';
import { byDayAndModel, recount, type Tokens } from './recount.js';

const run = promisify(execFile);
const defer = undoAfter('each');
const GENERATOR = inRepo('../shared/tools/gen.mjs');
const CORPUS = inRepo('../shared/corpora');

const sums = z
  .object({
    input: z.int(),
    output: z.int(),
    cache5m: z.int(),
    cache1h: z.int(),
    cacheRead: z.int(),
    messages: z.int(),
  })
  .transform(({ input, output, cache5m, cache1h, cacheRead, messages }) => ({
    tokens: [input, output, cache5m, cache1h, cacheRead] as Tokens,
    messages,
  }));
const expectedSchema = z.object({
  params: z.object({ sessions: z.int() }),
  byDayModel: z.record(z.string(), sums),
  bySession: z.record(z.string(), sums),
});

if (!fs.existsSync(GENERATOR)) {
  console.log(`THE REFERENCE TREES WERE NOT CHECKED: there is no ${GENERATOR}`);
}
if (!fs.existsSync(CORPUS)) {
  console.log(`THE REAL TRANSCRIPTS WERE NOT CHECKED: there is no ${CORPUS}`);
}

describe.skipIf(!fs.existsSync(GENERATOR))('a tree of the reference generator', () => {
  it.each([
    { name: 'S', projects: 12, sessions: 100, mb: 50, seed: 1 },
    { name: 'M', projects: 40, sessions: 1_000, mb: 500, seed: 2 },
    { name: 'of another seed', projects: 7, sessions: 60, mb: 25, seed: 271_828 },
    { name: 'of a fourth seed', projects: 20, sessions: 150, mb: 30, seed: 31_415 },
  ])(
    '$name is read to the token and the micro-dollar',
    async ({ projects, sessions, mb, seed }) => {
      const tree = path.join(tempFolder(defer), 'tree');
      const size = ['--projects', projects, '--sessions', sessions, '--lines', 125, '--mb', mb];
      const args = [GENERATOR, '--out', tree, ...size, '--seed', seed].map(String);
      await run(process.execPath, args, { maxBuffer: 1e7 });
      const json: unknown = JSON.parse(fs.readFileSync(`${tree}.expected.json`, 'utf8'));
      const expected = expectedSchema.parse(json);

      const found = await indexTree(tree, defer, { timeoutMs: 240_000 });

      const { stored } = found;
      const days = Object.entries(expected.byDayModel).map(([key, { tokens }]) => [key, tokens]);
      expect(byDayAndModel(stored.usage)).toEqual(Object.fromEntries(days));
      expect(tokensBySession(stored.usage)).toEqual(expected.bySession);
      for (const { model, tokens, cost } of stored.usage) {
        // Not by `expect`: there are a hundred thousand of them.
        if (cost !== exactCost(model, tokens))
          expect({ model, tokens, cost }).toBe('priced otherwise');
      }
      expect(found.sessions).toHaveLength(expected.params.sessions);
      expect(found.sessionsTotal).toBe(expected.params.sessions);
      expect(shownBySession(found.sessions)).toEqual(rounded(usageBySession(stored)));
      expect(found.malformedLines).toBe(0);
      expect(firstGap(stored)).toBeNull();
    },
    420_000,
  );
});

describe.skipIf(!fs.existsSync(CORPUS))('the real transcripts', () => {
  it('are read without a lost token', async () => {
    const home = tempFolder(defer);
    await run('python3', [path.join(CORPUS, 'mkhome.py'), 'transcripts', home]);
    const claudeDir = path.join(home, '.claude');
    const { stored, sessions } = await indexTree(claudeDir, defer, { timeoutMs: 120_000 });
    expect(byDayAndModel(stored.usage)).toEqual(byDayAndModel(recount(claudeDir).values()));
    expect(firstGap(stored)).toBeNull();
    expect(sessions.length).toBeGreaterThan(150);
  }, 240_000);
});

function tokensBySession(
  usage: readonly { session: string; tokens: Tokens }[],
): Record<string, { tokens: Tokens; messages: number }> {
  const found: Record<string, { tokens: Tokens; messages: number }> = {};
  for (const { session, tokens } of usage) {
    const sum = (found[session] ??= { tokens: [0, 0, 0, 0, 0], messages: 0 });
    for (const [kind, amount] of tokens.entries())
      sum.tokens[kind] = (sum.tokens[kind] ?? 0) + amount;
    sum.messages += 1;
  }
  return found;
}
