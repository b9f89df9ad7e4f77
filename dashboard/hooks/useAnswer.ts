'use client';

import { useCallback, useEffect, useState } from 'react';

type Answer<T> = { value: T | null; error: Error | null };

/**
 * Asks once the component is there, and again when `reload` is called or `news` changes. The
 * last value stays until the next is there. `ask` must be the same function each time.
 */
export function useAnswer<T>(ask: () => Promise<T>, news?: unknown) {
  const [answer, setAnswer] = useState<Answer<T>>({ value: null, error: null });
  const [turn, setTurn] = useState(0);
  useEffect(() => {
    let isWanted = true;
    ask()
      .then((value) => isWanted && setAnswer({ value, error: null }))
      .catch((cause: unknown) => {
        const error = cause instanceof Error ? cause : new Error(String(cause));
        if (isWanted) setAnswer((before) => ({ ...before, error }));
      });
    return () => {
      isWanted = false;
    };
  }, [ask, turn, news]);
  const reload = useCallback(() => setTurn((before) => before + 1), []);
  return { ...answer, reload };
}
