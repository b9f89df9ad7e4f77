'use client';

import { visibleText, type Located, type Thread } from '@claude-optimizer/protocol';
import { Bot, ChevronRight, MessageCircleQuestion, Shrink, Sparkles } from 'lucide-react';
import { useConversation, useShown } from './context';
import { ASIDE_WORDS, threadWords } from './thread-words';

const ASIDE_ICONS = {
  question: MessageCircleQuestion,
  compaction: Shrink,
  suggestion: Sparkles,
  'warm-up': Sparkles,
};

/** Opens a thread under its call, or under a line of its own, or closes it. */
export function ThreadButton({ thread, at }: { thread: string; at: Located | null }) {
  const { store } = useConversation();
  const isOpen = useShown((shown) => shown.isOpen(thread));
  const said = useShown(({ main }) => main.threads.find(({ id }) => id === thread));
  const look = isQuiet(said)
    ? 'text-ink-3 hover:bg-sunken hover:text-ink'
    : 'mt-1 border border-line px-2 py-0.5 text-ink-2 hover:bg-sunken';
  const Icon = said?.aside ? ASIDE_ICONS[said.aside] : Bot;
  return (
    <button
      type="button"
      aria-expanded={isOpen}
      onClick={() => store.toggleThread(thread, at)}
      className={`flex max-w-full items-center gap-1.5 rounded-sm text-xs ${look}`}
    >
      <ChevronRight aria-hidden className={`size-3 shrink-0 ${isOpen ? 'rotate-90' : ''}`} />
      <Icon aria-hidden className="size-3.5 shrink-0" />
      <span className="shrink-0">{said?.aside ? ASIDE_WORDS[said.aside] : 'Subagent'}</span>
      <bdi className="truncate">{visibleText(said ? threadWords(said) : thread)}</bdi>
    </button>
  );
}

/** What the client asked for itself is there, but says little. */
function isQuiet(thread: Thread | undefined): boolean {
  return (thread?.aside ?? null) !== null && thread?.aside !== 'question';
}
