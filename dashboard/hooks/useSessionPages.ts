'use client';

import type { SessionSummary } from '@claude-optimizer/protocol';
import { useEffect, useRef, useState } from 'react';
import { fetchSessions, type SessionFilter } from '@/lib/api';

/** Typing and bursts of news are let pass before the server is asked. */
const PAUSE_MS = 150;

export type SessionPages = {
  /** null until the first answer. */
  sessions: readonly SessionSummary[] | null;
  hasMore: boolean;
  isLoading: boolean;
  error: Error | null;
};

const NOTHING: SessionPages = { sessions: null, hasMore: false, isLoading: true, error: null };

/**
 * Sessions that fit a filter, a page at a time. What is shown stays until the next answer.
 * `news` is any value that changes when the first page may have changed.
 */
export function useSessionPages(filter: SessionFilter, news: unknown) {
  const [pages, setPages] = useState(NOTHING);
  const cursor = useRef<string | null>(null);
  const latest = useRef(0);
  const key = JSON.stringify(filter);

  const load = (more: boolean): void => {
    const turn = ++latest.current;
    const from = more && cursor.current !== null ? { cursor: cursor.current } : {};
    setPages((before) => ({ ...before, isLoading: true, error: null }));
    fetchSessions({ ...filter, ...from })
      .then(({ sessions, nextCursor }) => {
        if (turn !== latest.current) return;
        cursor.current = nextCursor;
        const next = { hasMore: nextCursor !== null, isLoading: false, error: null };
        setPages((before) => ({
          ...next,
          sessions: more ? withoutRepeats([...(before.sessions ?? []), ...sessions]) : sessions,
        }));
      })
      .catch((cause: unknown) => {
        if (turn !== latest.current) return;
        const error = cause instanceof Error ? cause : new Error(String(cause));
        setPages((before) => ({ ...before, isLoading: false, error }));
      });
  };

  const loadFirst = useRef(load);
  useEffect(() => {
    loadFirst.current = load;
  });
  useEffect(() => {
    const timer = setTimeout(() => loadFirst.current(false), PAUSE_MS);
    return () => clearTimeout(timer);
  }, [key, news]);

  return { ...pages, loadMore: () => load(true), reload: () => load(false) };
}

function withoutRepeats(sessions: SessionSummary[]): SessionSummary[] {
  return [...new Map(sessions.map((session) => [session.id, session])).values()];
}
