import type { Order } from '@claude-optimizer/protocol';

/** The title under which an order is read again as what it is. */
export function planTitle({ project, phase }: Pick<Order, 'project' | 'phase'>): string {
  return `Claude: ${project ?? 'session'}${phase === null ? '' : ` — ${phase}`}`;
}

/** An order in the lines in which a person would write it into a calendar. */
export function planWords(order: Order): string[] {
  const { costMicrodollars, tokens, turns, wallMs } = order.limits;
  return [
    ...(order.path === null ? [] : [`project: ${order.path}`]),
    ...(order.project === null ? [] : [`project: ${order.project}`]),
    ...(order.phase === null ? [] : [`phase: ${order.phase}`]),
    ...(order.model === null ? [] : [`model: ${order.model}`]),
    ...(costMicrodollars === null ? [] : [`budget: $${String(costMicrodollars / 1_000_000)}`]),
    ...(tokens === null ? [] : [`tokens: ${String(tokens)}`]),
    ...(turns === null ? [] : [`turns: ${String(turns)}`]),
    ...(wallMs === null ? [] : [`time: ${String(Math.round(wallMs / 60_000))} min`]),
    ...order.constraints.map((constraint) => `constraint: ${constraint}`),
    ...order.objectives.map((objective) => `- [ ] ${objective}`),
  ];
}
