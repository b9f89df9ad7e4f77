'use client';

import { sessionStatuses, type SessionStatus } from '@claude-optimizer/protocol';
import { Search } from 'lucide-react';
import type { RefObject } from 'react';
import { statusWord } from '@/components/StatusBadge';
import type { ListFilter } from '@/lib/session-filter';

type Props = {
  filter: ListFilter;
  onChange: (filter: ListFilter) => void;
  search: RefObject<HTMLInputElement | null>;
};

/** Text and statuses that the list is narrowed to. */
export function SessionFilterBar({ filter, onChange, search }: Props) {
  const toggle = (status: SessionStatus) => {
    const isOn = filter.status.includes(status);
    const next = isOn
      ? filter.status.filter((each) => each !== status)
      : [...filter.status, status];
    onChange({ ...filter, status: next });
  };
  return (
    <search className="flex flex-wrap items-center gap-2">
      <label className="relative w-72 max-sm:w-full">
        <span className="sr-only">Search sessions</span>
        <Search
          aria-hidden
          className="pointer-events-none absolute top-2 left-2.5 size-4 text-ink-3"
        />
        <input
          ref={search}
          type="search"
          value={filter.text}
          onChange={(event) => onChange({ ...filter, text: event.target.value })}
          onKeyDown={(event) => {
            // By itself the browser would clear the text and stay.
            if (event.key !== 'Escape') return;
            event.preventDefault();
            event.currentTarget.blur();
          }}
          placeholder="Title, prompt, project"
          className="h-8 w-full rounded-sm border border-control-line bg-surface pr-2 pl-8 placeholder:text-ink-3"
        />
      </label>
      <div role="group" aria-label="Status" className="flex flex-wrap gap-1">
        {sessionStatuses.map((status) => (
          <button
            key={status}
            type="button"
            aria-pressed={filter.status.includes(status)}
            onClick={() => toggle(status)}
            className="h-8 rounded-sm border border-line px-2 max-sm:px-1.5 text-xs text-ink-2 hover:bg-sunken hover:text-ink aria-pressed:border-accent aria-pressed:bg-accent-soft aria-pressed:text-ink"
          >
            {statusWord(status)}
          </button>
        ))}
      </div>
    </search>
  );
}
