'use client';

import type { Landmark, Located } from '@claude-optimizer/protocol';
import type { ConversationStore } from '@/lib/conversation/conversation-store';
import { rowAt, rowOf } from '@/lib/conversation/rows';
import { useHotkeys } from '@/lib/hotkeys/hotkeys';
import type { ListHandle } from './PassageList';

type Given = {
  store: ConversationStore;
  list: { readonly current: ListHandle | null };
  current: Located | null;
  goTo: (at: Located) => void;
};

/** Goes through a conversation by keys: passage by passage, prompt by prompt, error by error. */
export function useConversationKeys({ store, list, current, goTo }: Given): void {
  const here = () => current ?? list.current?.first() ?? { thread: 'main', index: 0 };
  const step = (step: 1 | -1) => {
    const rows = store.rows();
    for (let number = rowOf(rows, here()) + (current ? step : 0); ; number += step) {
      const row = rowAt(rows, number);
      if (row === null) return;
      if (row.kind === 'passage') {
        goTo({ thread: row.thread, index: row.index });
        return;
      }
    }
  };
  const toLandmark = (step: 1 | -1, kinds: readonly Landmark['kind'][]) => {
    const { thread, index } = here();
    // Within a subagent the next place is that after its call.
    const from = thread === 'main' ? index : (list.current?.first()?.index ?? 0);
    // What is folded away in an abandoned branch is passed over.
    const isThere = (index: number) => {
      const branch = store.branchOf(index);
      return branch === null || store.isBranchOpen(branch);
    };
    const places = store.main.landmarks.filter(
      ({ kind, index }) => kinds.includes(kind) && isThere(index),
    );
    const next =
      step === 1
        ? places.find((place) => place.index > from)
        : places.findLast((place) => place.index < from);
    if (next && next.index < store.count('main')) goTo({ thread: 'main', index: next.index });
  };
  useHotkeys([
    { keys: 'j', label: 'Next passage', run: () => step(1) },
    { keys: 'k', label: 'Previous passage', run: () => step(-1) },
    {
      keys: 'x',
      label: 'Unfold the passage, or fold it',
      run: () => {
        if (current) list.current?.fold(current);
      },
    },
    { keys: ']', label: 'Next prompt', run: () => toLandmark(1, ['prompt']) },
    { keys: '[', label: 'Previous prompt', run: () => toLandmark(-1, ['prompt']) },
    { keys: 'e', label: 'Next error', run: () => toLandmark(1, ERRORS) },
    { keys: 'E', label: 'Previous error', run: () => toLandmark(-1, ERRORS) },
  ]);
}

const ERRORS = ['error', 'interruption', 'unreadable'] as const;
