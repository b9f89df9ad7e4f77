import type {
  ExportedHead,
  ExportedResponse,
  SessionState,
  Usage,
  UsagePoint,
} from '@claude-optimizer/protocol';

/** What the history knows of a session, as an export needs it. */
export type ExportMaterial = {
  state: SessionState;
  slotMs: number;
  usage: readonly UsagePoint[];
  usageByModel: readonly { model: string; usage: Usage }[];
};

/** The session as it is handed on, without its timeline. */
export function exportedHead({ state, ...usage }: ExportMaterial): ExportedHead {
  const { summary, objectives, tools, agents, files } = state;
  return {
    id: summary.id,
    title: summary.title,
    firstPrompt: summary.firstPrompt,
    project: summary.project,
    branch: summary.branch,
    pullRequest: summary.pullRequest,
    status: summary.status,
    models: summary.models,
    clientVersion: summary.version,
    startedAt: iso(summary.startedAt),
    lastAt: iso(summary.lastAt),
    activeMs: summary.activeMs,
    usage: summary.usage,
    unpriced: summary.unpriced,
    incompleteResponses: summary.incomplete,
    priceBasis: summary.basis,
    clientCostMicrodollars: summary.clientCost?.microdollars ?? null,
    budgetMicrodollars: summary.budgetMicrodollars,
    counts: summary.counts,
    lastError: summary.lastError,
    objectives: objectives.map(({ text, status, source, createdAt, startedAt, completedAt }) => ({
      ...{ text, status, source, createdAt: iso(createdAt) },
      startedAt: startedAt === null ? null : iso(startedAt),
      completedAt: completedAt === null ? null : iso(completedAt),
    })),
    tools,
    agents: agents.map(({ id, agentType, description, status, model, tools: calls, ...agent }) => ({
      ...{ id, type: agentType, description, status, model, usage: agent.usage, tools: calls },
      startedAt: iso(agent.startedAt),
      lastAt: iso(agent.lastAt),
    })),
    files,
    usageByModel: usage.usageByModel.map(({ model, usage: used }) => ({ model, usage: used })),
    usageOverTime: {
      slotMs: usage.slotMs,
      slots: usage.usage.map((point) => ({ at: iso(point.at), usage: point.usage })),
    },
  };
}

/** Rounds single costs so that those handed to it one after another add up to their sum. */
export class CostRounding {
  #exact = 0;
  #told = 0;

  /** Micro-dollars of an exact cost in pico-dollars; null stays null. */
  round(picodollars: number | null): ExportedResponse['costMicrodollars'] {
    if (picodollars === null) return null;
    this.#exact += picodollars;
    const upTo = Math.floor((this.#exact + 500_000) / 1_000_000);
    const cost = upTo - this.#told;
    this.#told = upTo;
    return cost;
  }
}

/** A moment (epoch ms) as ISO 8601 in UTC. */
export function iso(at: number): string {
  return new Date(at).toISOString();
}
