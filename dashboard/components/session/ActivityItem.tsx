'use client';

import type { EventOf, SessionEvent } from '@claude-optimizer/protocol';
import {
  Bot,
  CircleCheck,
  CircleStop,
  Flag,
  LogOut,
  MessageSquare,
  OctagonAlert,
  Play,
  Shrink,
  Target,
  User,
  Wallet,
  type LucideIcon,
} from 'lucide-react';
import { memo, type ReactNode } from 'react';
import { RelativeTime } from '@/components/RelativeTime';
import { ToolIcon } from '@/components/ToolIcon';
import { formatCost, formatDuration, toolName } from '@/lib/format';

type Props = {
  event: SessionEvent;
  end: EventOf<'session:tool'> | null;
  /** Whether the tool still runs. */
  isOpen: boolean;
};

/** One thing that happened: icon, words, time. */
export const ActivityItem = memo(function ActivityItem({ event, end, isOpen }: Props) {
  const { icon, color = 'text-ink-3', words } = said({ event, end, isOpen });
  const isInner = 'agentId' in event && event.agentId !== null && event.type !== 'session:agent';
  return (
    <div className={`flex items-start gap-2 px-3 py-1.5 text-xs ${isInner ? 'pl-8' : ''}`}>
      <span className={`mt-0.5 shrink-0 ${color}`}>{icon}</span>
      <span className="line-clamp-3 min-w-0 flex-1 break-words">{words}</span>
      <RelativeTime at={event.timestamp} className="shrink-0 pt-px text-2xs text-ink-3" />
    </div>
  );
});

type Said = { icon: ReactNode; color?: string; words: ReactNode };

const AGENT_WORDS = {
  running: 'started',
  background: 'goes on in the background',
  completed: 'completed',
  failed: 'failed',
};

const icon = (Icon: LucideIcon) => <Icon aria-hidden className="size-3.5" />;

function said({ event, end, isOpen }: Props): Said {
  switch (event.type) {
    case 'session:start':
      return { icon: icon(Play), words: 'Session started' };
    case 'session:turn':
      return turn(event);
    case 'session:message':
      return { icon: icon(MessageSquare), words: event.text };
    case 'session:tool':
      return tool(event, end, isOpen);
    case 'session:objective':
      return {
        icon: icon(event.status === 'completed' ? CircleCheck : Target),
        color: event.status === 'completed' ? 'text-good' : 'text-ink-3',
        words: `Objective ${event.status.replace('_', ' ')}: ${event.text}`,
      };
    case 'session:agent':
      return {
        icon: icon(Bot),
        words: `Subagent ${AGENT_WORDS[event.status]}: ${event.description ?? event.prompt ?? event.agentId}`,
      };
    case 'session:compact':
      return { icon: icon(Shrink), words: `Conversation compacted (${event.trigger})` };
    case 'session:error':
      return {
        icon: icon(OctagonAlert),
        color: event.fatal ? 'text-danger' : 'text-warning',
        words: event.message,
      };
    case 'session:budget':
      return {
        icon: icon(Wallet),
        words:
          event.budgetMicrodollars === null
            ? 'Budget removed'
            : `Budget set to ${formatCost(event.budgetMicrodollars)}`,
      };
    case 'session:complete':
      return {
        icon: icon(event.reason === 'ended' ? Flag : LogOut),
        words: event.reason === 'ended' ? 'Marked as ended' : 'Claude Code was closed',
      };
    case 'session:tokens':
    case 'session:info':
      return { icon: null, words: null };
  }
}

function turn(event: EventOf<'session:turn'>): Said {
  switch (event.phase) {
    case 'start':
      return {
        icon: icon(User),
        color: 'text-accent',
        words: <strong className="font-medium">{event.prompt}</strong>,
      };
    case 'end': {
      const took =
        event.durationMs === undefined ? '' : ` after ${formatDuration(event.durationMs)}`;
      return { icon: icon(CircleCheck), words: `Turn ended${took}` };
    }
    case 'interrupted':
      return { icon: icon(CircleStop), color: 'text-warning', words: 'Interrupted' };
  }
}

const OUTCOMES = {
  ok: { word: '', color: 'text-ink-3' },
  error: { word: 'failed', color: 'text-danger' },
  denied: { word: 'denied', color: 'text-warning' },
  cancelled: { word: 'cancelled', color: 'text-warning' },
};

function tool(event: EventOf<'session:tool'>, end: Props['end'], isOpen: boolean): Said {
  const { word, color } = end
    ? OUTCOMES[end.outcome ?? 'ok']
    : isOpen
      ? { word: 'running', color: 'text-info' }
      : { word: 'no result', color: 'text-ink-3' };
  const took = end?.durationMs === undefined ? '' : formatDuration(end.durationMs);
  const lines = end?.linesAdded === undefined ? '' : `+${end.linesAdded} −${end.linesRemoved ?? 0}`;
  return {
    icon: <ToolIcon name={event.name} />,
    color,
    words: (
      <>
        <span className="font-medium">{toolName(event.name)}</span>{' '}
        <span className="font-mono text-2xs text-ink-2">{event.label}</span>{' '}
        <span className={color}>
          {[word, took, lines].filter((part) => part !== '').join(' · ')}
        </span>
        {end?.error !== undefined && <span className="block text-danger">{end.error}</span>}
      </>
    ),
  };
}
