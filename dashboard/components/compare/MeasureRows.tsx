import {
  differenceOf,
  MEASURES,
  measuresOf,
  type Difference,
  type Measured,
  type MeasureKey,
} from '@claude-optimizer/core/compare';
import {
  formatChange,
  formatCost,
  formatDuration,
  formatExact,
  formatPercent,
  formatTokens,
} from '@/lib/format';
import type { Column } from './column';
import { SideFrame } from './SideTable';

const KEYS = Object.keys(MEASURES) as MeasureKey[];

/** The sessions in numbers, each with its difference from the first. */
export function MeasureRows({ columns }: { columns: readonly Column[] }) {
  const measured = columns.map(({ detail }) => measuresOf(detail.state.summary));
  const base = measured[0];
  return (
    <SideFrame title="Figures" columns={columns}>
      {KEYS.map((key) => (
        <tr key={key} className="border-t border-line">
          <th
            scope="row"
            className="sticky left-0 bg-surface px-3 py-1.5 text-left align-top font-normal"
          >
            {MEASURES[key].name}
          </th>
          {measured.map((each, index) => (
            <td key={columns[index]?.id} className="px-3 py-1.5 align-top tabular-nums">
              <span className="font-medium">{write(key, each[key])}</span>
              {index > 0 && base && (
                <Against measure={key} difference={differenceOf(key, base[key], each[key])} />
              )}
            </td>
          ))}
        </tr>
      ))}
    </SideFrame>
  );
}

const WRITE: Record<(typeof MEASURES)[MeasureKey]['unit'], (value: number) => string> = {
  cost: formatCost,
  tokens: formatTokens,
  ms: formatDuration,
  count: formatExact,
  share: formatPercent,
};

function write(key: MeasureKey, { value, isAtLeast }: Measured): string {
  if (value === null) return key === 'cost' ? 'unknown' : '–';
  return WRITE[MEASURES[key].unit](value) + (isAtLeast ? '+' : '');
}

const LOOKS = {
  better: { color: 'text-good', word: 'better' },
  worse: { color: 'text-danger', word: 'worse' },
  same: { color: 'text-ink-3', word: 'the same' },
  unsure: { color: 'text-warning', word: 'not sure: a part is unknown' },
};

type AgainstProps = { measure: MeasureKey; difference: Difference | null };

/** By how much it differs from the first, and whether that is better, in words. */
function Against({ measure, difference }: AgainstProps) {
  if (difference === null) return null;
  const { by, share, verdict } = difference;
  const look = verdict === null ? { color: 'text-ink-3', word: '' } : LOOKS[verdict];
  const sign = by > 0 ? '+' : by < 0 ? '−' : '';
  const amount = `${sign}${WRITE[MEASURES[measure].unit](Math.abs(by))}`;
  const isShare = MEASURES[measure].unit === 'share';
  const percent = share === null || isShare ? '' : ` (${formatChange(share)})`;
  return (
    <span className={`block text-2xs ${look.color}`}>
      {by === 0 ? '' : `${amount}${isShare ? ' points' : percent}`}
      {look.word !== '' && `${by === 0 ? '' : ' · '}${look.word}`}
    </span>
  );
}
