import { useId, type ReactNode } from 'react';

type Props = { title: string; aside?: ReactNode; children: ReactNode; className?: string };

/** A titled part of the session page, set off by hairlines. */
export function Panel({ title, aside, children, className = '' }: Props) {
  const id = useId();
  return (
    <section
      aria-labelledby={id}
      className={`min-w-0 rounded-md border border-line bg-surface ${className}`}
    >
      <header className="flex min-h-10 flex-wrap items-center justify-between gap-x-4 gap-y-1 border-b border-line px-3 py-1.5">
        <h2 id={id} className="text-sm font-semibold">
          {title}
        </h2>
        {aside}
      </header>
      {children}
    </section>
  );
}
