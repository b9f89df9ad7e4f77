import fs from 'node:fs';
import path from 'node:path';
import { expect, it } from 'vitest';
import { tempFolder, undoAfter } from '../support/cleanup.js';
import { firstGap, indexTree, rounded, shownBySession, usageBySession } from './indexed.js';
import { exactCost } from './prices.js';
import { byDayAndModel, recount } from './recount.js';
import { Tree } from './tree.js';
import { newSession, reply } from './watched.js';

const defer = undoAfter('each');

it.each([3, 1_117])('finds every token and micro-dollar of a tree once (seed %i)', async (seed) => {
  const claudeDir = path.join(tempFolder(defer), '.claude');
  const expected = new Tree(claudeDir, seed).write(60);
  const byDayModel = Object.fromEntries(Object.entries(expected.byDayModel).sort());

  const { stored, sessions, sessionsTotal, malformedLines } = await indexTree(claudeDir, defer);

  // The generator and the second implementation must agree before either judges the product.
  expect(byDayAndModel(recount(claudeDir).values())).toEqual(byDayModel);
  expect(byDayAndModel(stored.usage)).toEqual(byDayModel);
  expect(usageBySession(stored)).toEqual(expected.bySession);
  for (const { model, tokens, cost } of stored.usage) expect(cost).toBe(exactCost(model, tokens));

  expect(sessions).toHaveLength(expected.sessions);
  expect(sessionsTotal).toBe(expected.sessions);
  expect(rounded(expected.bySession)).toMatchObject(shownBySession(sessions));
  expect(malformedLines).toBe(expected.malformedLines);
  expect(firstGap(stored)).toBeNull();
});

it('says the same of the same tree whatever it was told before', async () => {
  const claudeDir = path.join(tempFolder(defer), '.claude');
  new Tree(claudeDir, 42).write(20);
  const first = await indexTree(claudeDir, defer);
  const again = await indexTree(claudeDir, defer, { dataDir: first.dataDir });
  expect(again.stored).toEqual(first.stored);
  expect(again.sessions).toEqual(first.sessions);
});

it('gives what two files share to the first, though the clock has not ticked between them', async () => {
  const claudeDir = path.join(tempFolder(defer), '.claude');
  const project = path.join(claudeDir, 'projects', '-home-dev-shop');
  fs.mkdirSync(project, { recursive: true });
  const expected: Record<string, { cost: number | null; messages: number }> = {};
  for (let pair = 0; pair < 3; pair += 1) {
    const [first, copy] = [newSession(project), newSession(project)];
    const shared = first.transcript.prompt('Begin') + reply(first.transcript, 10);
    const own = reply(copy.transcript, 20);
    fs.writeFileSync(first.file, shared);
    fs.writeFileSync(copy.file, shared.replaceAll(first.id, copy.id) + own);
    expected[first.id] = { cost: 15_900, messages: 1 };
    expected[copy.id] = { cost: 30_900, messages: 1 };
  }
  const { stored } = await indexTree(claudeDir, defer);
  expect(usageBySession(stored)).toEqual(expected);
});
