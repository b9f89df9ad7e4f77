'use client';

import { useTimeText } from '@/lib/clock';
import { formatDuration, formatExact } from '@/lib/format';

type DurationProps = { ms: number; className?: string; role?: 'cell' };

/** A span of time that stands: `4m 12s`, exact on hover. */
export function Duration({ ms, className = '', role }: DurationProps) {
  return (
    <span role={role} title={`${formatExact(ms)} ms`} className={`tabular-nums ${className}`}>
      {formatDuration(ms)}
    </span>
  );
}

/** A span of time that grows: since `since` (epoch ms) until now. */
export function Elapsed({ since, className = '' }: { since: number; className?: string }) {
  const text = useTimeText((now) => formatDuration(Math.max(1_000, now - since)));
  return (
    <span className={`tabular-nums ${className}`} suppressHydrationWarning>
      {text}
    </span>
  );
}
