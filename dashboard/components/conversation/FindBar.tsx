'use client';

import { ChevronDown, ChevronUp, X } from 'lucide-react';
import { useEffect, useRef } from 'react';
import type { Finding } from './useFind';

const button = 'rounded-sm p-1 text-ink-2 hover:bg-sunken hover:text-ink disabled:opacity-50';

/** Looks for words in the whole conversation, drawn or not. */
export function FindBar({ finding, onClose }: { finding: Finding; onClose: () => void }) {
  const input = useRef<HTMLInputElement>(null);
  useEffect(() => {
    input.current?.focus();
    input.current?.select();
  }, [finding.asked]);
  const { words, hits, at, isBusy, more, error } = finding;
  const count = error
    ? error.message
    : words === ''
      ? ''
      : isBusy
        ? 'looking…'
        : hits.length === 0
          ? 'nothing found'
          : `${String(at + 1)} of ${String(hits.length)}${more ? '+' : ''}`;
  return (
    <div
      role="search"
      className="flex items-center gap-1 border-b border-line bg-surface px-2 py-1"
    >
      <input
        ref={input}
        type="search"
        aria-label="Find in the conversation"
        placeholder="Find in the conversation"
        value={words}
        maxLength={200}
        onChange={({ target }) => finding.find(target.value)}
        onKeyDown={(event) => {
          if (event.key === 'Enter') finding.step(event.shiftKey ? -1 : 1);
          if (event.key !== 'Escape') return;
          event.preventDefault();
          onClose();
        }}
        className="h-7 min-w-0 flex-1 rounded-sm border border-control-line bg-canvas px-2 text-sm"
      />
      <span role="status" className="min-w-20 text-right text-xs text-ink-3 tabular-nums">
        {count}
      </span>
      <button
        type="button"
        className={button}
        aria-label="Previous match"
        title="Previous (N)"
        disabled={hits.length === 0}
        onClick={() => finding.step(-1)}
      >
        <ChevronUp aria-hidden className="size-4" />
      </button>
      <button
        type="button"
        className={button}
        aria-label="Next match"
        title="Next (n)"
        disabled={hits.length === 0}
        onClick={() => finding.step(1)}
      >
        <ChevronDown aria-hidden className="size-4" />
      </button>
      <button type="button" className={button} aria-label="Close find" onClick={onClose}>
        <X aria-hidden className="size-4" />
      </button>
    </div>
  );
}
