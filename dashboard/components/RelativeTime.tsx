'use client';

import { useTimeText } from '@/lib/clock';
import { formatMoment, formatRelative } from '@/lib/format';

/** How long ago something was, ticking; the moment itself on hover. */
export function RelativeTime({ at, className }: { at: number; className?: string }) {
  const text = useTimeText((now) => formatRelative(at, now));
  return (
    <time dateTime={new Date(at).toISOString()} title={formatMoment(at)} className={className}>
      {text}
    </time>
  );
}
