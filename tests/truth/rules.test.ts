import fs from 'node:fs';
import path from 'node:path';
import { beforeAll, describe, expect, it } from 'vitest';
import { tempFolder, undoAfter } from '../support/cleanup.js';
import { cellsOf, differences, sessionsOf, type Cells } from './cells.js';
import { countTree } from './count.js';
import { scannedOf, storedOf, type Said } from './product.js';
import { RULES, sessionIdOf, writeRules } from './rules.js';

const defer = undoAfter('all');
const ways: Record<string, Said> = {};

beforeAll(async () => {
  const claudeDir = path.join(tempFolder(defer), '.claude');
  fs.mkdirSync(claudeDir);
  writeRules(claudeDir);
  const counted = countTree(claudeDir);
  ways['the second count'] = { cells: cellsOf(counted), sessions: sessionsOf(counted) };
  ways['the store'] = await storedOf(claudeDir, defer);
  ways['the scan'] = await scannedOf(claudeDir);
});

describe.each(['the second count', 'the store', 'the scan'])('%s', (way) => {
  it.each(RULES)('counts $name', ({ name, tokens, messages }) => {
    const sums = ways[way]?.sessions[sessionIdOf(name)];
    expect(sums && { tokens: sums.tokens, messages: sums.messages }).toEqual(
      messages === 0 ? undefined : { tokens, messages },
    );
  });

  it('counts a response on the day of its first line, also when it ends on the next', () => {
    const cells = ways[way]?.cells ?? {};
    expect(cells['2026-02-28|claude-opus-4-5-20251101']?.tokens).toEqual([3, 900, 0, 0, 0]);
    expect(cells).not.toHaveProperty('2026-03-01|claude-opus-4-5-20251101');
  });

  it("bills an advisor's call to its own model", () => {
    const cells = ways[way]?.cells ?? {};
    expect(cells['2026-05-01|claude-fable-5']?.tokens).toEqual([7_000, 210, 0, 0, 0]);
  });
});

it('differs nowhere between the three', () => {
  const truth = ways['the second count'];
  for (const said of Object.values(ways)) {
    expect(differences(said.cells, truth?.cells ?? {})).toEqual([]);
    expect(differences(said.sessions, truth?.sessions ?? {})).toEqual([]);
  }
});

it('says what differs', () => {
  const cell = { tokens: [1, 2, 3, 4, 5], messages: 1, picodollars: 7, unpriced: 0 };
  const [one, other]: Cells[] = [{ a: cell }, { a: { ...cell, picodollars: 8 }, b: cell }];
  expect(differences(one ?? {}, other ?? {}).map((line) => line.slice(0, 2))).toEqual(['a:', 'b:']);
});
