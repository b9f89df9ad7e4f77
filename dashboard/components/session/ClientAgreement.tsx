import type { SessionSummary } from '@claude-optimizer/protocol';
import { CircleCheck, Scale } from 'lucide-react';
import { formatClock, formatCost } from '@/lib/format';

/** Both sums are rounded: a micro-dollar apart they say the same. */
const ROUNDING = 1;

/** Whether our cost is the one that Claude Code itself noted, or by how much it isn't. */
export function ClientAgreement({ summary }: { summary: SessionSummary }) {
  const { clientCost, usage, lastUsageAt } = summary;
  if (clientCost === null) {
    return (
      <span title="Claude Code notes its own sum when a session is closed">
        no sum of Claude Code yet
      </span>
    );
  }
  if (lastUsageAt !== null && lastUsageAt > clientCost.at) {
    const sum = formatCost(clientCost.microdollars);
    return <span>{`Claude Code: ${sum} as of ${formatClock(clientCost.at)}`}</span>;
  }
  if (usage.costMicrodollars === null) {
    return <span>{`Claude Code: ${formatCost(clientCost.microdollars)}`}</span>;
  }
  const difference = usage.costMicrodollars - clientCost.microdollars;
  if (Math.abs(difference) <= ROUNDING) {
    return (
      <span className="inline-flex items-center gap-1 text-good">
        <CircleCheck aria-hidden className="size-3" />
        agrees with Claude Code
      </span>
    );
  }
  const exact = formatCost(Math.abs(difference), { exact: true });
  return (
    <span
      className="inline-flex items-center gap-1 text-warning"
      title={`Claude Code: ${formatCost(clientCost.microdollars, { exact: true })}`}
    >
      <Scale aria-hidden className="size-3" />
      {`${exact} ${difference > 0 ? 'more' : 'less'} than Claude Code`}
    </span>
  );
}
