import { sessionStatus } from '@claude-optimizer/core';
import { describe, expect, it } from 'vitest';
import { round } from './program.js';
import { doubleCharge } from './scenarios/double-charge.js';
import { giftCards } from './scenarios/gift-cards.js';
import { priceImport, priceImportAgain } from './scenarios/price-import.js';
import { returnsPage } from './scenarios/returns-page.js';
import { searchMigration } from './scenarios/search-migration.js';
import { perform, readBack, type Performed } from './read-back.fixture.js';
import type { Line } from './writing.js';

const START = Date.UTC(2026, 10, 23, 9, 0, 0);
const scenarios = round(0).map(({ scenario }) => scenario);

/** USD per million tokens: input, output, cache read, 5-minute write, 1-hour write. */
const PRICES: Record<string, readonly [number, number, number, number, number]> = {
  'claude-sonnet-5-5': [2, 10, 0.1, 2.5, 4],
  'claude-opus-5-5': [4, 20, 0.2, 5, 8],
  'claude-haiku-4-5-20251001': [1, 5, 0.1, 1.25, 2],
  'claude-haiku-5-5': [0.1, 0.5, 0.01, 0.125, 0.2],
};

/** All others end well. */
const ENDINGS: Record<string, string> = {
  'react-19': 'interrupted',
  'fix/worker-leak': 'failed',
  'price-import': 'failed',
};

type Use = { model: string; id: string; requestId: string; usage: Record<string, number> & Line };

function fields(value: unknown): Line {
  return value as Line;
}

function allLines(performed: Performed): Line[] {
  return [...performed.files.values()].flat();
}

function blocks(line: Line): Line[] {
  const content = fields(line['message'] ?? {})['content'];
  return Array.isArray(content) ? (content as Line[]) : [];
}

function uses(performed: Performed): Use[] {
  const found = new Map<string, Use>();
  for (const line of allLines(performed)) {
    if (line['type'] !== 'assistant') continue;
    const message = fields(line['message']);
    if (message['model'] === '<synthetic>') continue;
    const use = {
      model: message['model'] as string,
      id: message['id'] as string,
      requestId: line['requestId'] as string,
      usage: message['usage'] as Use['usage'],
    };
    const known = found.get(use.id);
    if (known) expect(use).toEqual(known);
    found.set(use.id, use);
  }
  return [...found.values()];
}

describe.each(scenarios.map((scenario) => [scenario.name, scenario] as const))(
  'the scenario %s',
  (_name, scenario) => {
    const performed = perform(scenario, 7, START);
    const main = `projects/${scenario.project.replaceAll('/', '-')}/${performed.sessionId}.jsonl`;

    it('chains the records of each file and names its session on every line', () => {
      expect(performed.files.has(main)).toBe(true);
      const everywhere = new Set<unknown>();
      for (const [path, lines] of performed.files) {
        const here = new Set<unknown>([null]);
        for (const line of lines) {
          if (line['type'] !== 'file-history-snapshot') {
            expect(line['sessionId']).toBe(performed.sessionId);
          }
          if (line['uuid'] === undefined) continue;
          expect(everywhere.has(line['uuid'])).toBe(false);
          expect(here.has(line['parentUuid'])).toBe(true);
          expect(line['isSidechain']).toBe(path !== main);
          here.add(line['uuid']);
          everywhere.add(line['uuid']);
        }
        expect(lines.filter((line) => line['parentUuid'] === null)).toHaveLength(1);
      }
    });

    it('stamps each record with the moment of its writing', () => {
      for (const { at, lines } of performed.flushes) {
        for (const { timestamp } of lines) {
          if (timestamp !== undefined) expect(Date.parse(timestamp as string)).toBe(at);
        }
      }
    });

    it('writes each message in one flush, a line for each block', () => {
      const flushOf = new Map<unknown, number>();
      for (const [index, { lines }] of performed.flushes.entries()) {
        for (const line of lines.filter(({ type }) => type === 'assistant')) {
          const id = fields(line['message'])['id'];
          expect(flushOf.get(id) ?? index).toBe(index);
          flushOf.set(id, index);
          expect(blocks(line)).toHaveLength(1);
        }
      }
      expect(flushOf.size).toBeGreaterThan(1);
    });

    it('answers every tool use once, in the same file, naming the record that asked', () => {
      for (const lines of performed.files.values()) {
        const open = new Map<unknown, unknown>();
        for (const line of lines) {
          for (const block of blocks(line)) {
            if (block['type'] === 'tool_use') open.set(block['id'], line['uuid']);
            if (block['type'] !== 'tool_result') continue;
            expect(line['sourceToolAssistantUUID']).toBe(open.get(block['tool_use_id']));
            expect(line['parentUuid']).toBe(open.get(block['tool_use_id']));
            open.delete(block['tool_use_id']);
          }
        }
        expect([...open.keys()]).toEqual([]);
      }
    });

    it('ends with a cost-state that is the sum of what its messages used', () => {
      const last = performed.files.get(main)?.at(-1) ?? {};
      expect(last['type']).toBe('cost-state');
      const sums: Record<string, Record<string, number>> = {};
      let cost = 0;
      for (const { model, usage } of uses(performed)) {
        const created = fields(usage['cache_creation']) as Record<string, number>;
        const five = created['ephemeral_5m_input_tokens'] ?? 0;
        const hour = created['ephemeral_1h_input_tokens'] ?? 0;
        expect(five + hour).toBe(usage['cache_creation_input_tokens']);
        const parts = [
          usage['input_tokens'] ?? 0,
          usage['output_tokens'] ?? 0,
          usage['cache_read_input_tokens'] ?? 0,
          five,
          hour,
        ];
        const prices = PRICES[model] ?? [];
        cost += parts.reduce((sum, tokens, index) => sum + tokens * (prices[index] ?? NaN), 0);
        const sum = (sums[model] ??= { input: 0, output: 0, read: 0, five: 0, hour: 0 });
        for (const [index, key] of ['input', 'output', 'read', 'five', 'hour'].entries()) {
          sum[key] = (sum[key] ?? 0) + (parts[index] ?? 0);
        }
      }
      const state = fields(last['modelUsage']) as Record<string, Record<string, number>>;
      const said = Object.entries(state).map(([model, sum]) => [
        model,
        {
          input: sum['inputTokens'],
          output: sum['outputTokens'],
          read: sum['cacheReadInputTokens'],
          five: sum['cacheCreationEphemeral5mInputTokens'],
          hour: sum['cacheCreationEphemeral1hInputTokens'],
        },
      ]);
      expect(Object.fromEntries(said)).toEqual(sums);
      expect(last['totalCostUSD']).toBeCloseTo(cost / 1_000_000, 9);
      expect(last['hasUnknownModelCost']).toBe(false);
    });

    it('is read by our reader as a session that has ended, under its title', () => {
      const { summary } = readBack(performed);
      expect(summary.title).toBe(scenario.title);
      expect(summary.project).toBe(scenario.project);
      expect(summary.visible).toBe(true);
      expect(summary.openTools).toEqual([]);
      expect(sessionStatus(summary, summary.lastAt)).toBe(ENDINGS[scenario.name] ?? 'completed');
    });
  },
);

describe('the stories', () => {
  it('builds a feature by five objectives, with an error and a denial on the way', () => {
    const { summary, objectives } = readBack(perform(giftCards, 1, START));
    expect(objectives.map(({ status }) => status)).toEqual(Array(5).fill('completed'));
    expect(summary.counts).toMatchObject({ prompts: 2, toolErrors: 1, denials: 1 });
    expect(summary.counts.linesAdded).toBeGreaterThan(50);
  });

  it('hunts a bug with four subagents, one of them started by another', () => {
    const performed = perform(doubleCharge, 1, START);
    const { agents } = readBack(performed);
    expect(agents.map(({ status }) => status)).toEqual(Array(4).fill('completed'));
    const byDescription = new Map(agents.map((agent) => [agent.description, agent]));
    const reproducer = byDescription.get('Reproduce the double charge');
    expect(byDescription.get('Find idempotency keys')?.parentId).toBe(reproducer?.id);
    expect([...performed.metas.values()].map((meta) => meta['finished'])).toEqual(
      Array(4).fill(true),
    );
  });

  it('passes the budget that it was given, but not before it was set', () => {
    const performed = perform(searchMigration, 1, START);
    const { totalCostUSD } = [...performed.files.values()][0]?.at(-1) as { totalCostUSD: number };
    const [budget = 0] = performed.budgets;
    expect(performed.budgets).toHaveLength(1);
    expect(totalCostUSD * 1_000_000).toBeGreaterThan(budget * 1.2);
    expect(readBack(performed).objectives).toHaveLength(7);
  });

  it('gives up after six retries and goes on in another session', () => {
    const failed = readBack(perform(priceImport, 1, START)).summary;
    expect(failed.status).toBe('failed');
    expect(failed.counts.errors).toBe(9);
    const again = readBack(perform(priceImportAgain, 1, START));
    expect(again.summary.status).toBe('completed');
    expect(again.objectives.map(({ status }) => status)).toEqual(Array(4).fill('completed'));
  });

  it('waits for an answer in the middle', () => {
    const performed = perform(returnsPage, 1, START);
    const asked = performed.flushes.findIndex(({ lines }) =>
      lines.some((line) => blocks(line).some(({ name }) => name === 'AskUserQuestion')),
    );
    const before = readBack({ ...performed, flushes: performed.flushes.slice(0, asked + 1) });
    expect(before.summary.status).toBe('waiting');
  });

  it('gives the same lines for the same seed and others for another', () => {
    expect(perform(giftCards, 3, START)).toEqual(perform(giftCards, 3, START));
    expect(perform(giftCards, 4, START).sessionId).not.toBe(perform(giftCards, 3, START).sessionId);
  });
});
