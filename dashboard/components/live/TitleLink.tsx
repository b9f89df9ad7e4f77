'use client';

import Link from 'next/link';
import { ROW_LINK } from '@/hooks/useRowKeys';
import { useSessionField } from '@/lib/feed/hooks';
import { sessionHref } from '@/lib/session-path';
import { sessionTitle } from '@/lib/session-title';

/** A session's title as a link of the size of the whole card. */
export function TitleLink({ id }: { id: string }) {
  const title = useSessionField(id, sessionTitle);
  return (
    <Link
      {...ROW_LINK}
      href={sessionHref(id)}
      prefetch={false}
      title={title ?? undefined}
      className="outline-none after:absolute after:inset-0"
    >
      {title}
    </Link>
  );
}
