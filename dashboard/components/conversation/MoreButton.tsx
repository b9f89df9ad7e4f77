'use client';

import type { Located } from '@claude-optimizer/protocol';
import { Button } from '@/components/Button';
import { useAction } from '@/hooks/useAction';
import { useConversation } from './context';

type Props = { at: Located; words: string; upTo?: number };

/** Asks for more of a passage that is shown in part: each text up to so many characters. */
export function MoreButton({ at, words, upTo }: Props) {
  const { store } = useConversation();
  const { run, isBusy, error } = useAction();
  return (
    <p className="mt-1 flex items-center gap-2 text-xs text-ink-3">
      <Button
        size="small"
        disabled={isBusy}
        onClick={() => run(() => store.thread(at.thread).loadWhole(at.index, upTo))}
      >
        {words}
      </Button>
      {error && <span className="text-danger">{error.message}</span>}
    </p>
  );
}
