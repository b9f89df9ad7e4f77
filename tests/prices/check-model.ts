import { randomUUID } from 'node:crypto';
import fs from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { priceResponse } from '@claude-optimizer/core';
import * as z from 'zod';
import { makeClientHome } from '../claude/client-home.js';
import { startModelStandIn } from '../claude/model-stand-in.js';
import type { ReplyUsage } from '../claude/reply.js';
import { runClaude } from '../claude/run.js';

/** Enough for a price of a hundredth of a cent per million to show, below every long-prompt tier. */
const TOKENS = 100_000;
/** Beyond every long-prompt tier. */
const LONG = 900_000;
const SEARCHES = 100;
const TOKEN_KINDS = ['input', 'output', 'cacheRead', 'cacheWrite5m', 'cacheWrite1h'] as const;

/** One thing that is billed, alone: what the API tells of it, and of how many. */
type Probe = { kind: string; usage: Partial<ReplyUsage>; amount: number };
const PROBES: readonly Probe[] = [
  ...TOKEN_KINDS.map((kind) => ({ kind, usage: { [kind]: TOKENS }, amount: TOKENS })),
  ...TOKEN_KINDS.map((kind) => ({
    kind: `${kind}, fast`,
    usage: { [kind]: TOKENS, speed: 'fast' },
    amount: TOKENS,
  })),
  { kind: 'input, long', usage: { input: LONG }, amount: LONG },
  { kind: 'web searches', usage: { webSearches: SEARCHES }, amount: SEARCHES },
];
const PATIENCE_MS = 60_000;

/** One price in USD per million (tokens or searches); null where it isn't known. */
type KindCheck = { kind: string; ours: number | null; client: number | null };
export type ModelCheck = {
  model: string;
  /** `renamed`: the client runs another model under this name; `unlisted`: it knows no price. */
  state: 'same' | 'differs' | 'renamed' | 'unlisted' | 'failed';
  note: string;
  kinds: KindCheck[];
};

const usageSchema = z.object({
  modelUsage: z.record(
    z.string(),
    z.looseObject({ costUSD: z.number(), costBasis: z.string().optional() }),
  ),
});

type Run = { ranAs: string; cost: number; basis: string } | { failure: string };

/** Compares what one model costs with what the client bills, one kind of what is billed at a time. */
export async function checkModel(binary: string, model: string): Promise<ModelCheck> {
  const kinds: KindCheck[] = [];
  for (const { kind, usage, amount } of PROBES) {
    const run = await bill(binary, model, usage);
    if ('failure' in run) return { model, state: 'failed', note: run.failure, kinds };
    if (run.ranAs !== model) {
      return { model, state: 'renamed', note: `the client runs ${run.ranAs}`, kinds: [] };
    }
    if (run.basis !== 'list') return { model, state: 'unlisted', note: run.basis, kinds: [] };
    const [ours, client] = [ourCost(model, usage), run.cost];
    const price = (cost: number) => Number(((cost / amount) * 1e6).toFixed(6));
    kinds.push({ kind, ours: ours === null ? null : price(ours), client: price(client) });
  }
  const same = kinds.every(({ ours, client }) => ours === client);
  return { model, state: same ? 'same' : 'differs', note: '', kinds };
}

/** What the client says that a response with this usage costs. */
async function bill(binary: string, model: string, told: Probe['usage']): Promise<Run> {
  const usage: ReplyUsage = { input: 0, output: 0, ...told };
  const reply = { blocks: [{ type: 'text' as const, text: 'Done.' }], usage };
  const api = await startModelStandIn({ threads: [{ opensWith: 'count', replies: [reply] }] });
  const home = fs.mkdtempSync(path.join(os.tmpdir(), 'prices-'));
  const client = makeClientHome(binary, home, api.url);
  const run = runClaude(client, { prompt: 'count', sessionId: randomUUID(), model });
  const patience = setTimeout(run.kill, PATIENCE_MS);
  try {
    const { result, stderr } = await run.ended;
    if (result === null || result.is_error) {
      return { failure: result?.result ?? (stderr.trim() || 'no result') };
    }
    const [first] = Object.entries(usageSchema.parse(result).modelUsage);
    const ranAs = api.requests[0]?.model;
    if (!first || ranAs === undefined) return { failure: 'the client told no usage' };
    return { ranAs, cost: first[1].costUSD, basis: first[1].costBasis ?? 'list' };
  } finally {
    clearTimeout(patience);
    run.kill();
    await api.close();
    fs.rmSync(home, { recursive: true, force: true, maxRetries: 3 });
  }
}

/** What we say that it costs, in USD. */
function ourCost(model: string, told: Probe['usage']): number | null {
  const tokens = {
    inputTokens: told.input ?? 0,
    outputTokens: told.output ?? 0,
    cacheReadTokens: told.cacheRead ?? 0,
    cacheWrite5mTokens: told.cacheWrite5m ?? 0,
    cacheWrite1hTokens: told.cacheWrite1h ?? 0,
  };
  const { webSearches = 0, speed } = told;
  const use = { model, tokens, webSearches, fast: speed === 'fast' };
  const { costPicodollars } = priceResponse(use, Date.now());
  return costPicodollars === null ? null : costPicodollars / 1e12;
}
