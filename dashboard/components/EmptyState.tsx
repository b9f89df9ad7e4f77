import type { ReactNode } from 'react';

type Props = {
  title: string;
  children?: ReactNode;
  actions?: ReactNode;
  /** `h1` where it is all that the page has. */
  level?: 'h1' | 'h2';
  className?: string;
};

/** Why there is nothing here, and how there comes to be something. */
export function EmptyState({
  title,
  children,
  actions,
  level: Heading = 'h2',
  className = '',
}: Props) {
  return (
    <div
      className={`mx-auto flex max-w-md flex-col items-center px-4 py-12 text-center ${className}`}
    >
      <Heading className="text-lg font-semibold">{title}</Heading>
      {children && <div className="mt-1 space-y-2 text-ink-2">{children}</div>}
      {actions && <div className="mt-5 flex flex-wrap justify-center gap-2">{actions}</div>}
    </div>
  );
}
