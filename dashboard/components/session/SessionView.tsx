'use client';

import { useSession } from '@/hooks/useSession';

/** Everything about one session. */
export function SessionView({ id }: { id: string }) {
  const { kind, detail } = useSession(id);
  return (
    <h1>
      {kind} {detail?.state.summary.title}
    </h1>
  );
}
