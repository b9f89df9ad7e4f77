import { sessionNeed } from '@claude-optimizer/core/fold';
import { ArrowLeftRight, X } from 'lucide-react';
import Link from 'next/link';
import { Button } from '@/components/Button';
import { ModelName } from '@/components/ModelName';
import { StatusBadge } from '@/components/StatusBadge';
import { letterOf } from '@/lib/compare/address';
import { useNow } from '@/lib/clock';
import type { SessionLoad } from '@/lib/feed/session-feed';
import { formatMoment, projectName } from '@/lib/format';
import { sessionHref } from '@/lib/session-path';
import { sessionTitle } from '@/lib/session-title';
import { Letter } from './Letter';

type Props = {
  ids: readonly string[];
  loads: readonly SessionLoad[];
  onReplace: (index: number) => void;
  onRemove: (index: number) => void;
};

/** On a wide screen all stand in one row. */
const WIDE: Record<number, string> = { 3: 'xl:grid-cols-3', 4: 'xl:grid-cols-4' };

/** Who is compared: each session with its letter, and how to put another in its place. */
export function CompareHead({ ids, loads, onReplace, onRemove }: Props) {
  return (
    <ol className={`grid gap-3 sm:grid-cols-2 ${WIDE[ids.length] ?? ''}`}>
      {ids.map((id, index) => (
        <li key={id} className="min-w-0 rounded-md border border-line bg-surface p-3">
          <div className="flex items-center gap-2">
            <Letter index={index} />
            <span className="text-xs text-ink-3">
              {index === 0 ? 'compared with' : 'against A'}
            </span>
            <span className="ml-auto flex">
              <Button
                size="small"
                look="quiet"
                aria-label={`Replace ${letterOf(index)}`}
                title="Replace"
                onClick={() => onReplace(index)}
              >
                <ArrowLeftRight aria-hidden className="size-3.5" />
              </Button>
              <Button
                size="small"
                look="quiet"
                aria-label={`Remove ${letterOf(index)}`}
                title="Remove"
                onClick={() => onRemove(index)}
              >
                <X aria-hidden className="size-3.5" />
              </Button>
            </span>
          </div>
          <Session id={id} load={loads[index]} />
        </li>
      ))}
    </ol>
  );
}

function Session({ id, load }: { id: string; load: SessionLoad | undefined }) {
  const now = useNow();
  const summary = load?.detail?.state.summary;
  if (!summary) {
    return (
      <p className="mt-1 min-h-16 text-sm break-all text-ink-2">
        {load?.kind === 'missing' && `No such session: ${id}`}
        {load?.kind === 'failed' && load.error.message}
        {load?.kind === 'loading' && 'Loading …'}
      </p>
    );
  }
  return (
    <div className="mt-1 min-h-16 space-y-1">
      <Link
        href={sessionHref(id)}
        prefetch={false}
        className="line-clamp-2 font-semibold break-words hover:underline"
      >
        {sessionTitle(summary)}
      </Link>
      <p className="flex flex-wrap items-center gap-x-3 gap-y-0.5 text-xs text-ink-2">
        <StatusBadge status={summary.status} need={sessionNeed(summary, now)} />
        <span>{projectName(summary.project)}</span>
        {summary.models.map((model) => (
          <ModelName key={model} id={model} />
        ))}
        <time dateTime={new Date(summary.startedAt).toISOString()} className="text-ink-3">
          {formatMoment(summary.startedAt)}
        </time>
      </p>
    </div>
  );
}
