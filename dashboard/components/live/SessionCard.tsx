'use client';

import { GitBranch, MessageCircleQuestionMark, Target } from 'lucide-react';
import { memo } from 'react';
import { Elapsed } from '@/components/Duration';
import { ModelName } from '@/components/ModelName';
import { StatusBadge } from '@/components/StatusBadge';
import { useSessionField } from '@/lib/feed/hooks';
import type { Attention } from '@claude-optimizer/core/live';
import { formatDuration, formatMoment, projectName } from '@/lib/format';
import { useIsAsking } from '@/lib/loop/loop-news';
import { ContextMetric, CostMetric, ObjectivesMetric, RateMetric } from './CardMetrics';
import { NowLine } from './NowLine';
import { TitleLink } from './TitleLink';

/** The cards that hold somebody up stand out; the others are told apart by their badges. */
const EDGES: Partial<Record<Attention, string>> = {
  answer: 'border-warning',
  failed: 'border-danger',
};

type Props = { id: string; attention: Attention };

/** An active session. Each part follows its own fields, so the card itself stands still. */
export const SessionCard = memo(function SessionCard({ id, attention }: Props) {
  const isAsking = useIsAsking(id);
  return (
    <article
      data-card={id}
      className={`relative flex h-full flex-col gap-1 rounded-md border bg-surface px-3 py-2 has-[a:focus-visible]:outline-2 has-[a:focus-visible]:outline-offset-1 has-[a:focus-visible]:outline-accent ${isAsking ? EDGES.answer : (EDGES[attention] ?? 'border-line hover:border-line-strong')}`}
    >
      <Top id={id} attention={attention} isAsking={isAsking} />
      <h3 className="truncate text-sm font-semibold">
        <TitleLink id={id} />
      </h3>
      <Aim id={id} />
      <NowLine id={id} attention={attention} />
      <dl className="mt-auto grid grid-cols-[1.35fr_1fr_0.8fr_1fr] gap-3 border-t border-line pt-1.5">
        <CostMetric id={id} />
        <RateMetric id={id} />
        <ContextMetric id={id} />
        <ObjectivesMetric id={id} />
      </dl>
    </article>
  );
});

function Top({ id, attention, isAsking }: Props & { isAsking: boolean }) {
  const status = useSessionField(id, (session) => session.status) ?? 'running';
  const project = useSessionField(id, (session) => session.project);
  return (
    <div className="flex items-center gap-2 text-xs">
      {isAsking ? (
        <span
          title="It asks here: press a to answer."
          className="flex items-center gap-1 font-medium whitespace-nowrap text-warning"
        >
          <MessageCircleQuestionMark aria-hidden className="size-3.5 shrink-0" strokeWidth={2.25} />
          needs you
        </span>
      ) : (
        <StatusBadge status={status} need={attention === 'answer' ? 'answer' : null} />
      )}
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

/** What it works towards, or else where; and with which model. */
function Aim({ id }: { id: string }) {
  const objective = useSessionField(id, (session) => session.currentObjective);
  const branch = useSessionField(id, (session) => session.branch);
  const model = useSessionField(id, (session) => session.model);
  const Icon = objective === null ? GitBranch : Target;
  const text = objective ?? branch;
  return (
    <div className="flex h-5 items-center gap-1.5 text-xs text-ink-2">
      {text !== null && <Icon aria-hidden className="size-3.5 shrink-0 text-ink-3" />}
      <p className="min-w-0 flex-1 truncate" title={text ?? undefined}>
        {text}
      </p>
      {model !== null && <ModelName id={model} />}
    </div>
  );
}
