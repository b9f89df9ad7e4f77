'use client';

import { useMemo, useSyncExternalStore } from 'react';
import { getSessionFeed, getWholeSession } from '@/lib/feed/hooks';
import { LOADING, type SessionLoad } from '@/lib/feed/session-feed';
import { NO_EVENTS, type SessionEvents } from '@/lib/feed/whole-session';

type Source<T> = { watch: (watcher: () => void) => () => void; readonly load: T };

/** Several sessions in full, live, in the order of their ids. */
export const useSessions = (ids: readonly string[]): readonly SessionLoad[] =>
  useSources(ids, getSessionFeed, LOADING);

/** All events of several sessions, live. */
export const useAllEvents = (ids: readonly string[]): readonly SessionEvents[] =>
  useSources(ids, getWholeSession, NO_EVENTS);

function useSources<T>(
  ids: readonly string[],
  sourceOf: (id: string) => Source<T>,
  atFirst: T,
): readonly T[] {
  const key = ids.join(',');
  const all = useMemo(
    () => new Sources(key === '' ? [] : key.split(','), sourceOf, atFirst),
    [key, sourceOf, atFirst],
  );
  return useSyncExternalStore(all.watch, all.read, () => all.first);
}

/** Several sources as one: its list is another one only when one of them is. */
class Sources<T> {
  readonly first: readonly T[];
  readonly #sources: readonly Source<T>[];
  #last: readonly T[];

  constructor(ids: readonly string[], sourceOf: (id: string) => Source<T>, atFirst: T) {
    this.first = ids.map(() => atFirst);
    this.#last = this.first;
    this.#sources = typeof window === 'undefined' ? [] : ids.map(sourceOf);
  }

  watch = (watcher: () => void): (() => void) => {
    const stops = this.#sources.map((source) => source.watch(watcher));
    return () => {
      for (const stop of stops) stop();
    };
  };

  read = (): readonly T[] => {
    const next = this.#sources.map(({ load }) => load);
    const isSame =
      next.length === this.#last.length && next.every((one, index) => one === this.#last[index]);
    if (!isSame) this.#last = next;
    return this.#last;
  };
}
