'use client';

import { CircleStop, Columns2, EyeOff, Trash2, X } from 'lucide-react';
import { Button } from '@/components/Button';
import { ExportButton } from '@/components/export/ExportButton';

type Props = {
  ids: readonly string[];
  onCompare: () => void;
  onEnd: () => void;
  onHide: () => void;
  onDelete: () => void;
  onClear: () => void;
};

/** So many sessions can be compared at a time. */
export const COMPARED = { least: 2, most: 4 };

/** What can be done with the sessions that are selected. */
export function SelectionBar(props: Props) {
  const { ids, onCompare, onEnd, onHide, onDelete, onClear } = props;
  const canCompare = ids.length >= COMPARED.least && ids.length <= COMPARED.most;
  return (
    <div
      role="toolbar"
      aria-label="Selected sessions"
      className="flex flex-wrap items-center gap-1 rounded-md border border-accent bg-accent-soft px-2 py-1"
    >
      <span role="status" className="px-1 text-sm font-medium tabular-nums">
        {ids.length} selected
      </span>
      <Button
        size="small"
        disabled={!canCompare}
        title={canCompare ? 'Side by side (c)' : 'Two to four sessions can be compared'}
        onClick={onCompare}
      >
        <Columns2 aria-hidden className="size-3.5" />
        Compare
      </Button>
      <ExportButton ids={ids} />
      <Button size="small" title="Mark as ended (e)" onClick={onEnd}>
        <CircleStop aria-hidden className="size-3.5" />
        End
      </Button>
      <Button size="small" title="Leave out of lists (h)" onClick={onHide}>
        <EyeOff aria-hidden className="size-3.5" />
        Hide
      </Button>
      <Button size="small" title="Delete here; Claude Code’s files stay (#)" onClick={onDelete}>
        <Trash2 aria-hidden className="size-3.5" />
        Delete
      </Button>
      <Button look="quiet" size="small" aria-label="Let go of the selection" onClick={onClear}>
        <X aria-hidden className="size-4" />
      </Button>
    </div>
  );
}
