'use client';

import type { Subagent, Usage } from '@claude-optimizer/protocol';
import { MessagesSquare } from 'lucide-react';
import { memo, useMemo } from 'react';
import { formatExact } from '@/lib/format';
import { Panel } from './Panel';
import { agentTree, mainThreadUsage, type AgentNode } from './subagent-order';
import { SubagentRow, WorkRow } from './SubagentRow';

type Props = {
  usage: Usage;
  agents: Subagent[];
  /** Whether the session may go on. */
  isOpen: boolean;
};

/** Who did the work: the main thread and its subagents, each with its share of tokens and cost. */
export const SubagentTree = memo(function SubagentTree({ usage, agents, isOpen }: Props) {
  const tree = useMemo(() => agentTree(agents), [agents]);
  const main = useMemo(() => mainThreadUsage(usage, agents), [usage, agents]);
  return (
    <Panel
      title="Subagents"
      className="@container"
      aside={<span className="text-xs text-ink-3">{formatExact(agents.length)}</span>}
    >
      <ul>
        <li>
          <WorkRow depth={0} name="Main thread" icon={MessagesSquare} usage={main} all={usage} />
          {tree.length > 0 && <Branch nodes={tree} depth={1} all={usage} isOpen={isOpen} />}
        </li>
      </ul>
      {agents.length === 0 && (
        <p className="border-t border-line p-3 text-xs text-ink-3">
          No subagents: the main thread did all of it.
        </p>
      )}
    </Panel>
  );
});

type BranchProps = { nodes: readonly AgentNode[]; depth: number; all: Usage; isOpen: boolean };

function Branch({ nodes, depth, all, isOpen }: BranchProps) {
  return (
    <ul>
      {nodes.map(({ agent, children }) => (
        <li key={agent.id} className="border-t border-line">
          <SubagentRow agent={agent} depth={depth} all={all} isOpen={isOpen} />
          {children.length > 0 && (
            <Branch nodes={children} depth={depth + 1} all={all} isOpen={isOpen} />
          )}
        </li>
      ))}
    </ul>
  );
}
