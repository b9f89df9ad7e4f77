import {
  addUsage,
  NO_USAGE,
  usageChange,
  type Subagent,
  type Usage,
} from '@claude-optimizer/protocol';

/** Subagents with each one's children right below it; one whose parent is missing stands on top. */
export function inTreeOrder(agents: readonly Subagent[]): { agent: Subagent; depth: number }[] {
  const ids = new Set(agents.map((agent) => agent.id));
  const rows: { agent: Subagent; depth: number }[] = [];
  const placed = new Set<string>();
  const place = (parent: string | null, depth: number) => {
    const children = agents.filter(
      ({ parentId }) => (parentId !== null && ids.has(parentId) ? parentId : null) === parent,
    );
    for (const agent of children.sort((a, b) => a.startedAt - b.startedAt)) {
      if (placed.has(agent.id)) continue;
      placed.add(agent.id);
      rows.push({ agent, depth });
      place(agent.id, depth + 1);
    }
  };
  place(null, 1);
  // Agents that name each other as parents hang on nobody: nothing may be lost.
  for (const agent of agents) if (!placed.has(agent.id)) rows.push({ agent, depth: 1 });
  return rows;
}

/** What the session used less what its subagents did. */
export function mainThreadUsage(all: Usage, agents: readonly Subagent[]): Usage {
  const theirs = agents.map((agent) => agent.usage).reduce(addUsage, NO_USAGE);
  return usageChange(theirs, all);
}
