'use client';

import { Target } from 'lucide-react';
import Link from 'next/link';
import { memo } from 'react';
import { Elapsed } from '@/components/Duration';
import { ModelName } from '@/components/ModelName';
import { StatusBadge } from '@/components/StatusBadge';
import { ROW_LINK } from '@/hooks/useRowKeys';
import { useSessionField } from '@/lib/feed/hooks';
import type { Attention } from '@/lib/feed/state';
import { formatDuration, formatMoment, projectName } from '@/lib/format';
import { sessionHref } from '@/lib/session-path';
import { sessionTitle } from '@/lib/session-title';
import { ContextMetric, CostMetric, ObjectivesMetric, RateMetric } from './CardMetrics';
import { NowLine } from './NowLine';

/** The edge of a card says what its badge says. */
const EDGES: Record<Attention, string> = {
  answer: 'border-l-warning',
  failed: 'border-l-danger',
  prompt: 'border-l-accent',
  running: 'border-l-info',
  idle: 'border-l-line-strong',
};

type Props = { id: string; attention: Attention };

/** An active session. Each part follows its own fields, so the card itself stands still. */
export const SessionCard = memo(function SessionCard({ id, attention }: Props) {
  return (
    <article
      data-card={id}
      className={`relative flex h-full flex-col gap-1 rounded-md border border-l-2 border-line bg-surface px-3 pt-2 pb-1 has-[a:focus-visible]:outline-2 has-[a:focus-visible]:outline-offset-1 has-[a:focus-visible]:outline-accent hover:border-line-strong ${EDGES[attention]}`}
    >
      <Top id={id} attention={attention} />
      <Title id={id} />
      <Objective id={id} />
      <NowLine id={id} attention={attention} />
      <dl className="mt-auto grid grid-cols-4 gap-4 border-t border-line pt-1.5">
        <CostMetric id={id} />
        <RateMetric id={id} />
        <ContextMetric id={id} />
        <ObjectivesMetric id={id} />
      </dl>
    </article>
  );
});

function Top({ id, attention }: Props) {
  const status = useSessionField(id, (session) => session.status) ?? 'running';
  const project = useSessionField(id, (session) => session.project);
  return (
    <div className="flex items-center gap-2 text-xs">
      <StatusBadge status={status} need={attention === 'answer' ? 'answer' : null} />
      <span className="min-w-0 flex-1 truncate text-ink-2" title={project ?? undefined}>
        {projectName(project)}
      </span>
      <Age id={id} />
    </div>
  );
}

function Age({ id }: { id: string }) {
  const startedAt = useSessionField(id, (session) => session.startedAt) ?? 0;
  const minutes = useSessionField(id, (session) => Math.floor(session.activeMs / 60_000)) ?? 0;
  const active = formatDuration(minutes * 60_000);
  return (
    <span
      className="text-ink-2"
      title={`Started ${formatMoment(startedAt)}${minutes > 0 ? `, at work for ${active}` : ''}`}
    >
      <Elapsed since={startedAt} />
    </span>
  );
}

function Title({ id }: { id: string }) {
  const title = useSessionField(id, sessionTitle);
  const model = useSessionField(id, (session) => session.models.at(-1) ?? null);
  return (
    <div className="flex items-baseline gap-2">
      <h3 className="min-w-0 flex-1 truncate text-sm font-semibold">
        <Link
          {...ROW_LINK}
          href={sessionHref(id)}
          prefetch={false}
          title={title ?? undefined}
          className="outline-none after:absolute after:inset-0"
        >
          {title}
        </Link>
      </h3>
      {model !== null && <ModelName id={model} className="text-xs text-ink-2" />}
    </div>
  );
}

function Objective({ id }: { id: string }) {
  const current = useSessionField(id, (session) => session.currentObjective);
  if (current === null) return null;
  return (
    <p className="flex h-5 items-center gap-1.5 text-xs text-ink-2" title={current}>
      <Target aria-hidden className="size-3.5 shrink-0 text-ink-3" />
      <span className="truncate">{current}</span>
    </p>
  );
}
