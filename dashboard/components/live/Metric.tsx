import type { ReactNode } from 'react';

type Props = { name: string; value: ReactNode; figure?: ReactNode; className?: string };

/** A number of a card: its name, its value, and below it a bar or a line of fixed height. */
export function Metric({ name, value, figure, className = '' }: Props) {
  return (
    <div className={`min-w-0 ${className}`}>
      <dt className="truncate text-2xs text-ink-3">{name}</dt>
      <dd>
        <span className="block truncate text-sm leading-5 font-medium">{value}</span>
        <span className="flex h-3.5 items-end">{figure}</span>
      </dd>
    </div>
  );
}
