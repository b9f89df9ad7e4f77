'use client';

import {
  freshTokens,
  type SessionSummary,
  type Subagent,
  type Usage,
} from '@claude-optimizer/protocol';
import {
  Bot,
  CircleCheck,
  CircleX,
  Hourglass,
  LoaderCircle,
  MessagesSquare,
  type LucideIcon,
} from 'lucide-react';
import { memo, useMemo, type ReactNode } from 'react';
import { Cost } from '@/components/Cost';
import { Duration } from '@/components/Duration';
import { Meter } from '@/components/Meter';
import { ModelName } from '@/components/ModelName';
import { Tokens } from '@/components/Tokens';
import { formatExact, formatPercent } from '@/lib/format';
import { Panel } from './Panel';
import { inTreeOrder, mainThreadUsage } from './subagent-order';

type Props = { usage: SessionSummary['usage']; agents: Subagent[] };

/** Who did the work: the main thread and its subagents, each with its share of tokens and cost. */
export const SubagentTree = memo(function SubagentTree({ usage, agents }: Props) {
  const rows = useMemo(() => inTreeOrder(agents), [agents]);
  const main = useMemo(() => mainThreadUsage(usage, agents), [usage, agents]);
  return (
    <Panel
      title="Subagents"
      aside={<span className="text-xs text-ink-3">{formatExact(agents.length)}</span>}
    >
      <ul className="divide-y divide-line">
        <Row depth={0} name="Main thread" icon={MessagesSquare} usage={main} all={usage} />
        {rows.map(({ agent, depth }) => (
          <AgentRow key={agent.id} agent={agent} depth={depth} all={usage} />
        ))}
      </ul>
      {agents.length === 0 && (
        <p className="border-t border-line p-3 text-xs text-ink-3">It works alone.</p>
      )}
    </Panel>
  );
});

const STATUSES: Record<Subagent['status'], { icon: LucideIcon; word: string; color: string }> = {
  running: { icon: LoaderCircle, word: 'running', color: 'text-info' },
  background: { icon: Hourglass, word: 'in the background', color: 'text-info' },
  completed: { icon: CircleCheck, word: 'completed', color: 'text-good' },
  failed: { icon: CircleX, word: 'failed', color: 'text-danger' },
};

const AgentRow = memo(function AgentRow({
  agent,
  depth,
  all,
}: {
  agent: Subagent;
  depth: number;
  all: Usage;
}) {
  const { icon: Icon, word, color } = STATUSES[agent.status];
  return (
    <Row
      depth={depth}
      name={agent.description ?? agent.prompt ?? agent.id}
      icon={Bot}
      usage={agent.usage}
      all={all}
    >
      <span className={`flex items-center gap-1 ${color}`}>
        <Icon aria-hidden className="size-3" />
        {word}
      </span>
      {agent.agentType !== null && <span>{agent.agentType}</span>}
      {agent.model !== null && <ModelName id={agent.model} />}
      <span>{formatExact(agent.tools)} tools</span>
      <Duration ms={agent.lastAt - agent.startedAt} />
    </Row>
  );
});

type RowProps = {
  depth: number;
  name: string;
  icon: LucideIcon;
  usage: Usage;
  all: Usage;
  children?: ReactNode;
};

function Row({ depth, name, icon: Icon, usage, all, children }: RowProps) {
  const whole = all.costMicrodollars ?? 0;
  // By cost; where no price is known, by the tokens worked on.
  const share =
    whole > 0
      ? (usage.costMicrodollars ?? 0) / whole
      : freshTokens(usage) / Math.max(1, freshTokens(all));
  return (
    <li
      className="grid grid-cols-[1fr_auto] gap-x-3 gap-y-1 px-3 py-1.5 text-xs"
      style={{ paddingLeft: 12 + Math.min(depth, 6) * 16 }}
    >
      <span className="flex min-w-0 items-center gap-1.5">
        <Icon aria-hidden className="size-3.5 shrink-0 text-ink-3" />
        <span className="truncate font-medium" title={name}>
          {name}
        </span>
      </span>
      <span className="flex gap-3 tabular-nums">
        <Tokens count={freshTokens(usage)} className="text-ink-2" />
        <Cost microdollars={usage.costMicrodollars} />
        <span className="w-9 text-right text-ink-3">{formatPercent(share)}</span>
      </span>
      <Meter
        share={share}
        label={`${formatPercent(share)} of the session`}
        color="var(--accent)"
        className="col-span-2"
      />
      {children !== undefined && (
        <span className="col-span-2 flex flex-wrap gap-x-3 text-2xs text-ink-3">{children}</span>
      )}
    </li>
  );
}
