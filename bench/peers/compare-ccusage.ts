import path from 'node:path';
import * as z from 'zod';
import { priceResponse } from '@claude-optimizer/core';
import { countTree, type Counted } from '../../tests/truth/count.js';
import { CAUSES, ccusageView, type Cause, type Four } from './ccusage-view.js';
import type { Peer } from './install.js';
import { printTable } from './print-table.js';
import { runOnce } from './run-once.js';

const KINDS = ['input', 'output', 'cache write', 'cache read'] as const;
const dailySchema = z.object({
  daily: z.array(
    z.object({
      modelBreakdowns: z.array(
        z.object({
          modelName: z.string(),
          inputTokens: z.int(),
          outputTokens: z.int(),
          cacheCreationTokens: z.int(),
          cacheReadTokens: z.int(),
          cost: z.number(),
        }),
      ),
    }),
  ),
});

type Sum = { tokens: Four; cost: number };

/**
 * Compares tokens per model with ccusage's on the tree in `home`, and explains each difference by
 * what ccusage does with which lines; what stays unexplained is said. Throws when ccusage fails.
 */
export async function compareCcusage(ccusage: Peer, home: string): Promise<void> {
  const claudeDir = path.join(home, '.claude');
  const { stdout } = await runOnce(ccusage.script, ccusage.args(claudeDir), home);
  const theirs = theirSums(stdout);
  const counted = countTree(claudeDir);
  const ours = ourSums(counted);
  const effects = ccusageView(claudeDir, counted);
  const rows = [...new Set([...ours.keys(), ...theirs.keys()])].sort().flatMap((model) => {
    const [a, b] = [ours.get(model) ?? NOTHING, theirs.get(model) ?? NOTHING];
    return rowsOf(model, a, b, effects.get(model) ?? {});
  });
  console.log(`\nccusage ${ccusage.version}, tokens by model`);
  const differing = rows.filter((row) => row[4] !== '0' || row[5] !== '');
  printTable([['model', 'tokens', 'ours', 'ccusage', 'difference', 'cause'], ...differing]);
  console.log(`equal: the other ${String(rows.length - differing.length)} sums`);
  const costs = [...ours].map(([model, { cost }]) => {
    const theirCost = theirs.get(model)?.cost ?? 0;
    return [model, dollars(cost), dollars(theirCost), dollars(theirCost - cost)];
  });
  printTable([['model', 'ours ($)', 'ccusage ($)', 'difference ($)'], ...costs.sort()]);
  const open = rows.filter((row) => row[5]?.includes(UNEXPLAINED)).length;
  console.log(open === 0 ? 'every difference is explained' : `${String(open)} ${UNEXPLAINED}`);
}

const NOTHING: Sum = { tokens: [0, 0, 0, 0], cost: 0 };
const UNEXPLAINED = 'unexplained';
const dollars = (amount: number) => amount.toFixed(4).replace(/^-(?=0\.0+$)/u, '');

function rowsOf(
  model: string,
  ours: Sum,
  theirs: Sum,
  effects: Partial<Record<Cause, Four>>,
): string[][] {
  return KINDS.map((kind, index) => {
    const [a, b] = [ours.tokens[index] ?? 0, theirs.tokens[index] ?? 0];
    const causes = CAUSES.flatMap((cause): { cause: string; effect: number }[] => {
      const effect = effects[cause]?.[index] ?? 0;
      return effect === 0 ? [] : [{ cause, effect }];
    });
    const rest = causes.reduce((left, { effect }) => left - effect, b - a);
    if (rest !== 0) causes.push({ cause: UNEXPLAINED, effect: rest });
    const why = causes.map(({ cause, effect }) => `${cause} (${String(effect)})`).join('; ');
    return [model, kind, String(a), String(b), String(b - a), why];
  });
}

function ourSums(counted: readonly Counted[]): Map<string, Sum> {
  const sums = new Map<string, Sum>();
  for (const { model, tokens, at, webSearches, fast } of counted) {
    const sum = sums.get(model) ?? { tokens: [0, 0, 0, 0], cost: 0 };
    const [inputTokens, outputTokens, cacheWrite5mTokens, cacheWrite1hTokens, cacheReadTokens] =
      tokens;
    const split = {
      inputTokens,
      outputTokens,
      cacheWrite5mTokens,
      cacheWrite1hTokens,
      cacheReadTokens,
    };
    const price = priceResponse({ model, tokens: split, webSearches, fast }, at).costPicodollars;
    const [input, output, written, read] = sum.tokens;
    sums.set(model, {
      cost: sum.cost + (price ?? 0) / 1e12,
      tokens: [
        input + inputTokens,
        output + outputTokens,
        written + cacheWrite5mTokens + cacheWrite1hTokens,
        read + cacheReadTokens,
      ],
    });
  }
  return sums;
}

function theirSums(stdout: string): Map<string, Sum> {
  const sums = new Map<string, Sum>();
  for (const { modelBreakdowns } of dailySchema.parse(JSON.parse(stdout)).daily) {
    for (const row of modelBreakdowns) {
      const { tokens, cost } = sums.get(row.modelName) ?? NOTHING;
      sums.set(row.modelName, {
        cost: cost + row.cost,
        tokens: [
          tokens[0] + row.inputTokens,
          tokens[1] + row.outputTokens,
          tokens[2] + row.cacheCreationTokens,
          tokens[3] + row.cacheReadTokens,
        ],
      });
    }
  }
  return sums;
}
