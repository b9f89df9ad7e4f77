'use client';

import { useCallback, useEffect, useState } from 'react';
import { getFeed } from '@/lib/feed/hooks';

/** Between two questions, however many events there are. */
const PAUSE_MS = 2_000;

type News = () => readonly unknown[];

/** What of the feed says that sums of usage have changed. */
const usageNews: News = () => {
  const { today, indexing, ready, epoch } = getFeed().state;
  return [today, indexing.filesDone, ready, epoch];
};

/** What of the feed says that there are more sessions with usage. */
export const sessionNews: News = () => {
  const { today, ready, epoch } = getFeed().state;
  return [today?.startsAt, today?.sessions, ready, epoch];
};

export type Figures<T> = {
  /** The last answer; of the question before, while `isStale`. */
  value: T | null;
  isStale: boolean;
  error: Error | null;
  reload: () => void;
};

type State<T> = { key: string | null; value: T | null; error: Error | null };

/**
 * An answer about usage: asked (unless `key` is null) when `key` changes, and while the page is visible when there
 * is news, at most every 2 seconds. It renders for answers only, never for an event; the last
 * answer stays until the next one is there.
 */
export function useFigures<T>(
  ask: () => Promise<T>,
  key: string | null,
  news: News = usageNews,
): Figures<T> {
  const [state, setState] = useState<State<T>>({ key, value: null, error: null });
  const [turn, setTurn] = useState(0);
  const reload = useCallback(() => setTurn((before) => before + 1), []);
  useEffect(() => {
    if (key === null) return;
    let isWanted = true;
    const put = (change: Partial<State<T>>) =>
      isWanted && setState((before) => ({ ...before, error: null, ...change }));
    ask()
      .then((value) => put({ key, value }))
      .catch((cause: unknown) => {
        put({ error: cause instanceof Error ? cause : new Error(String(cause)) });
      });
    return () => {
      isWanted = false;
    };
    // `key` says all that `ask` depends on.
    // eslint-disable-next-line react-hooks/exhaustive-deps
  }, [key, turn]);
  useEffect(() => onNews(news, reload), [news, reload]);
  const { value, error } = state;
  return { value, error, isStale: state.key !== key, reload };
}

/** Calls `tell` when sums have changed, at most every 2 seconds and never for a hidden page. */
function onNews(news: News, tell: () => void): () => void {
  let known = news();
  let timer: ReturnType<typeof setTimeout> | null = null;
  const look = () => {
    if (timer !== null || document.hidden) return;
    const now = news();
    if (now.every((each, at) => Object.is(each, known[at]))) return;
    timer = setTimeout(() => {
      timer = null;
      known = news();
      if (!document.hidden) tell();
    }, PAUSE_MS);
  };
  const stop = getFeed().watch(look);
  document.addEventListener('visibilitychange', look);
  return () => {
    stop();
    document.removeEventListener('visibilitychange', look);
    if (timer !== null) clearTimeout(timer);
  };
}
