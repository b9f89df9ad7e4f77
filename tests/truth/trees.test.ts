import fs from 'node:fs';
import path from 'node:path';
import { describe, expect, it } from 'vitest';
import * as z from 'zod';
import { undoAfter } from '../support/cleanup.js';
import { cellsOf, differences, sessionsOf, type Cell, type Cells } from './cells.js';
import { countTree } from './count.js';
import { scannedOf, storedOf } from './product.js';

const defer = undoAfter('each');

/** Folders that contain `projects/`, or `.claude/projects/`, parted as in PATH. */
const TREES = (process.env.CLAUDE_OPTIMIZER_CORPORA ?? '')
  .split(path.delimiter)
  .filter((folder) => folder !== '')
  .map((folder) => path.resolve(folder));

if (TREES.length === 0) {
  console.log('NO TREES WERE COMPARED WITH THE SECOND COUNT: CLAUDE_OPTIMIZER_CORPORA is not set');
}

describe.skipIf(TREES.length === 0)('a given tree', () => {
  it.each(TREES)(
    '%s is counted as the second count has it',
    async (tree) => {
      const claudeDir = claudeDirOf(tree);
      const counted = countTree(claudeDir);
      const truth = { cells: cellsOf(counted), sessions: sessionsOf(counted) };
      expect(counted.length).toBeGreaterThan(0);

      const stored = await storedOf(claudeDir, defer);
      const scanned = await scannedOf(claudeDir);

      for (const said of [stored, scanned]) {
        expect(differences(said.cells, truth.cells)).toEqual([]);
        expect(differences(said.sessions, truth.sessions)).toEqual([]);
      }
      const expected = expectedOf(tree);
      if (expected) {
        expect(differences(inTokens(stored.cells), expected.cells)).toEqual([]);
        expect(differences(inTokens(stored.sessions), expected.sessions)).toEqual([]);
        expect(stored.shown).toBe(expected.sessionCount);
        expect(microdollars(stored.cells)).toBe(expected.microdollars);
      }
      console.log(
        `${tree}: ${String(Object.keys(truth.cells).length)} day × model cells, ` +
          `${String(Object.keys(truth.sessions).length)} sessions with usage, ` +
          `${String(stored.shown)} shown, ${String(counted.length)} responses, ` +
          `$${(microdollars(truth.cells) / 1e6).toFixed(6)}${expected ? ', as its maker says' : ''}`,
      );
    },
    600_000,
  );
});

function claudeDirOf(tree: string): string {
  const hidden = path.join(tree, '.claude');
  return fs.existsSync(path.join(hidden, 'projects')) ? hidden : tree;
}

const sums = z
  .object({
    input: z.int(),
    output: z.int(),
    cache5m: z.int(),
    cache1h: z.int(),
    cacheRead: z.int(),
    messages: z.int(),
  })
  .transform(({ input, output, cache5m, cache1h, cacheRead, messages }): Cell => {
    const tokens = [input, output, cache5m, cache1h, cacheRead];
    return { tokens, messages, picodollars: 0, unpriced: 0 };
  });
const expectedSchema = z.object({
  params: z.object({ sessions: z.int() }),
  byDayModel: z.record(z.string(), sums),
  bySession: z.record(z.string(), sums),
  cost: z.number(),
});

/** What the maker of a generated tree wrote beside it; null where it is not a generated one. */
function expectedOf(tree: string) {
  const file = `${tree}.expected.json`;
  if (!fs.existsSync(file)) return null;
  const found = expectedSchema.parse(JSON.parse(fs.readFileSync(file, 'utf8')));
  return {
    cells: found.byDayModel,
    sessions: found.bySession,
    sessionCount: found.params.sessions,
    microdollars: Math.round(found.cost * 1e6),
  };
}

/** Without costs, which the maker gives only as a whole. */
function inTokens(cells: Cells): Cells {
  return Object.fromEntries(
    Object.entries(cells).map(([key, cell]) => [key, { ...cell, picodollars: 0 }]),
  );
}

function microdollars(cells: Cells): number {
  const picodollars = Object.values(cells).reduce((sum, cell) => sum + cell.picodollars, 0);
  return Math.round(picodollars / 1e6);
}
