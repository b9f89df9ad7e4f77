'use client';

import type { ListedSession } from '@claude-optimizer/protocol';
import { useCallback, useEffect, useRef, useState } from 'react';

export type Selection = {
  sessions: ReadonlyMap<string, ListedSession>;
  /** Chooses or lets go of a row; with `isRange` all from the last one to it. */
  toggle: (index: number, isRange: boolean) => void;
  clear: () => void;
};

/** Sessions that are chosen, also those out of sight. */
export function useSelection(row: (index: number) => ListedSession | undefined): Selection {
  const [sessions, setSessions] = useState<ReadonlyMap<string, ListedSession>>(new Map());
  const anchor = useRef<number | null>(null);
  const latest = useRef(row);
  useEffect(() => {
    latest.current = row;
  });
  const toggle = useCallback((index: number, isRange: boolean) => {
    const from = isRange ? (anchor.current ?? index) : index;
    anchor.current = index;
    setSessions((before) => {
      const next = new Map(before);
      const first = latest.current(index);
      const isOn = isRange || first === undefined || !before.has(first.id);
      for (let at = Math.min(from, index); at <= Math.max(from, index); at += 1) {
        const session = latest.current(at);
        if (session === undefined) continue;
        if (isOn) next.set(session.id, session);
        else next.delete(session.id);
      }
      return next;
    });
  }, []);
  const clear = useCallback(() => {
    anchor.current = null;
    setSessions(new Map());
  }, []);
  return { sessions, toggle, clear };
}
