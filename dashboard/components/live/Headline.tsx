'use client';

import { belowHeadline, headline } from '@claude-optimizer/core/live';
import { useEffect, useRef, useState } from 'react';
import { EMPTY_FIGURE, FirstFigure } from '@/components/FirstFigure';
import { getFeed, useActive, useIsLoaded } from '@/lib/feed/hooks';
import { useAskedIds } from '@/lib/loop/loop-news';
import { sessionTitle } from '@/lib/session-title';

/** Whether something needs the person: the page's first line. */
export function Headline() {
  const active = useActive();
  const isLoaded = useIsLoaded();
  const answers = useAskedIds(active.answer).length;
  if (!isLoaded) return <HeadlineSkeleton />;
  const counts = {
    answer: answers,
    failed: active.failed.length,
    prompt: active.prompt.length,
    running: active.running.length,
    idle: active.idle.length,
  };
  return (
    <div>
      <h1 className="text-xl font-semibold">{headline(counts)}</h1>
      <p className="text-ink-2">{belowHeadline(counts)}</p>
      <Announcement />
    </div>
  );
}

function HeadlineSkeleton() {
  return (
    <div aria-busy>
      <h1 className="flex h-7 items-center text-xl font-semibold">
        <span className="sr-only">Live</span>
        <FirstFigure name="headline" className={`${EMPTY_FIGURE} empty:h-5 empty:w-56`} />
      </h1>
      <p className="flex min-h-5 items-center text-ink-2">
        <FirstFigure name="below" className={`${EMPTY_FIGURE} empty:h-3 empty:w-36`} />
      </p>
    </div>
  );
}

/** Says which session has begun to ask, once; nothing else on this page speaks by itself. */
function Announcement() {
  const { answer } = useActive();
  const known = useRef<readonly string[] | null>(null);
  const [text, setText] = useState('');
  useEffect(() => {
    const before = known.current;
    known.current = answer;
    const newcomer = before && answer.find((id) => !before.includes(id));
    const session = newcomer ? getFeed().state.sessions.get(newcomer) : undefined;
    if (session) setText(`${sessionTitle(session)} needs an answer`);
  }, [answer]);
  return (
    <p role="status" className="sr-only">
      {text}
    </p>
  );
}
