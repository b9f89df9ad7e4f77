'use client';

import { Search } from 'lucide-react';
import type { FileOrder } from './shown-files';

const ORDERS: readonly { order: FileOrder; name: string }[] = [
  { order: 'path', name: 'by folder' },
  { order: 'edits', name: 'most edited' },
  { order: 'lines', name: 'most lines' },
  { order: 'last', name: 'last touched' },
];

type Props = {
  text: string;
  order: FileOrder;
  isEditedOnly: boolean;
  onText: (text: string) => void;
  onOrder: (order: FileOrder) => void;
  onEditedOnly: (isOn: boolean) => void;
};

/** By what the files are narrowed, and in which order they stand. */
export function FileFilter(props: Props) {
  const { text, order, isEditedOnly, onText, onOrder, onEditedOnly } = props;
  return (
    <search className="flex flex-wrap items-center gap-2 border-b border-line p-2">
      <label className="relative min-w-32 flex-1">
        <span className="sr-only">Filter files</span>
        <Search
          aria-hidden
          className="pointer-events-none absolute top-1.5 left-2 size-4 text-ink-3"
        />
        <input
          type="search"
          value={text}
          onChange={(event) => onText(event.target.value)}
          onKeyDown={(event) => {
            // The first Esc clears, the next lets go; neither leaves the session.
            if (event.key !== 'Escape') return;
            event.preventDefault();
            if (text === '') event.currentTarget.blur();
            else onText('');
          }}
          placeholder="Filter files"
          className="h-7 w-full rounded-sm border border-control-line bg-surface pr-2 pl-7 text-xs placeholder:text-ink-3"
        />
      </label>
      <label>
        <span className="sr-only">Order</span>
        <select
          value={order}
          onChange={(event) => {
            const chosen = ORDERS.find((one) => one.order === event.target.value);
            if (chosen) onOrder(chosen.order);
          }}
          className="h-7 rounded-sm border border-control-line bg-surface px-1 text-xs"
        >
          {ORDERS.map((one) => (
            <option key={one.order} value={one.order}>
              {one.name}
            </option>
          ))}
        </select>
      </label>
      <button
        type="button"
        aria-pressed={isEditedOnly}
        onClick={() => onEditedOnly(!isEditedOnly)}
        className="h-7 rounded-sm border border-line px-2 text-xs text-ink-2 hover:bg-sunken hover:text-ink aria-pressed:border-accent aria-pressed:bg-accent-soft aria-pressed:text-ink"
      >
        Edited only
      </button>
    </search>
  );
}
