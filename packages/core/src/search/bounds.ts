/** A comparison; of costs in micro-dollars. */
export type Bound = { is: '<' | '<=' | '>' | '>=' | '='; value: number };

const AMOUNT = String.raw`\$?(\d{1,12}(?:\.\d{1,6})?)(k|m|b)?`;
const COMPARED = new RegExp(`^(<=|>=|<|>|=)?${AMOUNT}$`, 'iu');
const RANGE = new RegExp(`^${AMOUNT}\\.\\.${AMOUNT}$`, 'iu');
const TIMES: Readonly<Record<string, number>> = { k: 1e3, m: 1e6, b: 1e9 };

/** Reads `>1`, `<=2.5k` or `1..5` (both included); dollars for a cost. Null for anything else. */
export function readBounds(field: 'cost' | 'tokens', text: string): Bound[] | null {
  const unit = field === 'cost' ? 1_000_000 : 1;
  const amount = (digits = '', letter = '') =>
    Math.round(Number(digits) * (TIMES[letter.toLowerCase()] ?? 1) * unit);
  const range = RANGE.exec(text);
  if (range) {
    return [
      { is: '>=', value: amount(range[1], range[2]) },
      { is: '<=', value: amount(range[3], range[4]) },
    ];
  }
  const one = COMPARED.exec(text);
  if (!one) return null;
  return [{ is: (one[1] ?? '=') as Bound['is'], value: amount(one[2], one[3]) }];
}
