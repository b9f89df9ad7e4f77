import { costText, type SessionSummary, type Unpriced } from '@claude-optimizer/protocol';
import { formatCost, formatExact } from '@/lib/format';
import { Marked } from './Marked';

type Props = {
  microdollars: number | null;
  /** What of the sum has no known price. */
  unpriced?: Unpriced;
  /** The weakest price basis in the sum; an estimate is shown as such. */
  basis?: SessionSummary['basis'];
  /** How many of its responses never got their final output count. */
  incomplete?: number;
  className?: string;
  role?: 'cell';
  of?: string;
};

/** A cost as it looks everywhere: `$0.15`, `≈$0.15` (estimated), `$0.15+` (some of it unknown). */
export function Cost(props: Props) {
  const { microdollars, unpriced, basis = 'exact', incomplete = 0, ...rest } = props;
  const missing = unpriced?.messages ?? 0;
  const isEstimate = basis === 'estimate' && microdollars !== null;
  const text = costText(microdollars, { isEstimate, ...(unpriced && { unpriced }) });
  const notes = [
    microdollars === null ? 'No known price' : formatCost(microdollars, { exact: true }),
    ...(isEstimate ? ['estimated by a similar model’s price'] : []),
    ...(missing > 0 ? [`${formatExact(missing)} responses without a known price`] : []),
    ...(incomplete > 0 ? [`output incomplete in ${formatExact(incomplete)}`] : []),
  ];
  return <Marked text={text} title={notes.join(' · ')} {...rest} />;
}
