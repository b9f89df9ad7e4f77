'use client';

import type { Ask, Notice, PartialText, Run } from '@claude-optimizer/protocol';
import { useMemo, useSyncExternalStore } from 'react';

/** What is known besides the sessions: runs, questions to the person, notices. */
export type LoopNews = {
  /** False until the server has said what there is. */
  isLoaded: boolean;
  /** All that are open, oldest first. */
  asks: readonly Ask[];
  runs: ReadonlyMap<string, Run>;
  /** Newest first. */
  notices: readonly Notice[];
  /** What is being written, by session. */
  partials: ReadonlyMap<string, PartialText>;
  /** Grows when plans, calendars or settings have changed: what shows them asks again. */
  scheduleNews: number;
};

const NO_NEWS: LoopNews = {
  isLoaded: false,
  asks: [],
  runs: new Map(),
  notices: [],
  partials: new Map(),
  scheduleNews: 0,
};

let news = NO_NEWS;
const watchers = new Set<() => void>();

export const getLoopNews = (): LoopNews => news;

/** Replaces parts of what is known; filled by follow-loop.ts, which loads after the first view. */
export function setLoopNews(change: Partial<LoopNews>): void {
  news = { ...news, ...change };
  for (const watcher of watchers) watcher();
}

export function watchLoopNews(watcher: () => void): () => void {
  watchers.add(watcher);
  return () => watchers.delete(watcher);
}

/** A selection of the news, which must keep its identity until what it shows has changed. */
export function useLoopNews<T>(select: (news: LoopNews) => T): T {
  return useSyncExternalStore(
    watchLoopNews,
    () => select(news),
    () => select(NO_NEWS),
  );
}

/** These sessions and those that ask here, each once. */
export function useAskedIds(ids: readonly string[]): readonly string[] {
  const asks = useLoopNews((all) => all.asks);
  return useMemo(() => {
    const more = asks.map(({ sessionId }) => sessionId).filter((id) => !ids.includes(id));
    return more.length === 0 ? ids : [...ids, ...new Set(more)];
  }, [asks, ids]);
}

/** Whether a session waits for an answer that can be given here. */
export const useIsAsking = (sessionId: string): boolean =>
  useLoopNews(({ asks }) => asks.some((ask) => ask.sessionId === sessionId));

/** The newest run of a session; null for one that wasn't launched by us. */
export const useRunOfSession = (sessionId: string): Run | null =>
  useLoopNews(({ runs }) => newest(runs, (run) => run.sessionId === sessionId));

function newest(runs: ReadonlyMap<string, Run>, fits: (run: Run) => boolean): Run | null {
  let found: Run | null = null;
  for (const run of runs.values()) {
    if (fits(run) && (found === null || (run.claimedAt ?? 0) >= (found.claimedAt ?? 0)))
      found = run;
  }
  return found;
}
