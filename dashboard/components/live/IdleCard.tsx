'use client';

import { memo } from 'react';
import { Cost } from '@/components/Cost';
import { Elapsed } from '@/components/Duration';
import { StatusBadge } from '@/components/StatusBadge';
import { useSessionField } from '@/lib/feed/hooks';
import { projectName } from '@/lib/format';
import { TitleLink } from './TitleLink';

/** A session that nobody has touched for a while: two lines are enough. */
export const IdleCard = memo(function IdleCard({ id }: { id: string }) {
  const project = useSessionField(id, (session) => session.project);
  const since = useSessionField(id, (session) => session.lastAt) ?? 0;
  const cost = useSessionField(id, (session) => session.usage.costMicrodollars);
  return (
    <article
      data-card={id}
      className="relative rounded-md border border-line bg-surface px-3 py-2 has-[a:focus-visible]:outline-2 has-[a:focus-visible]:outline-offset-1 has-[a:focus-visible]:outline-accent hover:border-line-strong"
    >
      <div className="flex items-center gap-2 text-xs">
        <StatusBadge status="idle" />
        <span className="text-ink-3">
          <Elapsed since={since} />
        </span>
        <span className="min-w-0 flex-1 truncate text-ink-2" title={project ?? undefined}>
          {projectName(project)}
        </span>
        <Cost microdollars={cost} />
      </div>
      <h3 className="mt-1 truncate text-sm">
        <TitleLink id={id} />
      </h3>
    </article>
  );
});
