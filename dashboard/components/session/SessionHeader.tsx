'use client';

import { sessionNeed } from '@claude-optimizer/core/fold';
import type { SessionSummary } from '@claude-optimizer/protocol';
import { GitBranch, GitPullRequest } from 'lucide-react';
import { memo, type ReactNode } from 'react';
import { Duration, Elapsed } from '@/components/Duration';
import { ExportButton } from '@/components/export/ExportButton';
import { ModelName } from '@/components/ModelName';
import { RelativeTime } from '@/components/RelativeTime';
import { StatusBadge } from '@/components/StatusBadge';
import { useIsPast, useNow } from '@/lib/clock';
import { projectName } from '@/lib/format';
import { CopyButton } from './CopyButton';
import { EndSession } from './EndSession';
import { isOpen } from './is-open';
import { shows, type Shown } from './shows';

const PLACE = ['project', 'branch', 'pullRequest'] as const;
const FACTS = ['id', 'models', 'version', 'startedAt'] as const;

/** What the session is: title, place, model, status, times. Its parts render each for itself. */
export function SessionHeader(props: {
  summary: SessionSummary;
  /** What it is called now, also where its past is shown. */
  title: string;
  actions?: ReactNode;
}) {
  const { summary, title, actions } = props;
  const isPast = useIsPast();
  const { status, phase, startedAt, lastAt, mainAt, activeMs } = summary;
  const goesOn = isOpen(status);
  const isActive = phase === 'working' && status === 'running';
  return (
    <header className="space-y-2">
      <div className="flex flex-wrap items-center gap-x-3 gap-y-1 text-xs text-ink-2">
        <Status summary={summary} />
        <Place summary={summary} />
      </div>
      <div className="flex flex-wrap items-start justify-between gap-3">
        <h1 className="min-w-0 flex-1 basis-80 text-xl font-semibold break-words">{title}</h1>
        <div className="flex flex-wrap gap-2">
          {actions}
          <ExportButton ids={[summary.id]} />
          {goesOn && !isPast && <EndSession id={summary.id} />}
        </div>
      </div>
      <Facts
        summary={summary}
        elapsedMs={goesOn ? null : lastAt - startedAt}
        activeMs={isActive ? null : activeMs}
        activeSince={isActive ? mainAt - activeMs : null}
      />
    </header>
  );
}

/** Renders each second for the clock; what it says is read out when it changes. */
function Status({ summary }: { summary: SessionSummary }) {
  return (
    <span role="status">
      <StatusBadge status={summary.status} need={sessionNeed(summary, useNow())} />
    </span>
  );
}

const Place = memo(function Place({ summary }: { summary: Shown<typeof PLACE> }) {
  const { project, branch, pullRequest } = summary;
  return (
    <>
      <span className="font-medium text-ink" title={project ?? undefined}>
        {projectName(project)}
      </span>
      {branch !== null && (
        <span className="flex min-w-0 items-center gap-1" title="Git branch">
          <GitBranch aria-hidden className="size-3.5 shrink-0" />
          <span className="truncate">{branch}</span>
        </span>
      )}
      {pullRequest !== null && (
        <a
          href={pullRequest}
          rel="noreferrer"
          target="_blank"
          className="flex items-center gap-1 text-accent underline-offset-2 hover:underline"
        >
          <GitPullRequest aria-hidden className="size-3.5" />
          Pull request
        </a>
      )}
    </>
  );
}, shows(PLACE));

type FactsProps = {
  summary: Shown<typeof FACTS>;
  /** How long it took; null while it goes on. */
  elapsedMs: number | null;
  /** Time in which a turn was open; null while one is, which has then been so since … */
  activeMs: number | null;
  activeSince: number | null;
};

const Facts = memo(function Facts({ summary, elapsedMs, activeMs, activeSince }: FactsProps) {
  const { id, models, version, startedAt } = summary;
  return (
    <dl className="flex flex-wrap gap-x-5 gap-y-1 text-xs">
      <Fact name={models.length > 1 ? 'Models' : 'Model'}>
        <span className="flex flex-wrap gap-x-3">
          {models.length === 0 && '–'}
          {models.map((model) => (
            <ModelName key={model} id={model} />
          ))}
        </span>
      </Fact>
      <Fact name="Elapsed">
        {elapsedMs === null ? <Elapsed since={startedAt} /> : <Duration ms={elapsedMs} />}
      </Fact>
      <Fact name="At work">
        {activeSince === null ? <Duration ms={activeMs ?? 0} /> : <Elapsed since={activeSince} />}
      </Fact>
      <Fact name="Started">
        <RelativeTime at={startedAt} />
      </Fact>
      {version !== null && <Fact name="Claude Code">{version}</Fact>}
      <Fact name="Session">
        <span className="flex items-center gap-1">
          <code className="font-mono text-2xs break-all">{id}</code>
          <CopyButton text={id} label="Copy the session’s id" />
        </span>
      </Fact>
    </dl>
  );
}, shows(FACTS));

function Fact({ name, children }: { name: string; children: ReactNode }) {
  return (
    <div className="flex min-w-0 items-center gap-1.5">
      <dt className="text-ink-3">{name}</dt>
      <dd className="min-w-0 text-ink-2">{children}</dd>
    </div>
  );
}
