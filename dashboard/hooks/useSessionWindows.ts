'use client';

import type {
  ListedSession,
  SearchState,
  SessionFacets,
  SessionList,
} from '@claude-optimizer/protocol';
import { useCallback, useEffect, useLayoutEffect, useRef, useState } from 'react';
import { fetchWindow } from '@/lib/sessions/sessions-api';

/** Rows asked for at once: a screen or two. */
const ROWS = 50;
/** So many rows before and after those in sight are asked for, too. */
const AHEAD = 25;
/** Windows kept; those that were seen longest ago are asked for again. */
const KEPT = 40;

export type SessionWindows = {
  /** Null until the first answer. */
  total: number | null;
  facets: SessionFacets | null;
  search: SearchState | null;
  error: Error | null;
  /** Whether what is shown is of an earlier question. */
  isStale: boolean;
  row: (index: number) => ListedSession | undefined;
  /** Asks for what of these rows isn't there yet. */
  want: (from: number, to: number) => void;
  /** Asks again for what is shown, which stays until the answer is there. */
  refresh: () => void;
};

type Shown = {
  asked: string | null;
  rows: ReadonlyMap<number, ListedSession>;
  total: number | null;
  facets: SessionFacets | null;
  search: SearchState | null;
  error: Error | null;
};

const NOTHING: Shown = {
  ...{ asked: null, rows: new Map(), total: null, facets: null, search: null, error: null },
};

/**
 * Any part of a list of sessions, however long: windows are asked for as they come in sight. What
 * is shown stays until the first window of the next question is there.
 */
export function useSessionWindows(asked: string): SessionWindows {
  const [shown, setShown] = useState(NOTHING);
  const turn = useRef(0);
  const open = useRef(new Set<number>());
  const sight = useRef<[from: number, to: number]>([0, ROWS]);

  const load = useCallback(
    async (offset: number, mode: 'first' | 'again' | 'more'): Promise<void> => {
      if (mode !== 'more') {
        turn.current += 1;
        open.current.clear();
      }
      const mine = turn.current;
      open.current.add(offset);
      try {
        // An answer is bounded in bytes: what didn't fit is asked for by itself.
        for (let at = offset, isFirst = mode !== 'more'; at < offset + ROWS; isFirst = false) {
          const list = await fetchWindow(asked, {
            ...{ offset: at, limit: offset + ROWS - at, facets: isFirst },
          });
          if (mine !== turn.current) return;
          const isFresh = isFirst && mode === 'first';
          const from = at;
          setShown((before) => withWindow({ ...before, asked }, list, { offset: from, isFresh }));
          at += list.sessions.length;
          if (list.sessions.length === 0 || at >= list.total) break;
        }
      } catch (cause) {
        if (mine !== turn.current) return;
        const error = cause instanceof Error ? cause : new Error(String(cause));
        setShown((before) => ({ ...before, error }));
      } finally {
        open.current.delete(offset);
      }
    },
    [asked],
  );

  useEffect(() => {
    const timer = setTimeout(() => void load(0, 'first'));
    return () => clearTimeout(timer);
  }, [load]);

  const rows = useRef(shown.rows);
  const total = useRef(0);
  // Before the effects of the table, which ask for more.
  useLayoutEffect(() => {
    rows.current = shown.rows;
    total.current = shown.total ?? 0;
  });
  const want = useCallback(
    (from: number, to: number) => {
      sight.current = [from, to];
      const first = Math.max(0, from - AHEAD);
      for (let at = first - (first % ROWS); at <= to + AHEAD && at < total.current; at += ROWS) {
        if (rows.current.has(Math.max(at, first)) || open.current.has(at)) continue;
        void load(at, 'more');
      }
    },
    [load],
  );
  const refresh = useCallback(() => {
    const [from, to] = sight.current;
    const first = from - (from % ROWS);
    void load(first, 'again');
    for (let offset = first + ROWS; offset <= to; offset += ROWS) void load(offset, 'more');
  }, [load]);

  const { facets, search, error } = shown;
  const isStale = shown.asked !== asked;
  return {
    total: shown.total,
    ...{ facets, search, error, isStale, want, refresh },
    row: (index) => shown.rows.get(index),
  };
}

function withWindow(
  before: Shown,
  list: SessionList,
  { offset, isFresh }: { offset: number; isFresh: boolean },
): Shown {
  const rows = new Map(isFresh ? [] : before.rows);
  list.sessions.forEach((session, at) => {
    rows.delete(offset + at);
    rows.set(offset + at, session);
  });
  for (const oldest of rows.keys()) {
    if (rows.size <= KEPT * ROWS) break;
    rows.delete(oldest);
  }
  return {
    ...before,
    rows,
    total: list.total,
    facets: list.facets ?? before.facets,
    search: list.search ?? (isFresh ? null : before.search),
    error: null,
  };
}
