'use client';

import type { Located } from '@claude-optimizer/protocol';
import { useEffect, useRef, useState } from 'react';
import { findPassages } from '@/lib/conversation/conversation-api';

/** Typing goes on for so long before it is asked. */
const PAUSE_MS = 180;

type Result = { hits: readonly Located[]; more: boolean; error: Error | null; isBusy: boolean };
const NONE: Result = { hits: [], more: false, error: null, isBusy: false };

export type Finding = Result & {
  words: string;
  /** Which hit is shown; -1 for none. */
  at: number;
  /** Counts how often it was opened. */
  asked: number;
  find: (words: string) => void;
  step: (step: 1 | -1) => void;
};

/** Finds words in a conversation; `onHit` shows a passage that has them. */
export function useFind(id: string, asked: number, onHit: (at: Located) => void): Finding {
  const [words, setWords] = useState('');
  const [result, setResult] = useState<Result>(NONE);
  const [at, setAt] = useState(-1);
  const show = useRef(onHit);
  useEffect(() => {
    show.current = onHit;
  });
  useEffect(() => {
    if (words.trim() === '') return;
    const left = new AbortController();
    const timer = setTimeout(() => {
      findPassages(id, words, left.signal).then(
        ({ hits, more }) => {
          setResult({ hits, more, error: null, isBusy: false });
          setAt(hits.length === 0 ? -1 : 0);
          if (hits[0]) show.current(hits[0]);
        },
        (error: unknown) => {
          if (left.signal.aborted) return;
          const cause = error instanceof Error ? error : new Error(String(error));
          setResult({ ...NONE, error: cause });
        },
      );
    }, PAUSE_MS);
    return () => {
      clearTimeout(timer);
      left.abort();
    };
  }, [id, words]);
  return {
    ...result,
    words,
    at,
    asked,
    find: (next) => {
      setWords(next);
      setAt(-1);
      setResult({ ...NONE, isBusy: next.trim() !== '' });
    },
    step: (step) => {
      const { hits } = result;
      if (hits.length === 0) return;
      const next = (at + step + hits.length) % hits.length;
      setAt(next);
      const hit = hits[next];
      if (hit) show.current(hit);
    },
  };
}
