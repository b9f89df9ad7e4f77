'use client';

import type { Located, PassageOf } from '@claude-optimizer/protocol';
import { ChevronRight } from 'lucide-react';
import { ToolIcon } from '@/components/ToolIcon';
import { foldKey } from '@/lib/conversation/conversation-store';
import { visibleText } from '@claude-optimizer/protocol';
import { formatDuration, formatExact, toolName } from '@/lib/format';
import { useConversation, useShown } from './context';
import { ThreadButton } from './ThreadButton';
import { ToolInput } from './ToolInput';
import { ToolResult } from './ToolResult';

type Tool = PassageOf<'tool'>;

/** Tools whose input is what one wants to see. */
const OPEN = new Set([
  'Edit',
  'MultiEdit',
  'Write',
  'NotebookEdit',
  'TodoWrite',
  'ExitPlanMode',
  'AskUserQuestion',
]);

/** A tool call: what it works on and how it ended in one line; input, changes and result below. */
export function ToolPassage({ passage, at }: { passage: Tool; at: Located }) {
  const { store } = useConversation();
  const key = foldKey(at);
  const isOpen = useShown((shown) => shown.isUnfolded(key, OPEN.has(passage.name ?? '')));
  const until = useShown((shown) => shown.until);
  const name = passage.name === null ? 'A result without its call' : toolName(passage.name);
  return (
    <div>
      <button
        type="button"
        aria-expanded={isOpen}
        onClick={() => store.unfold(key, !isOpen)}
        className="-mx-1 flex w-full min-w-0 items-center gap-1.5 rounded-sm px-1 py-0.5 text-left text-xs hover:bg-sunken"
      >
        <ChevronRight
          aria-hidden
          className={`size-3 shrink-0 text-ink-3 ${isOpen ? 'rotate-90' : ''}`}
        />
        <ToolIcon name={passage.name ?? ''} className="size-3.5 text-ink-3" />
        <span className="shrink-0 font-medium">{visibleText(name.slice(0, 60))}</span>
        <bdi className="min-w-0 flex-1 truncate font-mono text-2xs text-ink-2">
          {visibleText(passage.label)}
        </bdi>
        <Outcome passage={passage} until={until} />
      </button>
      {isOpen && (
        <div className="mt-1 space-y-2 pl-4">
          <ToolInput passage={passage} at={at} />
          <ToolResult passage={passage} at={at} />
        </div>
      )}
      {passage.threads.map((thread) => (
        <ThreadButton key={thread} thread={thread} at={at} />
      ))}
    </div>
  );
}

const WORDS = {
  ok: 'text-ink-3',
  error: 'text-danger',
  denied: 'text-warning',
  cancelled: 'text-warning',
};

function Outcome({ passage, until }: { passage: Tool; until: number | null }) {
  const { result, at } = passage;
  if (result === null || (until !== null && (result.at ?? 0) > until)) {
    return <span className="shrink-0 text-info">no result yet</span>;
  }
  const took = result.at !== null && at !== null ? formatDuration(result.at - at) : null;
  const size = result.text.length > 0 ? `${formatExact(result.text.length)} characters` : null;
  const words = [result.outcome === 'ok' ? null : result.outcome, took, size];
  return (
    <span className={`shrink-0 tabular-nums ${WORDS[result.outcome]}`}>
      {words.filter((word) => word !== null).join(' · ')}
    </span>
  );
}
