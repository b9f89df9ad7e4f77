'use client';

import { totalTokens, type SessionSummary } from '@claude-optimizer/protocol';
import Link from 'next/link';
import { memo } from 'react';
import { Cost } from '@/components/Cost';
import { Duration } from '@/components/Duration';
import { ModelName } from '@/components/ModelName';
import { RelativeTime } from '@/components/RelativeTime';
import { StatusBadge } from '@/components/StatusBadge';
import { Tokens } from '@/components/Tokens';
import { ROW_LINK } from '@/hooks/useRowKeys';
import { useSessionNeed, useSessionSummary } from '@/lib/feed/hooks';
import { projectName } from '@/lib/format';
import { sessionHref } from '@/lib/session-path';
import { sessionTitle } from '@/lib/session-title';

const CELL = 'px-2 py-1.5 align-middle';
const NUMBER = `${CELL} text-right max-md:hidden`;

/** One session of a list, live where the page follows it. */
export const SessionRow = memo(function SessionRow({ session }: { session: SessionSummary }) {
  const now = useSessionSummary(session.id) ?? session;
  const need = useSessionNeed(session.id);
  const cost = (
    <Cost microdollars={now.usage.costMicrodollars} unpriced={now.unpriced} basis={now.basis} />
  );
  const { model } = now;
  return (
    <tr className="relative border-b border-line last:border-b-0 hover:bg-sunken/60 has-[a:focus-visible]:outline-2 has-[a:focus-visible]:-outline-offset-2 has-[a:focus-visible]:outline-accent">
      <td className={`${CELL} pl-3 max-md:hidden`}>
        <StatusBadge status={now.status} need={need} />
      </td>
      <td className={`${CELL} max-md:px-3 max-md:py-2`}>
        <Link
          {...ROW_LINK}
          href={sessionHref(now.id)}
          prefetch={false}
          title={sessionTitle(now)}
          className="block truncate outline-none after:absolute after:inset-0"
        >
          {sessionTitle(now)}
        </Link>
        <div className="mt-0.5 flex items-center gap-2 text-xs text-ink-2 md:hidden">
          <StatusBadge status={now.status} need={need} />
          <span className="min-w-0 flex-1 truncate">{projectName(now.project)}</span>
          {cost}
          <RelativeTime at={now.lastAt} className="w-14 text-right text-ink-3" />
        </div>
      </td>
      <td
        className={`${CELL} truncate text-xs text-ink-2 max-md:hidden`}
        title={now.project ?? undefined}
      >
        {projectName(now.project)}
      </td>
      <td className={`${CELL} max-lg:hidden`}>
        {model !== null && <ModelName id={model} className="text-xs text-ink-2" />}
      </td>
      <td className={NUMBER}>
        <Duration ms={now.activeMs} className="text-ink-2" />
      </td>
      <td className={`${NUMBER} max-lg:hidden`}>
        <Tokens count={totalTokens(now.usage)} className="text-ink-2" />
      </td>
      <td className={NUMBER}>{cost}</td>
      <td className={`${NUMBER} pr-3`}>
        <RelativeTime at={now.lastAt} className="text-ink-2" />
      </td>
    </tr>
  );
});
