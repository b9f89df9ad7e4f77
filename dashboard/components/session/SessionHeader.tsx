'use client';

import { sessionNeed } from '@claude-optimizer/core/fold';
import type { SessionSummary } from '@claude-optimizer/protocol';
import { GitBranch, GitPullRequest } from 'lucide-react';
import { memo, type ReactNode } from 'react';
import { Duration, Elapsed } from '@/components/Duration';
import { ModelName } from '@/components/ModelName';
import { RelativeTime } from '@/components/RelativeTime';
import { StatusBadge } from '@/components/StatusBadge';
import { useNow } from '@/lib/clock';
import { projectName } from '@/lib/format';
import { sessionTitle } from '@/lib/session-title';
import { CopyButton } from './CopyButton';
import { EndSession } from './EndSession';

/** What the session is: title, place, model, status, times. */
export const SessionHeader = memo(function SessionHeader({ summary }: { summary: SessionSummary }) {
  const isOpen = ['running', 'waiting', 'idle'].includes(summary.status);
  return (
    <header className="space-y-2">
      <div className="flex flex-wrap items-center gap-x-3 gap-y-1 text-xs text-ink-2">
        <Status summary={summary} />
        <span className="font-medium text-ink" title={summary.project ?? undefined}>
          {projectName(summary.project)}
        </span>
        {summary.branch !== null && (
          <span className="flex min-w-0 items-center gap-1" title="Git branch">
            <GitBranch aria-hidden className="size-3.5 shrink-0" />
            <span className="truncate">{summary.branch}</span>
          </span>
        )}
        {summary.pullRequest !== null && (
          <a
            href={summary.pullRequest}
            rel="noreferrer"
            target="_blank"
            className="flex items-center gap-1 text-accent underline-offset-2 hover:underline"
          >
            <GitPullRequest aria-hidden className="size-3.5" />
            Pull request
          </a>
        )}
      </div>
      <div className="flex flex-wrap items-start justify-between gap-3">
        <h1 className="min-w-0 flex-1 basis-80 text-xl font-semibold break-words">
          {sessionTitle(summary)}
        </h1>
        {isOpen && <EndSession id={summary.id} />}
      </div>
      <dl className="flex flex-wrap gap-x-5 gap-y-1 text-xs">
        <Fact name={summary.models.length > 1 ? 'Models' : 'Model'}>
          <span className="flex flex-wrap gap-x-3">
            {summary.models.length === 0 && '–'}
            {summary.models.map((model) => (
              <ModelName key={model} id={model} />
            ))}
          </span>
        </Fact>
        <Fact name="Elapsed">
          {isOpen ? (
            <Elapsed since={summary.startedAt} />
          ) : (
            <Duration ms={summary.lastAt - summary.startedAt} />
          )}
        </Fact>
        <Fact name="At work">
          <ActiveTime summary={summary} />
        </Fact>
        <Fact name="Started">
          <RelativeTime at={summary.startedAt} />
        </Fact>
        {summary.version !== null && <Fact name="Claude Code">{summary.version}</Fact>}
        <Fact name="Session">
          <span className="flex items-center gap-1">
            <code className="font-mono text-2xs break-all">{summary.id}</code>
            <CopyButton text={summary.id} label="Copy the session's id" />
          </span>
        </Fact>
      </dl>
    </header>
  );
});

/** Renders each second for the clock, so that the header needn't. */
function Status({ summary }: { summary: SessionSummary }) {
  return <StatusBadge status={summary.status} need={sessionNeed(summary, useNow())} />;
}

/** The time in which a turn was open, with the one that is open now. */
function ActiveTime({ summary: { activeMs, phase, status, mainAt } }: { summary: SessionSummary }) {
  if (phase !== 'working' || status !== 'running') return <Duration ms={activeMs} />;
  return <Elapsed since={mainAt - activeMs} />;
}

function Fact({ name, children }: { name: string; children: ReactNode }) {
  return (
    <div className="flex min-w-0 items-center gap-1.5">
      <dt className="text-ink-3">{name}</dt>
      <dd className="min-w-0 text-ink-2">{children}</dd>
    </div>
  );
}
