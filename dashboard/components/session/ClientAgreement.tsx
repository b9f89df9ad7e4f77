import { CircleCheck, Scale } from 'lucide-react';
import { formatClock, formatCost, formatMoment } from '@/lib/format';

import type { Shown } from './shows';

/** What is compared. */
export const AGREEMENT_FIELDS = ['clientCost', 'usage', 'lastUsageAt'] as const;

/** Both sums are rounded: a micro-dollar apart they say the same. */
const ROUNDING = 1;

/** Whether our cost is the one that Claude Code itself noted, or by how much it isn't. */
export function ClientAgreement({ summary }: { summary: Shown<typeof AGREEMENT_FIELDS> }) {
  const { clientCost, usage, lastUsageAt } = summary;
  if (clientCost === null) {
    return (
      <span title="Claude Code notes its own sum when a session is closed">
        no sum of Claude Code yet
      </span>
    );
  }
  const sum = formatCost(clientCost.microdollars);
  const exactSum = `Claude Code: ${formatCost(clientCost.microdollars, { exact: true })}`;
  if (lastUsageAt !== null && lastUsageAt > clientCost.at) {
    const title = `${exactSum}, ${formatMoment(clientCost.at)}; the session went on after it`;
    return <span title={title}>{`Claude Code: ${sum} as of ${formatClock(clientCost.at)}`}</span>;
  }
  if (usage.costMicrodollars === null) {
    return <span title={exactSum}>{`Claude Code: ${sum}`}</span>;
  }
  const difference = usage.costMicrodollars - clientCost.microdollars;
  if (Math.abs(difference) <= ROUNDING) {
    return (
      <span className="inline-flex items-center gap-1 text-good" title={exactSum}>
        <CircleCheck aria-hidden className="size-3" />
        agrees with Claude Code
      </span>
    );
  }
  const exact = formatCost(Math.abs(difference), { exact: true });
  return (
    <span className="inline-flex items-center gap-1 text-warning" title={exactSum}>
      <Scale aria-hidden className="size-3" />
      {`${exact} ${difference > 0 ? 'more' : 'less'} than Claude Code`}
    </span>
  );
}
