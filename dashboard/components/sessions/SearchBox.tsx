'use client';

import type { SessionFacets } from '@claude-optimizer/protocol';
import { Search } from 'lucide-react';
import { useId, useState, type KeyboardEvent, type RefObject } from 'react';
import { completed, suggestionsFor, type Suggestion } from './operators';

type Props = {
  text: string;
  onChange: (text: string) => void;
  facets: SessionFacets | null;
  input: RefObject<HTMLInputElement | null>;
  /** What can't be understood is marked. */
  isWrong: boolean;
  onLeave: () => void;
};

/** The search with suggestions for operators and their values. */
export function SearchBox({ text, onChange, facets, input, isWrong, onLeave }: Props) {
  const [isOpen, setOpen] = useState(false);
  const [chosen, setChosen] = useState(-1);
  const id = useId();
  const suggestions = isOpen ? suggestionsFor(text, facets) : [];
  const take = (suggestion: Suggestion) => {
    onChange(completed(text, suggestion));
    setChosen(-1);
    input.current?.focus();
  };
  const onKeyDown = (event: KeyboardEvent<HTMLInputElement>) => {
    const step = event.key === 'ArrowDown' ? 1 : event.key === 'ArrowUp' ? -1 : 0;
    const suggestion = suggestions[chosen];
    if (step !== 0 && suggestions.length > 0) {
      event.preventDefault();
      const next = chosen + step;
      setChosen(next < -1 ? suggestions.length - 1 : next >= suggestions.length ? -1 : next);
    } else if ((event.key === 'Enter' || event.key === 'Tab') && suggestion) {
      event.preventDefault();
      take(suggestion);
    } else if (event.key === 'Enter') {
      setOpen(false);
      onLeave();
    } else if (event.key === 'Escape') {
      // By itself the browser would clear the text and stay.
      event.preventDefault();
      if (suggestions.length > 0) setOpen(false);
      else event.currentTarget.blur();
    }
  };
  return (
    <div className="relative min-w-0 flex-1 max-sm:basis-full sm:max-w-xl">
      <Search
        aria-hidden
        className="pointer-events-none absolute top-2 left-2.5 size-4 text-ink-3"
      />
      <input
        ref={input}
        type="search"
        role="combobox"
        aria-label="Search sessions"
        aria-expanded={suggestions.length > 0}
        aria-controls={id}
        aria-autocomplete="list"
        aria-invalid={isWrong}
        aria-activedescendant={chosen >= 0 && suggestions[chosen] ? `${id}-${chosen}` : undefined}
        autoComplete="off"
        spellCheck={false}
        value={text}
        onChange={(event) => {
          setOpen(true);
          setChosen(-1);
          onChange(event.target.value);
        }}
        onBlur={() => setOpen(false)}
        onKeyDown={onKeyDown}
        placeholder="Search all that was said and done"
        className="h-8 w-full rounded-sm border border-control-line bg-surface pr-2 pl-8 placeholder:text-ink-3 aria-invalid:border-danger"
      />
      <ul
        id={id}
        role="listbox"
        aria-label="Suggestions"
        hidden={suggestions.length === 0}
        className="absolute top-9 left-0 z-30 w-full rounded-md border border-line-strong bg-raised p-1"
      >
        {suggestions.map((suggestion, at) => (
          <li
            key={suggestion.insert}
            id={`${id}-${at}`}
            role="option"
            aria-selected={at === chosen}
            // The field keeps the focus.
            onPointerDown={(event) => {
              event.preventDefault();
              take(suggestion);
            }}
            className="flex cursor-pointer items-baseline gap-2 rounded-sm px-2 py-1 text-sm hover:bg-sunken aria-selected:bg-accent-soft"
          >
            <span className="font-mono text-xs">{suggestion.insert}</span>
            <span className="truncate text-xs text-ink-3">{suggestion.label}</span>
          </li>
        ))}
      </ul>
    </div>
  );
}
