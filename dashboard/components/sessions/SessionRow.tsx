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

const CELL = 'px-2 py-1.5 align-middle max-md:px-0 max-md:py-0';
const NUMBER = `${CELL} text-right`;

/**
 * One session of a list, live where the page follows it. On a phone the title has a line of its
 * own, above status, project, cost and age.
 */
export const SessionRow = memo(function SessionRow({ session }: { session: SessionSummary }) {
  const now = useSessionSummary(session.id) ?? session;
  const need = useSessionNeed(session.id);
  const { model } = now;
  return (
    <tr className="relative border-b border-line last:border-b-0 hover:bg-sunken/60 has-[a:focus-visible]:outline-2 has-[a:focus-visible]:-outline-offset-2 has-[a:focus-visible]:outline-accent max-md:grid max-md:grid-cols-[auto_1fr_auto_4rem] max-md:items-center max-md:gap-x-2 max-md:px-3 max-md:py-1.5 max-md:text-xs">
      <td className={`${CELL} md:pl-3`}>
        <StatusBadge status={now.status} need={need} />
      </td>
      <td className={`${CELL} max-md:order-first max-md:col-span-4 max-md:text-sm`}>
        <Link
          {...ROW_LINK}
          href={sessionHref(now.id)}
          prefetch={false}
          title={sessionTitle(now)}
          className="block truncate outline-none after:absolute after:inset-0"
        >
          {sessionTitle(now)}
        </Link>
      </td>
      <td className={`${CELL} truncate text-xs text-ink-2`} title={now.project ?? undefined}>
        {projectName(now.project)}
      </td>
      <td className={`${CELL} max-lg:hidden`}>
        {model !== null && <ModelName id={model} className="text-xs text-ink-2" />}
      </td>
      <td className={`${NUMBER} max-lg:hidden`}>
        <Duration ms={now.activeMs} className="text-ink-2" />
      </td>
      <td className={`${NUMBER} max-lg:hidden`}>
        <Tokens count={totalTokens(now.usage)} className="text-ink-2" />
      </td>
      <td className={NUMBER}>
        <Cost microdollars={now.usage.costMicrodollars} unpriced={now.unpriced} basis={now.basis} />
      </td>
      <td className={`${NUMBER} md:pr-3`}>
        <RelativeTime at={now.lastAt} className="text-ink-2" />
      </td>
    </tr>
  );
});
