import { addUsage, NO_USAGE, type Usage } from '@claude-optimizer/protocol';
import { adviceFor, type Response, type ResponsePart } from './responses.js';
import { turnOf, type Story } from './story.js';
import type { Turn } from './turns.js';

/** What a group of responses took. The parts of a cost add up to it to the micro-dollar. */
export type CostSum = {
  responses: Response[];
  /** Tokens of all kinds; its own cost field isn't used: costs here are shares of the session's. */
  usage: Usage;
  /** Micro-dollars; null when no response in it has a known price. */
  cost: number | null;
  /** Responses without a known price. */
  unpriced: number;
};

/** One turn and what it cost; `turn` is null for what came before the first prompt. */
export type TurnCost = CostSum & {
  turn: Turn | null;
  models: string[];
  /** What subagents and the client itself took of it (micro-dollars). */
  share: Record<ResponsePart, number>;
  /** Most tokens in front of the model in the main thread; null without a response there. */
  context: number | null;
  /** Share of the prompt tokens that came from the cache; null without any. */
  cacheHit: number | null;
};

/** Where a session's cost went, turn by turn, in order; what no turn carries is `rest`. */
export function costByTurn(story: Story): { turns: TurnCost[]; rest: number } {
  const groups = new Map<Turn | null, Response[]>([
    [null, []],
    ...story.turns.map((turn) => [turn, []] as [Turn, Response[]]),
  ]);
  for (const response of story.responses) {
    groups.get(turnOf(story, response.agentId, response.at))?.push(response);
  }
  const turns = [...groups]
    .filter(([turn, responses]) => turn !== null || responses.length > 0)
    .map(([turn, responses]) => turnCost(turn, responses));
  return { turns, rest: story.rest };
}

function turnCost(turn: Turn | null, responses: Response[]): TurnCost {
  const sum = sumUp(responses);
  const share = { main: 0, agent: 0, aside: 0, advisor: 0 };
  let context: number | null = null;
  for (const { part, cost, front } of responses) {
    share[part] += cost ?? 0;
    if (part === 'main') context = Math.max(context ?? 0, front);
  }
  const models = [...new Set(responses.map(({ model }) => model))];
  return { ...sum, turn, models, share, context, cacheHit: cacheHitOf(sum.usage) };
}

/** Sums responses up. */
export function sumUp(responses: Response[]): CostSum {
  let usage: Usage = NO_USAGE;
  let [cost, unpriced] = [0, 0];
  for (const response of responses) {
    usage = addUsage(usage, response.usage);
    cost += response.cost ?? 0;
    if (response.cost === null) unpriced += 1;
  }
  const isUnknown = unpriced > 0 && unpriced === responses.length;
  return { responses, usage, cost: isUnknown ? null : cost, unpriced };
}

/** Share of the prompt tokens that came from the cache (0 to 1); null without a prompt. */
export function cacheHitOf(usage: Usage): number | null {
  const { inputTokens, cacheWrite5mTokens, cacheWrite1hTokens, cacheReadTokens } = usage;
  const prompt = inputTokens + cacheWrite5mTokens + cacheWrite1hTokens + cacheReadTokens;
  return prompt === 0 ? null : cacheReadTokens / prompt;
}

/** What a response was for, by the rule in docs/costs.md. */
export type Purpose = { kind: 'tool'; name: string } | { kind: 'mixed' | 'answer' | 'client' };

/** One purpose: what asking for it cost, and what it brought in front of the model. */
export type PurposeCost = CostSum & {
  key: string;
  purpose: Purpose;
  calls: number;
  failed: number;
  /** Micro-dollars of `cost` in subagents' threads. */
  inAgents: number;
};

/** Where a session's cost went by what each response asked for; the dearest first. */
export function costByTool(story: Story): { purposes: PurposeCost[]; rest: number } {
  const purposeOf = purposes(story);
  const groups = new Map<string, { purpose: Purpose; responses: Response[] }>();
  for (const response of story.responses) {
    const purpose = purposeOf(response);
    const key = purposeKey(purpose);
    const group = groups.get(key) ?? { purpose, responses: [] };
    groups.set(key, group);
    group.responses.push(response);
  }
  const rows = [...groups].map(([key, { purpose, responses }]) => ({
    key,
    purpose,
    ...sumUp(responses),
    calls: responses.reduce((sum, { calls }) => sum + calls.length, 0),
    failed: responses.reduce((sum, { calls }) => sum + calls.filter(isFailed).length, 0),
    inAgents: responses.reduce((sum, r) => sum + (r.part === 'agent' ? (r.cost ?? 0) : 0), 0),
  }));
  rows.sort((a, b) => (b.cost ?? 0) - (a.cost ?? 0) || (a.key < b.key ? -1 : 1));
  return { purposes: rows, rest: story.rest };
}

/** A purpose's name as a key. */
export function purposeKey(purpose: Purpose): string {
  return purpose.kind === 'tool' ? `tool ${purpose.name}` : purpose.kind;
}

/** The purpose of what a response called: one tool, several, or none. */
export function purposeOfCalls(calls: Response['calls']): Purpose {
  const names = new Set(calls.map(({ name }) => name));
  const [name] = names;
  if (name === undefined) return { kind: 'answer' };
  return names.size === 1 ? { kind: 'tool', name } : { kind: 'mixed' };
}

function purposes(story: Story): (response: Response) => Purpose {
  const byId = new Map(story.responses.map((response) => [response.messageId, response]));
  return (response) => {
    if (response.part === 'aside') return { kind: 'client' };
    const asked = response.part === 'advisor' ? byId.get(adviceFor(response.messageId)) : response;
    return purposeOfCalls((asked ?? response).calls);
  };
}

function isFailed({ outcome }: Response['calls'][number]): boolean {
  return outcome === 'error' || outcome === 'denied';
}
