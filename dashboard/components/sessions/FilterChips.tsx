'use client';

import { sessionStatuses, type SessionFacets } from '@claude-optimizer/protocol';
import { memo, useState } from 'react';
import { Button } from '@/components/Button';
import { statusWord } from '@/components/StatusBadge';
import { modelName, projectName } from '@/lib/format';
import { isNarrowed, WHOLE_VIEW, type SessionView } from '@/lib/sessions/session-view';
import { Choice, FilterMenu } from './FilterMenu';

type Props = {
  view: SessionView;
  facets: SessionFacets | null;
  onChange: (change: Partial<SessionView>) => void;
};

const FIELD =
  'h-8 min-w-0 flex-1 rounded-sm border border-control-line bg-surface px-2 text-sm tabular-nums';

/** What the list is narrowed to: a chip for each way, with what each choice would leave. */
export const FilterChips = memo(function FilterChips({ view, facets, onChange }: Props) {
  const statuses = new Map(facets?.statuses.map(({ value, count }) => [value, count]));
  const { status, origin, hidden } = view;
  return (
    <div role="group" aria-label="Filters" className="flex flex-wrap gap-1">
      <FilterMenu name="Status" chosen={summary(status.map(statusWord))}>
        {sessionStatuses.map((one) => (
          <Choice
            key={one}
            label={statusWord(one)}
            count={facets ? (statuses.get(one) ?? 0) : undefined}
            isOn={status.includes(one)}
            onChange={() => onChange({ status: toggled(status, one) })}
          />
        ))}
      </FilterMenu>
      <FilterMenu name="Project" chosen={summary(view.projects.map(projectName))}>
        <Values
          values={facets?.projects ?? []}
          chosen={view.projects}
          nameOf={projectName}
          onChange={(projects) => onChange({ projects })}
        />
      </FilterMenu>
      <FilterMenu name="Model" chosen={summary(view.models.map(modelName))}>
        <Values
          values={facets?.models ?? []}
          chosen={view.models}
          nameOf={modelName}
          onChange={(models) => onChange({ models })}
        />
      </FilterMenu>
      <FilterMenu name="Date" chosen={span(view.from, view.to)}>
        <Between
          type="date"
          names={['From', 'Until']}
          values={[view.from, view.to]}
          onChange={([from, to]) => onChange({ from, to })}
        />
      </FilterMenu>
      <FilterMenu
        name="Cost"
        chosen={span(view.costFrom && `$${view.costFrom}`, view.costTo && `$${view.costTo}`)}
      >
        <Between
          type="number"
          names={['At least, in dollars', 'At most, in dollars']}
          values={[view.costFrom, view.costTo]}
          onChange={([costFrom, costTo]) => onChange({ costFrom, costTo })}
        />
      </FilterMenu>
      <FilterMenu name="Started" chosen={ORIGINS.find(([id]) => id === origin)?.[1] ?? null}>
        {([['', 'either way'], ...ORIGINS] as const).map(([id, name]) => (
          <Choice
            key={id}
            type="radio"
            group="origin"
            label={name}
            count={facets?.origins.find(({ value }) => value === id)?.count}
            isOn={origin === id}
            onChange={() => onChange({ origin: id })}
          />
        ))}
      </FilterMenu>
      {(hidden !== 'no' || (facets?.hidden ?? 0) > 0) && (
        <FilterMenu name="Hidden" chosen={hidden === 'no' ? null : hidden}>
          {HIDDEN.map(([id, name]) => (
            <Choice
              key={id}
              type="radio"
              group="hidden"
              label={name}
              count={id === 'only' ? facets?.hidden : undefined}
              isOn={hidden === id}
              onChange={() => onChange({ hidden: id })}
            />
          ))}
        </FilterMenu>
      )}
      {isNarrowed(view) && (
        <Button
          look="quiet"
          className="h-8 text-xs"
          onClick={() => onChange({ ...WHOLE_VIEW, sort: view.sort, columns: view.columns })}
        >
          Clear
        </Button>
      )}
    </div>
  );
});

const ORIGINS = [
  ['launched', 'by a run'],
  ['hand', 'by hand'],
] as const;
const HIDDEN = [
  ['no', 'Leave hidden ones out'],
  ['only', 'Only hidden ones'],
  ['all', 'All'],
] as const;

function summary(names: readonly string[]): string | null {
  if (names.length === 0) return null;
  return names.length === 1 ? (names[0] ?? null) : `${names.length} chosen`;
}

function span(from: string, to: string): string | null {
  if (from === '' && to === '') return null;
  if (from === to) return from;
  if (from === '') return `to ${to}`;
  return to === '' ? `from ${from}` : `${from} – ${to}`;
}

function toggled<T>(all: readonly T[], one: T): T[] {
  return all.includes(one) ? all.filter((each) => each !== one) : [...all, one];
}

/** Of more values than these, some can be looked for. */
const MANY = 12;

function Values(props: {
  values: readonly { value: string; count: number }[];
  chosen: readonly string[];
  nameOf: (value: string) => string;
  onChange: (chosen: string[]) => void;
}) {
  const { values, chosen, nameOf, onChange } = props;
  const [text, setText] = useState('');
  const counts = new Map(values.map(({ value, count }) => [value, count]));
  const all = [...new Set([...chosen, ...counts.keys()])];
  const shown = all.filter((value) => value.toLowerCase().includes(text.toLowerCase()));
  return (
    <>
      {all.length > MANY && (
        <input
          type="search"
          aria-label="Narrow the choice"
          value={text}
          onChange={(event) => setText(event.target.value)}
          className={`${FIELD} mb-1 w-full`}
        />
      )}
      {shown.slice(0, 200).map((value) => (
        <Choice
          key={value}
          label={nameOf(value)}
          title={value}
          count={counts.get(value) ?? 0}
          isOn={chosen.includes(value)}
          onChange={() => onChange(toggled(chosen, value))}
        />
      ))}
      {shown.length === 0 && <p className="p-1.5 text-ink-3">There is none.</p>}
    </>
  );
}

function Between(props: {
  type: 'date' | 'number';
  names: readonly [string, string];
  values: readonly [string, string];
  onChange: (values: [string, string]) => void;
}) {
  const { type, names, values, onChange } = props;
  return (
    <div className="space-y-2 p-1">
      {([0, 1] as const).map((at) => (
        <label key={at} className="flex flex-col gap-1 text-xs text-ink-2">
          {names[at]}
          <input
            type={type}
            min={type === 'number' ? 0 : undefined}
            step={type === 'number' ? 'any' : undefined}
            value={values[at]}
            onChange={({ target }) =>
              onChange(at === 0 ? [target.value, values[1]] : [values[0], target.value])
            }
            className={FIELD}
          />
        </label>
      ))}
    </div>
  );
}
