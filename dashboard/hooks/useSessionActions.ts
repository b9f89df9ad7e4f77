'use client';

import type { ListedSession } from '@claude-optimizer/protocol';
import { useCallback, useEffect, useState } from 'react';
import { endSession } from '@/lib/api';
import {
  deleteSession,
  hideSession,
  undeleteSession,
  unhideSession,
} from '@/lib/sessions/sessions-api';

/** What was done, and how it is taken back while it can be. */
export type Done = { words: string; undo: (() => Promise<void>) | null; until: number | null };

const SHOWN_MS = 8_000;

/** Ends, hides and deletes sessions, and takes the last of it back. */
export function useSessionActions(onChange: () => void) {
  const [done, setDone] = useState<Done | null>(null);
  const [error, setError] = useState<Error | null>(null);
  useEffect(() => {
    if (done === null) return;
    const timer = setTimeout(
      () => setDone(null),
      (done.until ?? Date.now() + SHOWN_MS) - Date.now(),
    );
    return () => clearTimeout(timer);
  }, [done]);
  const run = useCallback(
    async (work: () => Promise<Done | null>): Promise<void> => {
      setError(null);
      try {
        setDone(await work());
      } catch (cause) {
        setError(cause instanceof Error ? cause : new Error(String(cause)));
      }
      onChange();
    },
    [onChange],
  );
  const each = async (
    sessions: readonly ListedSession[],
    act: (id: string) => Promise<unknown>,
  ): Promise<void> => {
    for (const { id } of sessions) await act(id);
  };
  return {
    done,
    error,
    clearError: () => setError(null),
    end: (sessions: readonly ListedSession[]) =>
      run(async () => {
        const open = sessions.filter(({ phase }) => phase !== 'ended' && phase !== 'exited');
        await each(open, endSession);
        return { words: `${counted(open.length)} ended.`, undo: null, until: null };
      }),
    hide: (sessions: readonly ListedSession[]) =>
      run(async () => {
        const isBack = sessions.every(({ hidden }) => hidden);
        await each(sessions, isBack ? unhideSession : hideSession);
        return {
          words: `${counted(sessions.length)} ${isBack ? 'shown again' : 'hidden'}.`,
          undo: () => each(sessions, isBack ? hideSession : unhideSession),
          until: null,
        };
      }),
    remove: (sessions: readonly ListedSession[]) =>
      run(async () => {
        let until = Infinity;
        for (const { id } of sessions) {
          until = Math.min(until, (await deleteSession(id)).undoUntil);
        }
        return {
          words: `${counted(sessions.length)} deleted here.`,
          undo: () => each(sessions, undeleteSession),
          until,
        };
      }),
    undo: () =>
      run(async () => {
        await done?.undo?.();
        return null;
      }),
  };
}

function counted(count: number): string {
  return count === 1 ? '1 session' : `${count} sessions`;
}
