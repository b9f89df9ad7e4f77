'use client';

import { sessionNeed, type SessionNeed } from '@claude-optimizer/core/fold';
import type { Attention } from '@claude-optimizer/core/live';
import type { DemoState, Indexing, SessionSummary, Today } from '@claude-optimizer/protocol';
import { useSyncExternalStore } from 'react';
import type { ConnectionState } from './connection';
import { Feed } from './feed';
import { SessionFeed } from './session-feed';
import { NO_STATE } from './state';
import { WholeSession } from './whole-session';

let theFeed: Feed | null = null;

/** The page's one feed; made in the browser only. */
export function getFeed(): Feed {
  theFeed ??= new Feed();
  return theFeed;
}

const watchFeed = (watcher: () => void) => getFeed().watch(watcher);

/**
 * A selection of the feed. `select` must give the same value (by identity) as long as nothing
 * that it shows has changed; only then does the component stay still.
 */
function useFeed<T>(select: (feed: Feed) => T, atFirst: T): T {
  return useSyncExternalStore(
    watchFeed,
    () => select(getFeed()),
    () => atFirst,
  );
}

const NONE: readonly string[] = [];
const CONNECTING: ConnectionState = { kind: 'connecting' };
const NOT_INDEXED: Indexing = { filesDone: 0, filesTotal: 0 };
const NO_DEMO: DemoState = { running: false, speed: 1 };

/** A session's summary, or null when the page doesn't follow it. */
export const useSessionSummary = (id: string): SessionSummary | null =>
  useFeed((feed) => feed.state.sessions.get(id) ?? null, null);

/** One field or derived value of a session; renders only when that has changed. */
export function useSessionField<T>(id: string, select: (summary: SessionSummary) => T): T | null {
  return useFeed((feed) => {
    const summary = feed.state.sessions.get(id);
    return summary ? select(summary) : null;
  }, null);
}

/** What a session wants from the person now. */
export const useSessionNeed = (id: string): SessionNeed =>
  useSessionField(id, (summary) => sessionNeed(summary, Date.now()));

/** Ids of the sessions with a card that want this from the person, the latest started first. */
export const useActiveIds = (attention: Attention) =>
  useFeed((feed) => feed.state.active[attention], NONE);
/** Ids of all sessions with a card, by what they want from the person. */
export const useActive = () => useFeed((feed) => feed.state.active, NO_STATE.active);
/** Ids of the latest finished sessions, the newest first. */
export const useRecentIds = () => useFeed((feed) => feed.state.recentIds, NONE);
/** Today's totals; null until the first data is there. */
export const useToday = (): Today | null => useFeed((feed) => feed.state.today, null);
export const useSessionsTotal = () => useFeed((feed) => feed.state.sessionsTotal, 0);
export const useConnection = () => useFeed((feed) => feed.connection, CONNECTING);
export const useIndexing = () => useFeed((feed) => feed.state.indexing, NOT_INDEXED);
/** True once every file has been indexed since the server's start. */
export const useIsIndexed = () => useFeed((feed) => feed.state.ready, false);
export const useMalformedLines = () => useFeed((feed) => feed.state.malformedLines, 0);
export const useDemo = () => useFeed((feed) => feed.state.demo, NO_DEMO);
/** True once the first data is there. */
export const useIsLoaded = () => useFeed((feed) => feed.state.epoch !== null, false);
/** Why there is no first data; null while it may still come. */
export const useFeedFailure = () => useFeed((feed) => feed.failure, null);
/** The server's version; empty until the first data is there. */
export const useVersion = () => useFeed((feed) => feed.state.version, '');
export const useIsOutdated = () => useFeed((feed) => feed.isOutdated, false);
/** When the page last heard from the server (epoch ms), asked for when it is needed. */
export const lastHeardAt = () => getFeed().heardAt;

const KEPT_SESSIONS = 8;
const sessionFeeds = new Map<string, SessionFeed>();

/** The feed of one session in full; the last few are kept, so that going back is at once. */
export function getSessionFeed(id: string): SessionFeed {
  const feed = sessionFeeds.get(id) ?? new SessionFeed(getFeed(), id);
  sessionFeeds.delete(id);
  sessionFeeds.set(id, feed);
  for (const oldest of sessionFeeds.keys()) {
    if (sessionFeeds.size <= KEPT_SESSIONS) break;
    sessionFeeds.delete(oldest);
  }
  return feed;
}

/** As many as can be compared with one another. */
const KEPT_WHOLE = 4;
const wholeSessions = new Map<string, WholeSession>();

/** All events of one session; those of the last few asked for are kept. */
export function getWholeSession(id: string): WholeSession {
  const whole = wholeSessions.get(id) ?? new WholeSession(getFeed(), id);
  wholeSessions.delete(id);
  wholeSessions.set(id, whole);
  for (const oldest of wholeSessions.keys()) {
    if (wholeSessions.size <= KEPT_WHOLE) break;
    wholeSessions.delete(oldest);
  }
  return whole;
}
