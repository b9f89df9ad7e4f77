'use client';

import type { SessionNeed } from '@claude-optimizer/core/fold';
import { totalTokens, type ListedSession } from '@claude-optimizer/protocol';
import { EyeOff } from 'lucide-react';
import { Cost } from '@/components/Cost';
import { Duration } from '@/components/Duration';
import { ModelName } from '@/components/ModelName';
import { StatusBadge } from '@/components/StatusBadge';
import { Tokens } from '@/components/Tokens';
import { useTimeText } from '@/lib/clock';
import {
  formatExact,
  formatMoment,
  formatPercent,
  formatRelative,
  projectName,
} from '@/lib/format';
import type { ColumnId } from '@/lib/sessions/columns';

type Props = { column: Exclude<ColumnId, 'title'>; session: ListedSession; need: SessionNeed };

// A cell is one element wherever it can be: a screen has hundreds, and each is drawn while scrolling.
const TEXT = 'truncate px-2 text-ink-2';
const NUMBER = 'truncate px-2 text-right tabular-nums';
const DIM = `${NUMBER} text-ink-2`;

/** What a column shows of a session: a cell of its row. */
export function SessionCell({ column, session, need }: Props) {
  const { usage, objectives, counts } = session;
  switch (column) {
    case 'status':
      return (
        <span role="cell" className="px-2">
          <StatusBadge status={session.status} need={need} />
        </span>
      );
    case 'project':
      return (
        <span role="cell" title={session.project ?? undefined} className={`${TEXT} text-xs`}>
          {projectName(session.project)}
        </span>
      );
    case 'branch':
      return session.branch === null ? (
        <Nothing />
      ) : (
        <span role="cell" title={session.branch} className={`${TEXT} font-mono text-2xs`}>
          {session.branch}
        </span>
      );
    case 'phase':
      return session.launch === null ? (
        <Nothing />
      ) : (
        <span role="cell" className={`${TEXT} text-xs`}>
          {session.launch.phase ?? 'launched'}
        </span>
      );
    case 'model':
      return <Models models={session.models} />;
    case 'startedAt':
    case 'lastAt':
      return <Time at={session[column]} />;
    case 'duration':
      return <Duration role="cell" ms={session.lastAt - session.startedAt} className={DIM} />;
    case 'activeTime':
      return <Duration role="cell" ms={session.activeMs} className={DIM} />;
    case 'tokens':
      return <Tokens role="cell" of={session.id} count={totalTokens(usage)} className={DIM} />;
    case 'cost':
      return (
        <Cost
          role="cell"
          of={session.id}
          className={NUMBER}
          microdollars={usage.costMicrodollars}
          unpriced={session.unpriced}
          basis={session.basis}
        />
      );
    case 'cacheHits': {
      const sent = totalTokens(usage) - usage.outputTokens;
      return sent === 0 ? (
        <Nothing isNumber />
      ) : (
        <Count text={formatPercent(usage.cacheReadTokens / sent)} />
      );
    }
    case 'objectives':
      return objectives.total === 0 ? (
        <Nothing isNumber />
      ) : (
        <Count text={`${objectives.completed}/${objectives.total}`} />
      );
    case 'tools':
      return counts.tools === 0 ? <Nothing isNumber /> : <Count text={formatExact(counts.tools)} />;
    case 'errors': {
      const errors = counts.toolErrors + counts.errors;
      return errors === 0 ? (
        <Nothing isNumber />
      ) : (
        <span role="cell" className={`${NUMBER} text-danger`}>
          {formatExact(errors)}
        </span>
      );
    }
  }
}

function Nothing({ isNumber = false }: { isNumber?: boolean }) {
  return (
    <span role="cell" className={`px-2 text-ink-3 ${isNumber ? 'text-right' : ''}`}>
      –
    </span>
  );
}

function Count({ text }: { text: string }) {
  return (
    <span role="cell" className={DIM}>
      {text}
    </span>
  );
}

function Time({ at }: { at: number }) {
  const text = useTimeText((now) => formatRelative(at, now));
  return (
    <span role="cell" title={formatMoment(at)} className={DIM}>
      {text}
    </span>
  );
}

function Models({ models }: { models: readonly string[] }) {
  const [first, ...others] = models;
  if (first === undefined) return <Nothing />;
  return (
    <span
      role="cell"
      title={models.join(', ')}
      className="flex min-w-0 items-baseline gap-1 px-2 text-xs text-ink-2"
    >
      <ModelName id={first} className="truncate" />
      {others.length > 0 && <span className="text-ink-3">+{others.length}</span>}
    </span>
  );
}

/** That a session is left out of other lists. */
export function HiddenMark() {
  return (
    <span className="inline-flex shrink-0 items-center gap-1 text-2xs text-ink-3">
      <EyeOff aria-hidden className="size-3" />
      hidden
    </span>
  );
}
