import {
  addUsage,
  NO_USAGE,
  usageChange,
  type Subagent,
  type Usage,
} from '@claude-optimizer/protocol';

/** A subagent and those that it started, in order of their start. */
export type AgentNode = { agent: Subagent; children: AgentNode[] };

/** Subagents below those that started them; one whose parent is missing stands on top. */
export function agentTree(agents: readonly Subagent[]): AgentNode[] {
  const ids = new Set(agents.map((agent) => agent.id));
  const byParent = new Map<string | null, Subagent[]>();
  for (const agent of agents) {
    const parent = agent.parentId !== null && ids.has(agent.parentId) ? agent.parentId : null;
    byParent.set(parent, [...(byParent.get(parent) ?? []), agent]);
  }
  const placed = new Set<string>();
  const below = (parent: string | null): AgentNode[] =>
    [...(byParent.get(parent) ?? [])]
      .sort((a, b) => a.startedAt - b.startedAt)
      .map((agent) => {
        placed.add(agent.id);
        return { agent, children: below(agent.id) };
      });
  const tree = below(null);
  // Agents that name each other as parents hang on nobody: nothing may be lost.
  const lost = agents.filter((agent) => !placed.has(agent.id));
  return [...tree, ...lost.map((agent) => ({ agent, children: [] }))];
}

/** What the session used less what its subagents did. */
export function mainThreadUsage(all: Usage, agents: readonly Subagent[]): Usage {
  const theirs = agents.map((agent) => agent.usage).reduce(addUsage, NO_USAGE);
  return usageChange(theirs, all);
}
