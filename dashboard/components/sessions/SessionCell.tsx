'use client';

import type { SessionNeed } from '@claude-optimizer/core/fold';
import { totalTokens, type ListedSession } from '@claude-optimizer/protocol';
import { EyeOff } from 'lucide-react';
import { Cost } from '@/components/Cost';
import { Duration } from '@/components/Duration';
import { ModelName } from '@/components/ModelName';
import { RelativeTime } from '@/components/RelativeTime';
import { StatusBadge } from '@/components/StatusBadge';
import { Tokens } from '@/components/Tokens';
import { formatExact, formatPercent, projectName } from '@/lib/format';
import type { ColumnId } from '@/lib/sessions/columns';

type Props = { column: Exclude<ColumnId, 'title'>; session: ListedSession; need: SessionNeed };

const DIM = 'text-ink-2';
const NOTHING = <span className="text-ink-3">–</span>;

/** What a column shows of a session. */
export function SessionCell({ column, session, need }: Props) {
  const { usage, objectives, counts } = session;
  switch (column) {
    case 'status':
      return <StatusBadge status={session.status} need={need} />;
    case 'project':
      return (
        <span title={session.project ?? undefined} className={`truncate text-xs ${DIM}`}>
          {projectName(session.project)}
        </span>
      );
    case 'branch':
      return session.branch === null ? (
        NOTHING
      ) : (
        <span title={session.branch} className={`truncate font-mono text-2xs ${DIM}`}>
          {session.branch}
        </span>
      );
    case 'phase':
      return session.launch === null ? (
        NOTHING
      ) : (
        <span className={`truncate text-xs ${DIM}`}>{session.launch.phase ?? 'launched'}</span>
      );
    case 'model':
      return <Models models={session.models} />;
    case 'startedAt':
    case 'lastAt':
      return <RelativeTime at={session[column]} className={DIM} />;
    case 'duration':
      return <Duration ms={session.lastAt - session.startedAt} className={DIM} />;
    case 'activeTime':
      return <Duration ms={session.activeMs} className={DIM} />;
    case 'tokens':
      return <Tokens count={totalTokens(usage)} className={DIM} />;
    case 'cost':
      return (
        <Cost
          microdollars={usage.costMicrodollars}
          unpriced={session.unpriced}
          basis={session.basis}
        />
      );
    case 'cacheHits': {
      const sent = totalTokens(usage) - usage.outputTokens;
      return sent === 0 ? NOTHING : <Plain text={formatPercent(usage.cacheReadTokens / sent)} />;
    }
    case 'objectives':
      return objectives.total === 0 ? (
        NOTHING
      ) : (
        <Plain text={`${objectives.completed}/${objectives.total}`} />
      );
    case 'tools':
      return counts.tools === 0 ? NOTHING : <Plain text={formatExact(counts.tools)} />;
    case 'errors': {
      const errors = counts.toolErrors + counts.errors;
      return errors === 0 ? NOTHING : <span className="text-danger">{formatExact(errors)}</span>;
    }
  }
}

function Plain({ text }: { text: string }) {
  return <span className={`tabular-nums ${DIM}`}>{text}</span>;
}

function Models({ models }: { models: readonly string[] }) {
  const [first, ...others] = models;
  if (first === undefined) return NOTHING;
  return (
    <span title={models.join(', ')} className={`flex min-w-0 items-baseline gap-1 text-xs ${DIM}`}>
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
