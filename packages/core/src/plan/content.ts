import type { Order } from '@claude-optimizer/protocol';

/**
 * All of an order that an approval covers, always in the same words: whoever approves it approves
 * exactly this, and a hash of it tells whether it has changed.
 */
export function contentOf(order: Order): string {
  const { project, path, phase, model, limits, objectives, constraints } = order;
  const { costMicrodollars, tokens, turns, wallMs } = limits;
  return JSON.stringify([
    ...[project, path, phase, model, costMicrodollars, tokens, turns, wallMs],
    ...[objectives, constraints],
  ]);
}
