'use client';

import { useCallback, useEffect, useRef, useState } from 'react';
import { getFeed } from '@/lib/feed/hooks';

/** Between two questions, however much happens. */
const PAUSE_MS = 1_500;

/** What of the feed says that a list of sessions has changed. */
function news(): readonly unknown[] {
  const { active, recentIds, sessionsTotal, ready, epoch } = getFeed().state;
  return [active, recentIds, sessionsTotal, ready, epoch];
}

/**
 * Refreshes a list when there is news, unless its reader is in the midst of it: then they are
 * told that there is some, and take it when they like.
 */
export function useListNews(isAway: boolean, refresh: () => void): [boolean, () => void] {
  const [hasNews, setNews] = useState(false);
  const latest = useRef({ isAway, refresh });
  useEffect(() => {
    latest.current = { isAway, refresh };
  });
  useEffect(() => {
    let known = news();
    let timer: ReturnType<typeof setTimeout> | null = null;
    const stop = getFeed().watch(() => {
      if (timer !== null || news().every((each, at) => Object.is(each, known[at]))) return;
      timer = setTimeout(() => {
        timer = null;
        const now = news();
        // After a deletion the history has another name: what was shown counts for nothing.
        const mustForget = now.at(-1) !== known.at(-1);
        known = now;
        if (latest.current.isAway && !mustForget) setNews(true);
        else latest.current.refresh();
      }, PAUSE_MS);
    });
    return () => {
      stop();
      if (timer !== null) clearTimeout(timer);
    };
  }, []);
  const hear = useCallback(() => {
    setNews(false);
    latest.current.refresh();
  }, []);
  return [hasNews && isAway, hear];
}
