'use client';

import type { Passage } from '@claude-optimizer/protocol';
import { Braces, Link2 } from 'lucide-react';
import type { ReactNode } from 'react';
import { CopyButton } from '@/components/session/CopyButton';
import { changeAddressQuery } from '@/hooks/useAddressQuery';
import { formatClock, formatMoment } from '@/lib/format';
import { useConversation } from './context';

type Props = {
  passage: Passage;
  thread: string;
  depth: number;
  isCurrent: boolean;
  children: ReactNode;
};

/** A passage with its time and what can be done with it; indented within a subagent. */
export function PassageFrame({ passage, thread, depth, isCurrent, children }: Props) {
  return (
    <article
      aria-label={LABELS[passage.kind]}
      data-passage={`${thread} ${String(passage.index)}`}
      tabIndex={-1}
      className={`group/passage relative flex gap-2 border-l-2 py-1.5 pr-3 pl-2.5 outline-none ${isCurrent ? 'border-accent bg-sunken' : 'border-transparent'}`}
    >
      {Array.from({ length: depth }, (_, at) => (
        <span key={at} aria-hidden className="w-3 shrink-0 border-l border-line-strong" />
      ))}
      <div className="min-w-0 flex-1">{children}</div>
      <div className="w-14 shrink-0 text-right text-2xs text-ink-3 max-sm:hidden">
        {passage.at !== null && (
          <time dateTime={new Date(passage.at).toISOString()} title={formatMoment(passage.at)}>
            {formatClock(passage.at)}
          </time>
        )}
      </div>
      <Actions passage={passage} thread={thread} />
    </article>
  );
}

function Actions({ passage, thread }: { passage: Passage; thread: string }) {
  const { showRaw } = useConversation();
  const { recordId, index } = passage;
  const words = wordsOf(passage);
  const button = 'rounded-sm p-1 text-ink-3 hover:bg-sunken hover:text-ink';
  return (
    <div className="absolute top-0.5 right-2 z-1 flex items-center rounded-sm border border-line bg-surface opacity-0 group-focus-within/passage:opacity-100 group-hover/passage:opacity-100">
      {words !== '' && <CopyButton text={words} label="Copy the text" />}
      {recordId !== null && (
        <button
          type="button"
          className={button}
          aria-label="Link to this passage"
          title="Put this passage into the address"
          onClick={() => changeAddressQuery({ at: recordId }, 'replace')}
        >
          <Link2 aria-hidden className="size-3.5" />
        </button>
      )}
      <button
        type="button"
        className={button}
        aria-label="Raw record"
        title="The record as it stands in the transcript"
        onClick={() => showRaw({ thread, index })}
      >
        <Braces aria-hidden className="size-3.5" />
      </button>
    </div>
  );
}

function wordsOf(passage: Passage): string {
  if (passage.kind === 'tool') return passage.result?.text.text ?? '';
  return 'text' in passage ? passage.text.text : '';
}

const LABELS: Record<Passage['kind'], string> = {
  prompt: 'Prompt',
  command: 'Command',
  output: 'Output',
  text: 'Answer',
  thinking: 'Thinking',
  tool: 'Tool call',
  compaction: 'Compaction',
  summary: 'Summary',
  interruption: 'Interruption',
  failure: 'Failure',
  notification: 'Notification',
  teammate: 'Message of a teammate',
  notice: 'Notice',
  title: 'Title',
  other: 'Other record',
  unreadable: 'Unreadable line',
};
