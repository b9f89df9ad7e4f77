import type { Outlined } from '@claude-optimizer/core/conversation';
import type { Landmark } from '@claude-optimizer/protocol';
import type { Facts } from './session-facts.js';

/** More are never listed; then the errors of tools, which are the most, stay away. */
const MOST = 3_000;

/**
 * The places of a thread that are worth going to; a prompt with what its turn cost: all answers of
 * the session from it to the next prompt, subagents' included.
 */
export function landmarksOf(passages: readonly Outlined[], answers: Facts['answers']): Landmark[] {
  const found = passages.flatMap((passage, index) => landmark(passage, index) ?? []);
  const kept =
    found.length > MOST ? found.filter(({ kind }) => kind !== 'error').slice(0, MOST) : found;
  withCosts(kept, answers);
  return kept;
}

function landmark({ kind, at, label, tool }: Outlined, index: number): Landmark | null {
  const base = { index, at, costMicrodollars: null };
  switch (kind) {
    case 'prompt':
      return label === '' ? null : { ...base, kind, label };
    case 'command':
      return { ...base, kind: 'prompt', label };
    case 'failure':
      return { ...base, kind: 'error', label };
    case 'tool': {
      if (tool?.result?.outcome !== 'error') return null;
      const words = [tool.name ?? 'Tool', tool.label].filter((word) => word !== '').join(': ');
      return { ...base, kind: 'error', label: words };
    }
    case 'compaction':
    case 'interruption':
    case 'unreadable':
      return { ...base, kind, label };
    default:
      return null;
  }
}

function withCosts(landmarks: Landmark[], answers: Facts['answers']): void {
  const prompts = landmarks.filter(({ kind, at }) => kind === 'prompt' && at !== null);
  const costs = [...answers.values()].sort((a, b) => a.at - b.at);
  let next = 0;
  prompts.forEach((prompt, n) => {
    const until = prompts[n + 1]?.at ?? Infinity;
    let sum = 0;
    let known = false;
    for (; (costs[next]?.at ?? Infinity) < until; next += 1) {
      const cost = costs[next];
      // What came before the first prompt is nobody's turn.
      if (!cost || cost.usage.costMicrodollars === null || cost.at < (prompt.at ?? 0)) continue;
      sum += cost.usage.costMicrodollars;
      known = true;
    }
    prompt.costMicrodollars = known ? sum : null;
  });
}
