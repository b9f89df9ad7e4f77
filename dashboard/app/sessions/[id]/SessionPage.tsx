'use client';

import { Suspense } from 'react';
import { SessionView } from '@/components/session/SessionView';
import { useSessionId } from '@/hooks/useSessionId';

/** The page of the session that the address names; nothing until the address is known. */
export function SessionPage() {
  const id = useSessionId();
  if (id === null) return null;
  // What reads the address's query needs one around it in a static page.
  return (
    <Suspense>
      <SessionView key={id} id={id} />
    </Suspense>
  );
}
