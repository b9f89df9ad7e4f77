'use client';

import { SessionView } from '@/components/session/SessionView';
import { useSessionId } from '@/hooks/useSessionId';

/** The page of the session that the address names; nothing until the address is known. */
export function SessionPage() {
  const id = useSessionId();
  return id === null ? null : <SessionView key={id} id={id} />;
}
