'use client';

import type { SessionSort } from '@claude-optimizer/protocol';
import { ArrowDownUp, CircleQuestionMark, Columns3 } from 'lucide-react';
import { Button } from '@/components/Button';
import { COLUMNS, DEFAULT_COLUMNS, type Column, type ColumnId } from '@/lib/sessions/columns';
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
  onChange: (columns: readonly ColumnId[]) => void;
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
      <Button look="quiet" size="small" className="mt-1" onClick={() => onChange(DEFAULT_COLUMNS)}>
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
