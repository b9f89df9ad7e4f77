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

const KINDS = ['input', 'output', 'cacheRead', 'cacheWrite5m', 'cacheWrite1h'] as const;
type Kind = (typeof KINDS)[number];

/** Enough for a price of a hundredth of a cent per million to show, below every long-prompt tier. */
const TOKENS = 100_000;
const PATIENCE_MS = 60_000;

/** One price in USD per million tokens; null where it isn't known. */
type KindCheck = { kind: Kind; ours: number | null; client: number | null };
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

/** Compares what one model costs with what the client bills, one kind of token at a time. */
export async function checkModel(binary: string, model: string): Promise<ModelCheck> {
  const kinds: KindCheck[] = [];
  for (const kind of KINDS) {
    const run = await bill(binary, model, kind);
    if ('failure' in run) return { model, state: 'failed', note: run.failure, kinds };
    if (run.ranAs !== model) {
      return { model, state: 'renamed', note: `the client runs ${run.ranAs}`, kinds: [] };
    }
    if (run.basis !== 'list') return { model, state: 'unlisted', note: run.basis, kinds: [] };
    kinds.push({ kind, ours: ourPrice(model, kind), client: perMillion(run.cost) });
  }
  const same = kinds.every(({ ours, client }) => ours === client);
  return { model, state: same ? 'same' : 'differs', note: '', kinds };
}

/** What the client says that so many tokens of one kind cost. */
async function bill(binary: string, model: string, kind: Kind): Promise<Run> {
  const usage: ReplyUsage = { input: 0, output: 0, [kind]: TOKENS };
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

function ourPrice(model: string, kind: Kind): number | null {
  const tokens = {
    inputTokens: kind === 'input' ? TOKENS : 0,
    outputTokens: kind === 'output' ? TOKENS : 0,
    cacheReadTokens: kind === 'cacheRead' ? TOKENS : 0,
    cacheWrite5mTokens: kind === 'cacheWrite5m' ? TOKENS : 0,
    cacheWrite1hTokens: kind === 'cacheWrite1h' ? TOKENS : 0,
  };
  const use = { model, tokens, webSearches: 0, fast: false };
  const { costPicodollars } = priceResponse(use, Date.now());
  return costPicodollars === null ? null : perMillion(costPicodollars / 1e12);
}

function perMillion(usd: number): number {
  return Number(((usd / TOKENS) * 1e6).toFixed(6));
}
