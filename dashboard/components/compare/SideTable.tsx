'use client';

import type { SideBySide } from '@claude-optimizer/core/compare';
import { useState, type ReactNode } from 'react';
import { Button } from '@/components/Button';
import { Panel } from '@/components/session/Panel';
import { formatExact } from '@/lib/format';
import type { Column } from './column';
import { Letter } from './Letter';

type FrameProps = {
  title: string;
  aside?: ReactNode;
  columns: readonly Column[];
  children: ReactNode;
};

/** A table with a column for each session; of more than two it scrolls on a phone, and its names stay. */
export function SideFrame({ title, aside, columns, children }: FrameProps) {
  return (
    <Panel title={title} aside={aside}>
      <div
        role="region"
        aria-label={`${title} side by side`}
        tabIndex={0}
        className="overflow-x-auto"
      >
        <table
          className="w-full table-fixed text-sm"
          style={{ minWidth: `${7 + columns.length * 7}rem` }}
        >
          <thead>
            <tr>
              <th scope="col" className="sticky left-0 w-28 bg-surface sm:w-56">
                <span className="sr-only">What</span>
              </th>
              {columns.map(({ id, letter }) => (
                <th key={id} scope="col" className="px-3 pt-2 pb-1 text-left">
                  <Letter index={letter.charCodeAt(0) - 65} />
                </th>
              ))}
            </tr>
          </thead>
          <tbody>{children}</tbody>
        </table>
      </div>
    </Panel>
  );
}

const FEW = 8;

type Props<T> = {
  title: string;
  aside?: ReactNode;
  columns: readonly Column[];
  rows: readonly SideBySide<T>[];
  empty: string;
  name: (key: string, each: readonly (T | null)[]) => ReactNode;
  cell: (one: T) => string;
};

/** Things by name, and what each session has of them; the first few until all are asked for. */
export function SideTable<T>({ title, aside, columns, rows, empty, name, cell }: Props<T>) {
  const [isOpen, setOpen] = useState(false);
  if (rows.length === 0) {
    return (
      <Panel title={title}>
        <p className="p-3 text-ink-3">{empty}</p>
      </Panel>
    );
  }
  return (
    <div>
      <SideFrame
        title={title}
        columns={columns}
        aside={
          <span className="flex items-center gap-2 text-xs text-ink-3">
            {aside}
            {rows.length > FEW && (
              <Button
                size="small"
                look="quiet"
                aria-expanded={isOpen}
                onClick={() => setOpen(!isOpen)}
              >
                {isOpen ? 'Show fewer' : `Show all ${formatExact(rows.length)}`}
              </Button>
            )}
          </span>
        }
      >
        {(isOpen ? rows : rows.slice(0, FEW)).map(({ key, each }) => (
          <tr key={key} className="border-t border-line">
            <th
              scope="row"
              className="sticky left-0 bg-surface px-3 py-1.5 text-left align-top font-normal break-words"
            >
              {name(key, each)}
            </th>
            {each.map((one, index) => (
              <td
                key={columns[index]?.id}
                className={`px-3 py-1.5 align-top tabular-nums ${one === null ? 'text-ink-3' : ''}`}
              >
                {one === null ? '–' : cell(one)}
              </td>
            ))}
          </tr>
        ))}
      </SideFrame>
    </div>
  );
}
