'use client';

import { useEffect, useRef, useState } from 'react';
import { Skeleton } from '@/components/Skeleton';
import { getFeed, useActive, useIsLoaded } from '@/lib/feed/hooks';
import { useAskedIds } from '@/lib/loop/loop-news';
import { sessionTitle } from '@/lib/session-title';

const count = (n: number, one: string, many: string) => `${n} ${n === 1 ? one : many}`;

/** Whether something needs the person: the page's first line. */
export function Headline() {
  const active = useActive();
  const isLoaded = useIsLoaded();
  const answers = useAskedIds(active.answer).length;
  if (!isLoaded) return <HeadlineSkeleton />;
  const failed = active.failed.length;
  const rest = [
    ...(answers > 0 && failed > 0 ? [`${failed} failed`] : []),
    ...(active.prompt.length > 0 ? [`${active.prompt.length} your turn`] : []),
    ...(active.running.length > 0 ? [`${active.running.length} running`] : []),
    ...(active.idle.length > 0 ? [`${active.idle.length} idle`] : []),
  ];
  return (
    <div>
      <h1 className="text-xl font-semibold">{headline(answers, failed)}</h1>
      <p className="text-ink-2">{rest.length > 0 ? rest.join(' · ') : alone(answers + failed)}</p>
      <Announcement />
    </div>
  );
}

function headline(answers: number, failed: number): string {
  if (answers > 0) return count(answers, 'session needs an answer', 'sessions need an answer');
  if (failed > 0) return count(failed, 'session has failed', 'sessions have failed');
  return 'Nothing needs you';
}

function alone(pressing: number): string {
  if (pressing > 0) return 'Nothing else is active';
  return 'No active session. Start Claude Code in a project and it appears here.';
}

function HeadlineSkeleton() {
  return (
    <div aria-busy>
      <h1 className="sr-only">Live</h1>
      <div className="flex h-7 items-center">
        <Skeleton className="h-5 w-56" />
      </div>
      <div className="flex h-5 items-center">
        <Skeleton className="h-3 w-36" />
      </div>
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
