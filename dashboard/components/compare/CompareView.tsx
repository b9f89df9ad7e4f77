'use client';

import {
  filesSideBySide,
  objectivesSideBySide,
  sideBySide,
  tellDifference,
  type Words,
} from '@claude-optimizer/core/compare';
import { totalTokens } from '@claude-optimizer/protocol';
import { GitCompareArrows, Plus } from 'lucide-react';
import { useRouter } from 'next/navigation';
import { Suspense, useState } from 'react';
import { Button } from '@/components/Button';
import { EmptyState } from '@/components/EmptyState';
import { ModelName } from '@/components/ModelName';
import { Skeleton } from '@/components/Skeleton';
import { ToolIcon } from '@/components/ToolIcon';
import { useAddressQuery } from '@/hooks/useAddressQuery';
import { useSessions } from '@/hooks/useSessions';
import { letterOf, MOST_COMPARED, readIds, withId } from '@/lib/compare/address';
import type { SessionLoad } from '@/lib/feed/session-feed';
import {
  formatChange,
  formatCost,
  formatDuration,
  formatExact,
  formatPercent,
  formatTokens,
  modelName,
  toolName,
} from '@/lib/format';
import { useHotkeys } from '@/lib/hotkeys/hotkeys';
import { lazyView } from '@/lib/lazy-view';
import type { Column } from './column';
import { CompareHead } from './CompareHead';
import { Curves } from './Curves';
import { MeasureRows } from './MeasureRows';
import { SideTable } from './SideTable';

const SessionPicker = lazyView(() =>
  import('./SessionPicker').then((module) => ({ default: module.SessionPicker })),
);

const WORDS: Words = {
  cost: formatCost,
  tokens: formatTokens,
  duration: formatDuration,
  percent: formatPercent,
  change: formatChange,
  model: modelName,
  tool: toolName,
};

/** Two to four sessions side by side; the first is what the others are compared with. */
export function CompareView() {
  const [query, change] = useAddressQuery();
  const { ids, tooMany } = readIds(query.get('ids'));
  const loads = useSessions(ids);
  const router = useRouter();
  /** The column for which a session is being chosen. */
  const [picking, setPicking] = useState<number | null>(null);
  const setIds = (next: readonly string[]) =>
    change({ ids: next.length === 0 ? null : next.join(',') });
  const add = () => {
    if (ids.length < MOST_COMPARED) setPicking(ids.length);
  };
  useHotkeys([
    { keys: 'a', label: 'Add a session', run: add },
    { keys: 'Escape', label: 'Back to the sessions', run: () => router.push('/sessions') },
  ]);
  return (
    <div className="space-y-3 px-3 pt-3 pb-10 sm:px-4">
      <div className="flex flex-wrap items-center justify-between gap-2">
        <h1 className="text-xl font-semibold">Compare</h1>
        {ids.length > 0 && ids.length < MOST_COMPARED && (
          <Button size="small" onClick={add}>
            <Plus aria-hidden className="size-3.5" />
            Add a session
          </Button>
        )}
      </div>
      {tooMany > 0 && (
        <p role="status" className="rounded-md bg-warning-soft px-3 py-1.5 text-warning">
          Four sessions can be compared at once: {tooMany} more of the address{' '}
          {tooMany === 1 ? 'is' : 'are'} left out.
        </p>
      )}
      {ids.length === 0 ? (
        <EmptyState
          title="Nothing to compare yet"
          actions={
            <Button look="primary" onClick={add}>
              Choose a session
            </Button>
          }
        >
          <p>
            Two to four sessions side by side: what they cost, how they got there, what differs.
          </p>
        </EmptyState>
      ) : (
        <Columns
          ids={ids}
          loads={loads}
          onAdd={add}
          onReplace={setPicking}
          onRemove={(index) => setIds(ids.filter((_, at) => at !== index))}
        />
      )}
      <Suspense>
        {picking !== null && (
          <SessionPicker
            taken={ids}
            onClose={() => setPicking(null)}
            onPick={(id) => {
              setPicking(null);
              setIds(withId(ids, id, picking));
            }}
          />
        )}
      </Suspense>
    </div>
  );
}

type ColumnsProps = {
  ids: readonly string[];
  loads: readonly SessionLoad[];
  onAdd: () => void;
  onReplace: (index: number) => void;
  onRemove: (index: number) => void;
};

function Columns({ ids, loads, onAdd, onReplace, onRemove }: ColumnsProps) {
  const columns = ids.flatMap((id, index) => {
    const detail = loads[index]?.detail;
    return detail ? [{ id, letter: letterOf(index), detail }] : [];
  });
  const isLoading = loads.some(({ kind }) => kind === 'loading');
  return (
    <div className="space-y-3">
      <CompareHead ids={ids} loads={loads} onReplace={onReplace} onRemove={onRemove} />
      {isLoading ? (
        <div role="status">
          <span className="sr-only">Loading the sessions</span>
          <Skeleton className="h-96" />
        </div>
      ) : columns.length < 2 ? (
        <EmptyState
          title="One is no comparison"
          actions={
            <Button look="primary" onClick={onAdd}>
              Add a session
            </Button>
          }
        >
          <p>Choose another session to stand beside it.</p>
        </EmptyState>
      ) : (
        <Compared columns={columns} />
      )}
    </div>
  );
}

function Compared({ columns }: { columns: readonly Column[] }) {
  const states = columns.map(({ detail }) => detail.state);
  const sentence = tellDifference(
    columns.map(({ letter, detail }) => ({ name: letter, detail })),
    WORDS,
  );
  const tools = sideBySide(
    states.map((state) => state.tools),
    ({ name }) => name,
    ({ count }) => count,
  );
  const models = sideBySide(
    columns.map(({ detail }) => detail.usageByModel),
    ({ model }) => model,
    ({ usage }) => totalTokens(usage),
  );
  const files = filesSideBySide(states);
  const inCommon = files.filter(({ each }) => each.every((one) => one !== null)).length;
  return (
    <>
      <p className="flex items-start gap-2 rounded-md border border-line bg-surface px-3 py-2.5 text-base">
        <GitCompareArrows aria-hidden className="mt-0.5 size-4 shrink-0 text-accent" />
        {sentence}
      </p>
      <MeasureRows columns={columns} />
      <Curves columns={columns} />
      <SideTable
        title="Models"
        columns={columns}
        rows={models}
        empty="No response yet"
        name={(key) => <ModelName id={key} />}
        cell={({ usage }) =>
          `${formatCost(usage.costMicrodollars)} · ${formatTokens(totalTokens(usage))} tokens`
        }
      />
      <SideTable
        title="Tools"
        columns={columns}
        rows={tools}
        empty="No tool was used"
        name={(key) => (
          <span className="flex items-center gap-1.5">
            <ToolIcon name={key} />
            {toolName(key)}
          </span>
        )}
        cell={({ count, errors }) =>
          formatExact(count) + (errors > 0 ? ` · ${formatExact(errors)} failed` : '')
        }
      />
      <SideTable
        title="Objectives"
        columns={columns}
        rows={objectivesSideBySide(states)}
        empty="None of them has objectives"
        name={(key, each) => each.find((one) => one !== null)?.text ?? key}
        cell={({ status }) => status.replace('_', ' ')}
      />
      <SideTable
        title="Files edited"
        aside={`${formatExact(inCommon)} of ${formatExact(files.length)} in all of them`}
        columns={columns}
        rows={files}
        empty="No file was edited"
        name={(key) => <code className="font-mono text-2xs break-all">{key}</code>}
        cell={({ edits, linesAdded, linesRemoved }) =>
          `${formatExact(edits)} ${edits === 1 ? 'edit' : 'edits'} · +${formatExact(linesAdded)} −${formatExact(linesRemoved)}`
        }
      />
    </>
  );
}
