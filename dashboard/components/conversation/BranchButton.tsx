'use client';

import type { AbandonedBranch } from '@claude-optimizer/protocol';
import { ChevronRight, Undo2 } from 'lucide-react';
import { formatExact } from '@/lib/format';
import { useConversation, useShown } from './context';

/** Stands for what the person went back behind, and opens it. */
export function BranchButton({ branch }: { branch: AbandonedBranch }) {
  const { store } = useConversation();
  const isOpen = useShown((shown) => shown.isBranchOpen(branch));
  const words = `${formatExact(branch.count)} ${branch.count === 1 ? 'message' : 'messages'}`;
  return (
    <div className="flex items-center gap-2 px-3 py-1.5">
      <span aria-hidden className="w-3 shrink-0 border-t border-dashed border-line-strong" />
      <button
        type="button"
        aria-expanded={isOpen}
        title="You went back behind them and said something else"
        onClick={() => store.toggleBranch(branch)}
        className="flex items-center gap-1.5 rounded-sm px-1 text-xs text-ink-3 hover:bg-sunken hover:text-ink"
      >
        <ChevronRight aria-hidden className={`size-3 shrink-0 ${isOpen ? 'rotate-90' : ''}`} />
        <Undo2 aria-hidden className="size-3.5 shrink-0" />
        {words} of an abandoned branch
      </button>
      <span aria-hidden className="min-w-3 flex-1 border-t border-dashed border-line-strong" />
    </div>
  );
}
