import { ArrowDown, ArrowUp } from 'lucide-react';

/** The column that rows are sorted by, and whether the smallest come first. */
export type Sort<C extends string> = { column: C; isUp: boolean };

type Props<C extends string> = {
  column: C;
  name: string;
  title?: string;
  sort: Sort<C>;
  onSort: (sort: Sort<C>) => void;
  className?: string;
  align?: 'left' | 'right';
};

/** A column's head by which its rows can be sorted; again, the other way round. */
export function SortHead<C extends string>(props: Props<C>) {
  const { column, name, title, sort, onSort, className = '', align = 'right' } = props;
  const isSorted = sort.column === column;
  const Arrow = sort.isUp ? ArrowUp : ArrowDown;
  return (
    <th
      scope="col"
      aria-sort={isSorted ? (sort.isUp ? 'ascending' : 'descending') : 'none'}
      className={`px-2 py-1.5 font-normal whitespace-nowrap text-ink-3 ${align === 'left' ? 'text-left' : 'text-right'} ${className}`}
    >
      <button
        type="button"
        title={title}
        onClick={() => onSort({ column, isUp: isSorted ? !sort.isUp : false })}
        className={`inline-flex items-center gap-0.5 hover:text-ink ${isSorted ? 'font-medium text-ink' : ''}`}
      >
        {name}
        {isSorted && <Arrow aria-hidden className="size-3" />}
      </button>
    </th>
  );
}
