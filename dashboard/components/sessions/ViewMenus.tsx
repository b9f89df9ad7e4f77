'use client';

import type { SessionSort } from '@claude-optimizer/protocol';
import { ArrowDownUp, Bookmark, CircleQuestionMark, Columns3, Trash2 } from 'lucide-react';
import { useState } from 'react';
import { Button } from '@/components/Button';
import { COLUMNS, type Column, type ColumnId } from '@/lib/sessions/columns';
import type { SavedView } from '@/lib/sessions/browser-memory';
import { Choice, FilterMenu } from './FilterMenu';
import { OPERATORS } from './operators';

const ICON = 'size-3.5';

/** How a search is written. */
export function SearchHelp() {
  return (
    <FilterMenu
      name="Operators"
      side="right"
      icon={<CircleQuestionMark aria-hidden className={ICON} />}
    >
      <dl className="grid grid-cols-[auto_1fr] items-baseline gap-x-3 gap-y-1 px-1 text-xs">
        {OPERATORS.map(([example, meaning]) => (
          <div key={example} className="contents">
            <dt className="font-mono text-2xs">{example}</dt>
            <dd className="text-ink-2">{meaning}</dd>
          </div>
        ))}
      </dl>
      <p className="px-1 pt-2 text-xs text-ink-3">
        Words, tool and file must stand in one record; the last word may be unfinished. A - in front
        excludes.
      </p>
    </FilterMenu>
  );
}

type ColumnsProps = {
  columns: readonly ColumnId[];
  onChange: (columns: readonly ColumnId[] | null) => void;
};

/** Which columns the table has. */
export function ColumnsMenu({ columns, onChange }: ColumnsProps) {
  return (
    <FilterMenu name="Columns" side="right" icon={<Columns3 aria-hidden className={ICON} />}>
      {COLUMNS.filter(({ id }) => id !== 'title').map(({ id, name }) => (
        <Choice
          key={id}
          label={name}
          isOn={columns.includes(id)}
          onChange={(isOn) =>
            onChange(
              COLUMNS.map((column) => column.id).filter((one) =>
                one === id ? isOn : columns.includes(one),
              ),
            )
          }
        />
      ))}
      <Button look="quiet" size="small" className="mt-1" onClick={() => onChange(null)}>
        As at first
      </Button>
    </FilterMenu>
  );
}

type SortProps = {
  sort: SessionSort;
  order: 'asc' | 'desc';
  onSort: (column: Column) => void;
};

/** By what the list is sorted, where there is no head to say it; the same again turns it round. */
export function SortMenu({ sort, order, onSort }: SortProps) {
  const sorted = COLUMNS.find(({ id }) => id === sort)?.name ?? 'Best fit';
  return (
    <FilterMenu
      name={`${sorted} ${order === 'asc' ? '↑' : '↓'}`}
      icon={<ArrowDownUp aria-hidden className={ICON} />}
    >
      {COLUMNS.map((column) => (
        <button
          key={column.id}
          type="button"
          aria-pressed={column.id === sort}
          onClick={() => onSort(column)}
          className="block min-h-8 w-full rounded-sm px-1.5 text-left hover:bg-sunken aria-pressed:font-semibold"
        >
          {column.name}
        </button>
      ))}
    </FilterMenu>
  );
}

type ViewsProps = {
  views: readonly SavedView[];
  /** The query of what is shown. */
  query: string;
  onOpen: (query: string) => void;
  onChange: (views: SavedView[]) => void;
};

/** Views with a name, in this browser. */
export function SavedViews({ views, query, onOpen, onChange }: ViewsProps) {
  const [name, setName] = useState('');
  const shown = views.find((view) => view.query === query)?.name ?? null;
  const save = () => {
    const trimmed = name.trim();
    if (trimmed === '') return;
    onChange([...views.filter((view) => view.name !== trimmed), { name: trimmed, query }]);
    setName('');
  };
  return (
    <FilterMenu
      name="Views"
      chosen={shown}
      side="right"
      icon={<Bookmark aria-hidden className={ICON} />}
    >
      {views.length === 0 && <p className="px-1.5 py-1 text-ink-3">None has a name yet.</p>}
      <ul>
        {views.map((view) => (
          <li key={view.name} className="flex items-center">
            <button
              type="button"
              aria-current={view.query === query}
              onClick={() => onOpen(view.query)}
              className="min-w-0 flex-1 truncate rounded-sm px-1.5 py-1 text-left hover:bg-sunken aria-[current=true]:font-semibold"
            >
              {view.name}
            </button>
            <Button
              look="quiet"
              size="small"
              aria-label={`Remove the view ${view.name}`}
              onClick={() => onChange(views.filter((one) => one !== view))}
            >
              <Trash2 aria-hidden className={ICON} />
            </Button>
          </li>
        ))}
      </ul>
      <form
        className="mt-1 flex gap-1 border-t border-line pt-2"
        onSubmit={(event) => {
          event.preventDefault();
          save();
        }}
      >
        <input
          aria-label="Name of this view"
          placeholder="Name of this view"
          value={name}
          maxLength={60}
          onChange={(event) => setName(event.target.value)}
          className="h-8 min-w-0 flex-1 rounded-sm border border-control-line bg-surface px-2 placeholder:text-ink-3"
        />
        <Button onClick={save}>Save</Button>
      </form>
    </FilterMenu>
  );
}
