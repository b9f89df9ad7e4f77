import type { FirstFigure as Name } from '@claude-optimizer/core/live';

/**
 * The place of a figure until the page has its own data: our server writes the text into it as it
 * sends the page (core/live), and React leaves it alone. `className` may say how it looks `empty:`.
 */
export function FirstFigure({ name, className = '' }: { name: Name; className?: string }) {
  return (
    <span
      data-first={name}
      className={className}
      suppressHydrationWarning
      dangerouslySetInnerHTML={NOTHING}
    />
  );
}

const NOTHING = { __html: '' };

/** How a place looks that was left empty; give it a size. */
export const EMPTY_FIGURE = 'empty:block empty:rounded-sm empty:bg-sunken';
