'use client';

import Link from 'next/link';
import { usePathname } from 'next/navigation';
import { useIsLate } from '@/hooks/useIsLate';
import { useLoopNews } from '@/lib/loop/loop-news';
import { Logo } from './Logo';

const PAGES = [
  { href: '/', name: 'Live', isHere: (path: string) => path === '/' },
  { href: '/sessions', name: 'Sessions', isHere: (path: string) => path.startsWith('/sessions') },
  { href: '/usage', name: 'Usage', isHere: (path: string) => path.startsWith('/usage') },
  { href: '/schedule', name: 'Schedule', isHere: (path: string) => path.startsWith('/schedule') },
];

/** So long the page that was asked for has the machine before others are loaded ahead (ms). */
const AHEAD_MS = 1_500;

/** The product's mark and the pages. */
export function Navigation() {
  const isAhead = useIsLate(AHEAD_MS);
  const path = usePathname();
  const asks = useLoopNews((news) => news.asks.length);
  return (
    <nav aria-label="Pages" className="flex min-w-0 items-center gap-3 self-stretch">
      <Link
        href="/"
        prefetch={false}
        className="flex items-center gap-2 font-semibold max-sm:hidden"
      >
        <Logo />
        <span className="max-lg:sr-only">Claude Code Optimizer</span>
      </Link>
      <ul className="flex self-stretch">
        {PAGES.map(({ href, name, isHere }) => (
          <li key={href} className="flex">
            <Link
              href={href}
              prefetch={isAhead ? null : false}
              aria-current={isHere(path) ? 'page' : undefined}
              className="-mb-px inline-flex items-center border-b-2 border-transparent px-1.5 font-medium text-ink-2 hover:text-ink aria-[current]:border-accent aria-[current]:text-ink sm:px-3"
            >
              {name}
              {href === '/' && asks > 0 && (
                <span
                  title={`${asks} waiting for your answer`}
                  className="ml-1 rounded-full bg-warning-soft px-1 text-2xs text-warning tabular-nums"
                >
                  {asks}
                  <span className="sr-only"> waiting for your answer</span>
                </span>
              )}
            </Link>
          </li>
        ))}
      </ul>
    </nav>
  );
}
