import { closeSync, fstatSync, openSync, readSync } from 'node:fs';
import path from 'node:path';
import { compareModel, modelTerms, type CountedModel, type Rates } from '@claude-optimizer/core';
import type { SessionSummary, Usage } from '@claude-optimizer/protocol';
import type { Store } from '@claude-optimizer/store';
import * as z from 'zod';
import type { CostDifference, Reconciliation } from './report.js';

/** The client writes it last; far longer lines stand before it. */
const TAIL_BYTES = 256 * 1024;
/** The newest sessions with a sum of the client: older prices were others. */
const MOST_COMPARED = 1_000;
const SHOWN = 20;

const count = z.int().nonnegative().catch(0);
const costStateSchema = z.object({
  type: z.literal('cost-state'),
  hasUnknownModelCost: z.boolean().catch(false),
  modelUsage: z.record(
    z.string(),
    z.object({
      inputTokens: count,
      outputTokens: count,
      cacheReadInputTokens: count,
      cacheCreationInputTokens: count,
      cacheCreationEphemeral1hInputTokens: count,
      costUSD: z.number(),
    }),
  ),
});

/** Sessions whose cost is another by the client's own sum, with the model and kind that explain it. */
export async function reconcile(
  store: Pick<Store, 'list' | 'usageByModel'>,
  transcripts: readonly string[],
): Promise<Reconciliation> {
  const files = new Map(transcripts.map((file) => [path.basename(file, '.jsonl'), file]));
  const differences: CostDifference[] = [];
  let compared = 0;
  let differ = 0;
  let incomplete = 0;
  for await (const summary of newest(store)) {
    incomplete += summary.incomplete;
    if (summary.clientCost === null || compared >= MOST_COMPARED) continue;
    compared += 1;
    const { costMicrodollars } = summary.usage;
    const client = summary.clientCost.microdollars;
    if (costMicrodollars !== null && Math.abs(costMicrodollars - client) <= 1) continue;
    differ += 1;
    if (differences.length >= SHOWN) continue;
    const file = files.get(summary.id);
    const clients = file === undefined ? null : clientUsage(file);
    const ours = await store.usageByModel(summary.id);
    differences.push({
      sessionId: summary.id,
      title: summary.title ?? summary.firstPrompt,
      at: summary.clientCost.at,
      oursMicrodollars: costMicrodollars,
      clientsMicrodollars: client,
      models: clients === null ? [] : explain(ours, clients, summary.clientCost.at),
    });
  }
  return { compared, differ, differences, incomplete, override: overrideOf(differences) };
}

async function* newest(store: Pick<Store, 'list'>): AsyncGenerator<SessionSummary> {
  let cursor: string | null = null;
  do {
    const page: Awaited<ReturnType<Store['list']>> = await store.list({
      ...{ sort: 'lastAt', order: 'desc', limit: 100 },
      ...(cursor !== null && { cursor }),
    });
    yield* page.sessions;
    cursor = page.nextCursor;
  } while (cursor !== null);
}

function explain(
  ours: readonly { model: string; usage: Usage }[],
  clients: ReadonlyMap<string, CountedModel>,
  at: number,
): CostDifference['models'] {
  const counted = new Map(ours.map(({ model, usage }) => [model, countedOf(usage)]));
  const names = new Set([...counted.keys(), ...clients.keys()]);
  return [...names].flatMap((model) => {
    const rates = modelTerms(model, at).rates?.base ?? null;
    const [own, client] = [counted.get(model) ?? NOTHING, clients.get(model) ?? NOTHING];
    const difference = compareModel(own, client, rates);
    return difference === null ? [] : [{ model, ...difference }];
  });
}

/** The prices that would settle what a price explains, as `config.json` takes them. */
function overrideOf(differences: readonly CostDifference[]): Reconciliation['override'] {
  const prices: Record<string, Rates> = {};
  for (const { models, at } of differences) {
    for (const { model, rate } of models) {
      const base = prices[model] ?? modelTerms(model, at).rates?.base;
      if (rate && base) prices[model] = { ...base, [rate.rate]: rate.clients };
    }
  }
  return Object.keys(prices).length === 0 ? null : { prices };
}

/** The client's last sum in a transcript, by model; null where there is none that can be read. */
function clientUsage(file: string): ReadonlyMap<string, CountedModel> | null {
  const line = tailOf(file)
    .split('\n')
    .findLast((text) => text.includes('"type":"cost-state"'));
  if (line === undefined) return null;
  const read = costStateSchema.safeParse(parsed(line));
  if (!read.success || read.data.hasUnknownModelCost) return null;
  return new Map(
    Object.entries(read.data.modelUsage).map(([model, used]) => {
      const hour = used.cacheCreationEphemeral1hInputTokens;
      const tokens = {
        inputTokens: used.inputTokens,
        outputTokens: used.outputTokens,
        cacheWrite5mTokens: used.cacheCreationInputTokens - hour,
        cacheWrite1hTokens: hour,
        cacheReadTokens: used.cacheReadInputTokens,
      };
      return [model, { tokens, costMicrodollars: Math.round(used.costUSD * 1_000_000) }];
    }),
  );
}

function tailOf(file: string): string {
  const fd = openSync(file, 'r');
  try {
    const { size } = fstatSync(fd);
    const tail = Buffer.alloc(Math.min(size, TAIL_BYTES));
    readSync(fd, tail, 0, tail.length, size - tail.length);
    return tail.toString('utf8');
  } finally {
    closeSync(fd);
  }
}

function parsed(line: string): unknown {
  try {
    return JSON.parse(line);
  } catch {
    return null;
  }
}

const NOTHING: CountedModel = {
  tokens: {
    ...{ inputTokens: 0, outputTokens: 0, cacheReadTokens: 0 },
    ...{ cacheWrite5mTokens: 0, cacheWrite1hTokens: 0 },
  },
  costMicrodollars: 0,
};

function countedOf({ messages: _, costMicrodollars, ...tokens }: Usage): CountedModel {
  return { tokens, costMicrodollars };
}
