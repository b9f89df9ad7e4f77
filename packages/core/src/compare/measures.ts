import { promptTokens, totalTokens, type SessionSummary } from '@claude-optimizer/protocol';

/** How a measure is written, and what is better; null where neither is. */
export type MeasureKind = {
  name: string;
  unit: 'cost' | 'tokens' | 'ms' | 'count' | 'share';
  better: 'less' | 'more' | null;
};

/** What of two sessions can be compared as a number, in the order in which it is read. */
export const MEASURES = {
  cost: { name: 'Cost', unit: 'cost', better: 'less' },
  costPerObjective: { name: 'Cost per objective completed', unit: 'cost', better: 'less' },
  objectives: { name: 'Objectives completed', unit: 'count', better: 'more' },
  tokens: { name: 'Tokens', unit: 'tokens', better: 'less' },
  output: { name: 'Output tokens', unit: 'tokens', better: null },
  cacheHit: { name: 'Cache hits', unit: 'share', better: 'more' },
  active: { name: 'At work', unit: 'ms', better: 'less' },
  elapsed: { name: 'Elapsed', unit: 'ms', better: 'less' },
  turns: { name: 'Turns', unit: 'count', better: null },
  responses: { name: 'Responses', unit: 'count', better: null },
  tools: { name: 'Tool calls', unit: 'count', better: null },
  toolErrors: { name: 'Failed tool calls', unit: 'count', better: 'less' },
  errors: { name: 'API errors', unit: 'count', better: 'less' },
  compactions: { name: 'Compactions', unit: 'count', better: 'less' },
  agents: { name: 'Subagents', unit: 'count', better: null },
  lines: { name: 'Lines changed', unit: 'count', better: null },
} as const satisfies Record<string, MeasureKind>;
export type MeasureKey = keyof typeof MEASURES;

/** A number; null where it isn't known. `isAtLeast`: part of it is unknown, it may be more. */
export type Measured = { value: number | null; isAtLeast: boolean };

/** All measures of a session. */
export function measuresOf(summary: SessionSummary): Record<MeasureKey, Measured> {
  const { usage, unpriced, incomplete, objectives, counts } = summary;
  const cost = {
    value: usage.costMicrodollars,
    isAtLeast: unpriced.messages > 0 || incomplete > 0,
  };
  const done = objectives.completed;
  const prompt = promptTokens(usage);
  return {
    cost,
    costPerObjective: {
      value: cost.value === null || done === 0 ? null : Math.round(cost.value / done),
      isAtLeast: cost.isAtLeast,
    },
    // Where none was set, none could be completed.
    objectives: known(objectives.total === 0 ? null : done),
    tokens: { value: totalTokens(usage), isAtLeast: incomplete > 0 },
    output: { value: usage.outputTokens, isAtLeast: incomplete > 0 },
    cacheHit: known(prompt === 0 ? null : usage.cacheReadTokens / prompt),
    active: known(summary.activeMs),
    elapsed: known(summary.lastAt - summary.startedAt),
    turns: known(counts.prompts),
    responses: known(usage.messages),
    tools: known(counts.tools),
    toolErrors: known(counts.toolErrors),
    errors: known(counts.errors),
    compactions: known(counts.compactions),
    agents: known(counts.agents),
    lines: known(counts.linesAdded + counts.linesRemoved),
  };
}

const known = (value: number | null): Measured => ({ value, isAtLeast: false });

/** `unsure`: what is unknown may turn it round. */
export type Verdict = 'better' | 'worse' | 'same' | 'unsure' | null;

/** Other less base; `share` of the base, null where that is nothing. */
export type Difference = { by: number; share: number | null; verdict: Verdict };

/** By how much `other` differs from `base`; null where one of them isn't known. */
export function differenceOf(key: MeasureKey, base: Measured, other: Measured): Difference | null {
  if (base.value === null || other.value === null) return null;
  const by = other.value - base.value;
  const share = base.value === 0 ? null : by / base.value;
  return { by, share, verdict: verdictOf(MEASURES[key].better, by, base, other) };
}

function verdictOf(
  better: MeasureKind['better'],
  by: number,
  base: Measured,
  other: Measured,
): Verdict {
  if (better === null) return null;
  const mayBeTurned = (by <= 0 && other.isAtLeast) || (by >= 0 && base.isAtLeast);
  if (mayBeTurned) return 'unsure';
  if (by === 0) return 'same';
  return by < 0 === (better === 'less') ? 'better' : 'worse';
}
