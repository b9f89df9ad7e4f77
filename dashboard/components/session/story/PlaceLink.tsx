'use client';

import type { MouseEvent, ReactNode } from 'react';
import { changeAddressQuery } from '@/hooks/useAddressQuery';

const CONVERSATION = 'conversation';

/** Goes to a record or a tool call in the conversation. */
export function showInConversation(place: string): void {
  changeAddressQuery({ tab: CONVERSATION, at: place });
}

type Props = { place: string | null; children: ReactNode; className?: string };

/** A link to a record or a tool call in the conversation; plain text where there is none. */
export function PlaceLink({ place, children, className = '' }: Props) {
  if (place === null) return <span className={className}>{children}</span>;
  const show = (event: MouseEvent) => {
    // With a modifier the browser opens it elsewhere.
    if (event.metaKey || event.ctrlKey || event.shiftKey) return;
    event.preventDefault();
    showInConversation(place);
  };
  return (
    <a
      href={`?tab=${CONVERSATION}&at=${encodeURIComponent(place)}`}
      onClick={show}
      className={`underline-offset-2 hover:underline ${className}`}
    >
      {children}
    </a>
  );
}
