import type { SearchState } from '@claude-optimizer/protocol';
import { formatExact } from '@/lib/format';

/** How much of what was said can be found already; nothing once it is all. */
export function SearchProgress({ state }: { state: SearchState | null }) {
  if (state === null || state.state === 'idle') return null;
  return (
    <span role="status" className="truncate text-xs text-ink-3">
      {words(state)}
    </span>
  );
}

function words({ state, sessionsDone, sessionsTotal, problem }: SearchState): string {
  switch (state) {
    case 'waiting':
      return 'Words can be found once the sessions are indexed.';
    case 'working':
      return `Words of ${formatExact(sessionsDone)} of ${formatExact(sessionsTotal)} sessions can be found so far.`;
    case 'failed':
      return `Words can’t be indexed: ${problem ?? 'the log says why'}`;
    case 'off':
      return 'A demo is searched by titles alone.';
    case 'idle':
      return '';
  }
}
