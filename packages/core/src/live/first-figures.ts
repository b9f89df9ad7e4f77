import {
  costText,
  formatExact,
  formatPercent,
  formatTokens,
  totalTokens,
  type Snapshot,
} from '@claude-optimizer/protocol';
import { attention, attentions } from './attention.js';
import { belowHeadline, headline, type AttentionCounts } from './headline.js';

/** What of the first page is there before any script: numbers and words of ours, no names. */
export type FirstFigure =
  'headline' | 'below' | 'cost' | 'tokens' | 'messages' | 'sessions' | 'files' | 'share';

/** The texts of the first page as it will show them itself; none where there is nothing yet. */
export function firstFigures(snapshot: Snapshot): Partial<Record<FirstFigure, string>> {
  const { today, now, active, sessionsTotal } = snapshot;
  if (active.length === 0 && sessionsTotal === 0) return {};
  const counts = countAttentions(snapshot, now);
  return {
    headline: headline(counts),
    below: belowHeadline(counts),
    cost: costText(today.usage.messages === 0 ? 0 : today.usage.costMicrodollars, today),
    tokens: formatTokens(totalTokens(today.usage)),
    messages: formatExact(today.usage.messages),
    sessions: formatExact(today.sessions),
    ...progress(snapshot),
  };
}

function countAttentions({ active, recent }: Snapshot, now: number): AttentionCounts {
  const why = [...active, ...recent]
    .filter(({ visible }) => visible)
    .map((summary) => attention(summary, now));
  const of = attentions.map((each) => [each, why.filter((one) => one === each).length]);
  return Object.fromEntries(of) as AttentionCounts;
}

/** How far the past has been read; nothing once it has. */
function progress({ indexing, ready }: Snapshot): Partial<Record<FirstFigure, string>> {
  const { filesDone, filesTotal } = indexing;
  if (ready || filesTotal === 0) return {};
  return {
    files: `${formatExact(filesDone)} of ${formatExact(filesTotal)} files`,
    share: `${formatPercent(filesDone / filesTotal)} read`,
  };
}
