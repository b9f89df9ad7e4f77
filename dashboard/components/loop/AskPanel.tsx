'use client';

import type { Ask } from '@claude-optimizer/protocol';
import { ChevronDown, ChevronLeft, ChevronRight, MessageCircleQuestionMark } from 'lucide-react';
import { useEffect, useRef, useState } from 'react';
import { Button } from '@/components/Button';
import { useHotkeys } from '@/lib/hotkeys/hotkeys';
import { useLoopNews } from '@/lib/loop/loop-news';
import { AskCard, askTitle } from './AskCard';

/** All that waits for the person's answer, one at a time; `a` goes there. */
export function AskPanel() {
  const asks = useLoopNews((news) => news.asks);
  const [chosen, setChosen] = useState<string | null>(null);
  const [isShut, setShut] = useState(false);
  const panel = useRef<HTMLElement>(null);
  const at = Math.max(
    0,
    asks.findIndex(({ id }) => id === chosen),
  );
  const ask = asks[at];
  const open = () => {
    setShut(false);
    // At once where it is there, or else as soon as it is.
    if (panel.current) panel.current.focus();
    else requestAnimationFrame(() => panel.current?.focus());
  };
  useHotkeys(
    ask ? [{ keys: 'a', label: 'Answer what waits for you', run: open }] : [],
    'everywhere',
  );
  return (
    <>
      <Announcement asks={asks} />
      {ask && isShut && (
        <Button
          className="fixed right-3 bottom-3 z-20 border-warning! max-sm:top-13 max-sm:bottom-auto"
          onClick={open}
        >
          <MessageCircleQuestionMark aria-hidden className="size-4 text-warning" />
          {asks.length === 1 ? '1 question' : `${asks.length} questions`}
        </Button>
      )}
      {ask && !isShut && (
        <section
          ref={panel}
          tabIndex={-1}
          aria-label="Needs you"
          className="fixed inset-x-2 top-13 z-20 max-h-[70dvh] overflow-y-auto rounded-md border border-warning bg-raised outline-none sm:inset-x-auto sm:top-auto sm:right-3 sm:bottom-3 sm:w-[26rem]"
          onKeyDown={(event) => {
            if (event.key !== 'Escape') return;
            // Keys of the page hear it, too.
            event.preventDefault();
            setShut(true);
          }}
        >
          <header className="flex items-center gap-1 border-b border-line py-1 pr-1 pl-3">
            <h2 className="flex min-w-0 flex-1 items-center gap-1.5 font-semibold">
              <MessageCircleQuestionMark aria-hidden className="size-4 shrink-0 text-warning" />
              <span className="truncate">{askTitle(ask)}</span>
            </h2>
            {asks.length > 1 && (
              <Pager at={at} asks={asks} onChoose={(next) => setChosen(next.id)} />
            )}
            <Button look="quiet" size="small" aria-label="Minimize" onClick={() => setShut(true)}>
              <ChevronDown aria-hidden className="size-4" />
            </Button>
          </header>
          <AskCard key={ask.id} ask={ask} />
        </section>
      )}
    </>
  );
}

type PagerProps = { at: number; asks: readonly Ask[]; onChoose: (ask: Ask) => void };

function Pager({ at, asks, onChoose }: PagerProps) {
  const [before, after] = [asks[at - 1], asks[at + 1]];
  return (
    <>
      <Button
        look="quiet"
        size="small"
        aria-label="Previous question"
        disabled={!before}
        onClick={() => before && onChoose(before)}
      >
        <ChevronLeft aria-hidden className="size-4" />
      </Button>
      <span className="text-xs text-ink-2 tabular-nums">
        {at + 1} of {asks.length}
      </span>
      <Button
        look="quiet"
        size="small"
        aria-label="Next question"
        disabled={!after}
        onClick={() => after && onChoose(after)}
      >
        <ChevronRight aria-hidden className="size-4" />
      </Button>
    </>
  );
}

/** Says each new question once, when the page is at rest. */
function Announcement({ asks }: { asks: readonly Ask[] }) {
  const known = useRef<ReadonlySet<string>>(new Set());
  const [text, setText] = useState('');
  useEffect(() => {
    const fresh = asks.filter(({ id }) => !known.current.has(id));
    known.current = new Set(asks.map(({ id }) => id));
    const [first] = fresh;
    if (first) setText(`${askTitle(first)}: ${first.label}. Press a to answer.`);
  }, [asks]);
  return (
    <p role="status" className="sr-only">
      {text}
    </p>
  );
}
