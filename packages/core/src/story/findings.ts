import { cacheMisses } from './cache-misses.js';
import type { ToolCall } from './calls.js';
import type { ContextStep } from './context-steps.js';
import { costByTurn, sumUp } from './cost-rows.js';
import { changesFiles } from './file-story.js';
import { dearestFirst, FINDING_RULES, findingOf, tokensOf, type Finding } from './finding.js';
import type { Story } from './story.js';

/** Clients up to 2.1.42 left a count of 1 to 8 where more was written: that tells nothing. */
const TOLD_OUTPUT = 8;

/** The model families at the top of their provider's price list. */
const TOP_MODEL = /opus|fable|mythos/u;

/** What made the session dear, the dearest first; what has no cost of its own comes last. */
export function findings(story: Story, steps: readonly ContextStep[]): Finding[] {
  return [
    ...cacheMisses(story),
    longContext(story),
    topModel(story),
    failedCalls(story),
    largeResults(steps),
    repeatedReads(story, steps),
  ]
    .filter(({ evidence }) => evidence.length > 0)
    .sort((a, b) => (b.cost ?? 0) - (a.cost ?? 0) || b.tokens - a.tokens);
}

function longContext({ responses }: Story): Finding {
  const long = responses.filter(({ front }) => front >= FINDING_RULES.longContext);
  return findingOf(
    'long-context',
    long.map((response) => ({ response, tokens: response.front, about: { type: 'context' } })),
  );
}

function topModel(story: Story): Finding {
  const small = costByTurn(story).turns.filter(({ usage, responses }) => {
    const isTop = responses.some(({ model }) => TOP_MODEL.test(model));
    const changed = responses.some(({ calls }) => calls.some(({ name }) => changesFiles(name)));
    const isTold = responses.every(({ usage: own }) => own.outputTokens > TOLD_OUTPUT);
    return isTop && isTold && !changed && usage.outputTokens <= FINDING_RULES.smallOutput;
  });
  const evidence = small.flatMap(({ turn, cost, usage, models }) => {
    if (turn === null) return [];
    const about = { type: 'turn' as const, number: turn.number, prompt: turn.prompt, models };
    const tokens = usage.outputTokens;
    return [{ at: turn.startAt, about, place: turn.recordId, tokens, cost }];
  });
  const { cost, unpriced } = sumUp(
    small.flatMap(({ turn, responses }) => (turn === null ? [] : responses)),
  );
  return {
    kind: 'top-model',
    tokens: tokensOf(evidence),
    cost,
    unpriced,
    evidence: dearestFirst(evidence),
  };
}

function failedCalls({ responses }: Story): Finding {
  const failed = responses.filter(({ calls }) => calls.length > 0 && calls.every(hasFailed));
  return findingOf(
    'failed-calls',
    failed.map((response) => ({
      response,
      tokens: response.usage.outputTokens,
      about: { type: 'calls', calls: response.calls.map(named) },
    })),
  );
}

function largeResults(steps: readonly ContextStep[]): Finding {
  const large = steps.filter(
    ({ origin, tokens }) =>
      (origin.kind === 'tool' || origin.kind === 'mixed') && tokens >= FINDING_RULES.largeResult,
  );
  const evidence = large.map(({ before, seen, tokens }) => {
    const calls = before?.calls ?? [];
    const about = { type: 'calls' as const, calls: calls.map(named) };
    return { at: seen.at, about, place: calls[0]?.toolUseId ?? null, tokens, cost: null };
  });
  return withoutCost('large-results', evidence);
}

function repeatedReads(story: Story, steps: readonly ContextStep[]): Finding {
  const reads = new Map<string, ToolCall[]>();
  for (const call of story.calls) {
    if (call.name !== 'Read' || call.file === null || call.outcome !== 'ok') continue;
    const ofFile = reads.get(call.file) ?? [];
    reads.set(call.file, ofFile);
    ofFile.push(call);
  }
  const brought = broughtAlone(steps);
  const evidence = [...reads]
    .filter(([, calls]) => calls.length >= FINDING_RULES.repeatedReads)
    .map(([file, calls]) => {
      const last = calls.at(-1);
      const tokens = calls.reduce((sum, call) => sum + (brought.get(call.toolUseId) ?? 0), 0);
      const about = { type: 'file' as const, file, reads: calls.length };
      return { at: last?.startAt ?? 0, about, place: last?.toolUseId ?? null, tokens, cost: null };
    });
  return withoutCost('repeated-reads', evidence);
}

/** What single calls brought into the context, where nothing else came with them. */
function broughtAlone(steps: readonly ContextStep[]): ReadonlyMap<string, number> {
  const brought = new Map<string, number>();
  for (const { origin, before, tokens } of steps) {
    const [only, other] = before?.calls ?? [];
    if (origin.kind === 'tool' && only && !other) brought.set(only.toolUseId, tokens);
  }
  return brought;
}

function withoutCost(kind: Finding['kind'], evidence: Finding['evidence']): Finding {
  const tokens = tokensOf(evidence);
  return { kind, tokens, cost: null, unpriced: 0, evidence: dearestFirst(evidence) };
}

function hasFailed({ outcome }: ToolCall): boolean {
  return outcome === 'error' || outcome === 'denied';
}

function named({ name, label }: ToolCall): { name: string; label: string } {
  return { name, label };
}
