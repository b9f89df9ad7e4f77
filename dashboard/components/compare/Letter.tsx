import { letterOf } from '@/lib/compare/address';

/** The colour of a compared session, as a CSS value; its letter is always beside it. */
export const sessionColor = (index: number): string => `var(--compared-${index + 1})`;

/** What a compared session is called in tables and curves. */
export function Letter({ index }: { index: number }) {
  return (
    <span
      className="inline-flex size-5 items-center justify-center rounded-sm text-xs font-semibold"
      style={{ background: sessionColor(index), color: 'var(--on-compared)' }}
    >
      {letterOf(index)}
    </span>
  );
}
