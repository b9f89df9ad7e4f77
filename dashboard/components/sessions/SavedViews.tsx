'use client';

import { Bookmark, Pencil, Trash2 } from 'lucide-react';
import { useEffect, useRef, useState } from 'react';
import { Button } from '@/components/Button';
import type { SavedView } from '@/lib/sessions/browser-memory';
import { FilterMenu } from './FilterMenu';
import { NameForm } from './NameForm';

const ICON = 'size-3.5';

type Props = {
  views: readonly SavedView[];
  /** The query of what is shown. */
  query: string;
  onOpen: (query: string) => void;
  onChange: (views: SavedView[]) => void;
};

/** Views with a name, in this browser. */
export function SavedViews({ views, query, onOpen, onChange }: Props) {
  const shown = views.find((view) => view.query === query)?.name ?? null;
  const field = useRef<HTMLInputElement>(null);
  // A name that another view had goes to this one.
  const rename = (view: SavedView, name: string) =>
    onChange(
      views
        .filter((each) => each === view || each.name !== name)
        .map((each) => (each === view ? { ...view, name } : each)),
    );
  return (
    <FilterMenu
      name="Views"
      chosen={shown}
      side="right"
      icon={<Bookmark aria-hidden className={ICON} />}
    >
      {views.length === 0 && <p className="px-1.5 py-1 text-ink-3">None has a name yet.</p>}
      <ul>
        {views.map((view, at) => (
          <ViewRow
            key={at}
            view={view}
            isShown={view.query === query}
            onOpen={() => onOpen(view.query)}
            onRename={(name) => rename(view, name)}
            onRemove={() => {
              onChange(views.filter((one) => one !== view));
              field.current?.focus();
            }}
          />
        ))}
      </ul>
      <div className="mt-1 flex border-t border-line pt-2">
        <NameForm
          label="Name of this view"
          word="Save"
          input={field}
          onName={(name) =>
            onChange([...views.filter((one) => one.name !== name), { name, query }])
          }
        />
      </div>
    </FilterMenu>
  );
}

type RowProps = {
  view: SavedView;
  isShown: boolean;
  onOpen: () => void;
  onRename: (name: string) => void;
  onRemove: () => void;
};

function ViewRow({ view: { name }, isShown, onOpen, onRename, onRemove }: RowProps) {
  const [isRenaming, setRenaming] = useState(false);
  const field = useRef<HTMLInputElement>(null);
  const button = useRef<HTMLButtonElement>(null);
  const wasRenaming = useRef(false);
  // The focus goes to the field and back to where it was asked for.
  useEffect(() => {
    if (isRenaming) field.current?.select();
    else if (wasRenaming.current) button.current?.focus();
    wasRenaming.current = isRenaming;
  }, [isRenaming]);
  if (isRenaming) {
    return (
      <li className="flex py-0.5">
        <NameForm
          label={`New name of ${name}`}
          first={name}
          word="Rename"
          input={field}
          onName={(next) => {
            onRename(next);
            setRenaming(false);
          }}
          onLeave={() => setRenaming(false)}
        />
      </li>
    );
  }
  return (
    <li className="flex items-center">
      <button
        type="button"
        aria-current={isShown}
        onClick={onOpen}
        className="min-h-8 min-w-0 flex-1 truncate rounded-sm px-1.5 text-left hover:bg-sunken aria-[current=true]:font-semibold"
      >
        {name}
      </button>
      <Button
        ref={button}
        look="quiet"
        size="small"
        aria-label={`Rename the view ${name}`}
        onClick={() => setRenaming(true)}
      >
        <Pencil aria-hidden className={ICON} />
      </Button>
      <Button look="quiet" size="small" aria-label={`Remove the view ${name}`} onClick={onRemove}>
        <Trash2 aria-hidden className={ICON} />
      </Button>
    </li>
  );
}
