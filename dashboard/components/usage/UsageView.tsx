'use client';

import type { UsageRow } from '@claude-optimizer/protocol';
import Link from 'next/link';
import { useState, useSyncExternalStore } from 'react';
import { EmptyState } from '@/components/EmptyState';
import { ErrorState } from '@/components/ErrorState';
import { ModelName } from '@/components/ModelName';
import { useIsIndexed } from '@/lib/feed/hooks';
import { modelName, projectName } from '@/lib/format';
import { modelColor } from '@/lib/model-color';
import { WHOLE_VIEW, writeView } from '@/lib/sessions/session-view';
import { DEFAULT_RANGE, readRange, writeRange, type UsageRange } from '@/lib/usage-range';
import { HeatMap } from './HeatMap';
import { LimitWindows } from './LimitWindows';
import { RangeControl } from './RangeControl';
import { UsageChart } from './UsageChart';
import { UsageTable } from './UsageTable';
import { UsageTotals } from './UsageTotals';
import { useUsage, useUsedSessions } from './useUsage';

/** What was used and what it cost: over time, by model, by project, by hour, and of the limits. */
export function UsageView() {
  const [range, setRange] = useAddressRange();
  return (
    <div className="space-y-3 px-3 pt-3 pb-10 sm:px-4">
      <div className="flex flex-wrap items-center justify-between gap-x-4 gap-y-2">
        <h1 className="text-xl font-semibold">Usage</h1>
        <RangeControl range={range ?? DEFAULT_RANGE} onChange={setRange} />
      </div>
      <Figures range={range} />
    </div>
  );
}

/** Places only while `range` is null: the static page, before the address is known. */
function Figures({ range }: { range: UsageRange | null }) {
  const { value, error, isStale, reload } = useUsage(range);
  const sessions = useUsedSessions(range);
  const isIndexed = useIsIndexed();
  if (error && value === null) return <ErrorState error={error} onRetry={reload} />;
  const isEmpty = value !== null && !isStale && value.bySteps.totals.messages === 0;
  if (isEmpty && isIndexed && range?.span === 'all') {
    return (
      <EmptyState title="Nothing was used yet">
        <p>Start Claude Code in a project: its tokens and costs appear here.</p>
      </EmptyState>
    );
  }
  return (
    <div aria-busy={isStale} className="space-y-3">
      {error && <ErrorState error={error} onRetry={reload} />}
      <UsageTotals totals={value?.bySteps.totals ?? null} sessions={sessions.value} />
      <div className="grid items-start gap-3 xl:grid-cols-3">
        <UsageChart figures={value} className="xl:col-span-2" />
        <LimitWindows />
      </div>
      <div className="grid items-start gap-3 lg:grid-cols-2 3xl:grid-cols-3">
        <div className="space-y-3 3xl:contents">
          <UsageTable
            title="By model"
            kind="Model"
            rows={value?.byModels.rows ?? null}
            nameOf={modelKey}
            renderName={renderModel}
            colorOf={colorOfModel}
          />
          <HeatMap rows={value?.byHours.rows ?? null} />
        </div>
        <UsageTable
          title="By project"
          kind="Project"
          rows={value?.byProjects.rows ?? null}
          nameOf={projectKey}
          renderName={renderProject}
        />
      </div>
    </div>
  );
}

// Sorted by what is read first; unique by the whole id behind it.
const modelKey = ({ model = '' }: UsageRow) => `${modelName(model)} ${model}`;
const projectKey = ({ project = null }: UsageRow) => `${projectName(project)} ${project ?? ''}`;
const colorOfModel = ({ model = '' }: UsageRow) => modelColor(model);
const renderModel = ({ model = '' }: UsageRow) => <ModelName id={model} />;

function renderProject({ project = null }: UsageRow) {
  const name = projectName(project);
  if (project === null) return <span className="text-ink-2">{name}</span>;
  return (
    <Link
      href={`/sessions${writeView({ ...WHOLE_VIEW, projects: [project] })}`}
      prefetch={false}
      title={project}
      className="hover:underline"
    >
      {name}
    </Link>
  );
}

const noWatch = () => () => undefined;

/** The range, kept in the address; null while the static page is shown. */
function useAddressRange(): [UsageRange | null, (range: UsageRange) => void] {
  const [changed, setChanged] = useState<UsageRange | null>(null);
  const query = useSyncExternalStore(
    noWatch,
    () => window.location.search,
    () => null,
  );
  const set = (range: UsageRange) => {
    setChanged(range);
    window.history.replaceState(null, '', window.location.pathname + writeRange(range));
  };
  return [changed ?? (query === null ? null : readRange(query)), set];
}
