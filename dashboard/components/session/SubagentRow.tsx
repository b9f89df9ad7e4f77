import { freshTokens, type Subagent, type Usage } from '@claude-optimizer/protocol';
import {
  Bot,
  CircleCheck,
  CircleDashed,
  CircleX,
  Hourglass,
  LoaderCircle,
  type LucideIcon,
} from 'lucide-react';
import { memo, type ReactNode } from 'react';
import { Cost } from '@/components/Cost';
import { Duration, Elapsed } from '@/components/Duration';
import { Meter } from '@/components/Meter';
import { ModelName } from '@/components/ModelName';
import { Tokens } from '@/components/Tokens';
import { formatExact, formatPercent } from '@/lib/format';

type Look = { icon: LucideIcon; word: string; color: string };

const STATUSES: Record<Subagent['status'], Look> = {
  running: { icon: LoaderCircle, word: 'running', color: 'text-info' },
  background: { icon: Hourglass, word: 'in the background', color: 'text-info' },
  completed: { icon: CircleCheck, word: 'completed', color: 'text-good' },
  failed: { icon: CircleX, word: 'failed', color: 'text-danger' },
};

/** The session ended, or was cut off, before anything told the agent's end. */
const UNFINISHED: Look = { icon: CircleDashed, word: 'end not known', color: 'text-ink-3' };

type AgentProps = { agent: Subagent; depth: number; all: Usage; isOpen: boolean };

/** One subagent: what it was asked, how it went, and its share of the session. */
export const SubagentRow = memo(function SubagentRow({ agent, depth, all, isOpen }: AgentProps) {
  const isUnended = agent.status === 'running' || agent.status === 'background';
  const { icon: Icon, word, color } = isUnended && !isOpen ? UNFINISHED : STATUSES[agent.status];
  const name = agent.description ?? agent.prompt ?? agent.id;
  return (
    <WorkRow depth={depth} name={name} icon={Bot} usage={agent.usage} all={all}>
      <span className={`flex items-center gap-1 ${color}`}>
        <Icon aria-hidden className="size-3" />
        {word}
      </span>
      {agent.agentType !== null && <span>{agent.agentType}</span>}
      {agent.model !== null && <ModelName id={agent.model} />}
      <span>
        {formatExact(agent.tools)} {agent.tools === 1 ? 'tool call' : 'tool calls'}
      </span>
      {isUnended && isOpen ? (
        <Elapsed since={agent.startedAt} />
      ) : (
        <Duration ms={agent.lastAt - agent.startedAt} />
      )}
    </WorkRow>
  );
});

type Props = {
  depth: number;
  name: string;
  icon: LucideIcon;
  usage: Usage;
  /** The session's, of which the shares are. */
  all: Usage;
  children?: ReactNode;
};

/** Who worked, and the share of the session's fresh tokens and cost. */
export function WorkRow({ depth, name, icon: Icon, usage, all, children }: Props) {
  const tokens = freshTokens(usage);
  const { costMicrodollars: cost } = usage;
  return (
    <div
      className="grid grid-cols-2 gap-x-4 gap-y-1 py-2 pr-3 text-xs @lg:grid-cols-[minmax(0,1fr)_8.5rem_8.5rem]"
      style={{ paddingLeft: 12 + Math.min(depth, 6) * 16 }}
    >
      <div className="col-span-2 min-w-0 @lg:col-span-1">
        <p className="flex items-center gap-1.5">
          <Icon aria-hidden className="size-3.5 shrink-0 text-ink-3" />
          <span className="truncate font-medium" title={name}>
            {name}
          </span>
        </p>
        {children !== undefined && (
          <p className="mt-0.5 flex flex-wrap gap-x-3 text-2xs text-ink-3">{children}</p>
        )}
      </div>
      {usage.messages === 0 ? (
        // Its transcript isn't there (yet): that is no cost of $0.
        <p className="col-span-2 text-2xs text-ink-3 @lg:text-right">No response of its own seen</p>
      ) : (
        <>
          <Share share={share(tokens, freshTokens(all))} of="fresh tokens" color="var(--ink-3)">
            <Tokens count={tokens} /> <span className="text-ink-3">tokens</span>
          </Share>
          <Share share={share(cost, all.costMicrodollars)} of="cost" color="var(--accent)">
            <Cost microdollars={cost} />
          </Share>
        </>
      )}
    </div>
  );
}

/** A part of a whole; null where either isn't known. */
function share(part: number | null, whole: number | null): number | null {
  return part === null || whole === null || whole <= 0 ? null : part / whole;
}

type ShareProps = { share: number | null; of: string; color: string; children: ReactNode };

function Share({ share, of, color, children }: ShareProps) {
  return (
    <div className="min-w-0">
      <p className="flex items-baseline justify-between gap-2">
        <span className="font-medium">{children}</span>
        <span className="text-ink-3 tabular-nums">
          {share === null ? '–' : formatPercent(share)}
        </span>
      </p>
      {share !== null && (
        <Meter
          share={share}
          label={`${formatPercent(share)} of the session’s ${of}`}
          color={color}
          className="mt-1"
        />
      )}
    </div>
  );
}
