'use client';

import Link from 'next/link';
import { useMemo } from 'react';
import { SessionsList } from '@/components/sessions/SessionsList';
import { getFeed, useRecentIds, useSessionsTotal } from '@/lib/feed/hooks';
import { formatExact } from '@/lib/format';
import { GroupName } from './GroupName';

/** The sessions that ended last, and the way to all of them. */
export function FinishedSessions() {
  const ids = useRecentIds();
  const total = useSessionsTotal();
  const sessions = useMemo(() => {
    const known = getFeed().state.sessions;
    return ids.flatMap((id) => known.get(id) ?? []);
  }, [ids]);
  if (sessions.length === 0) return null;
  return (
    <section aria-label="Finished">
      <div className="flex items-baseline justify-between">
        <GroupName name="Finished" />
        <Link href="/sessions" className="text-xs text-accent hover:underline">
          All {formatExact(total)} sessions
        </Link>
      </div>
      <div className="overflow-hidden rounded-md border border-line bg-surface">
        <SessionsList sessions={sessions} label="Finished sessions" />
      </div>
    </section>
  );
}
