import { GitCompareArrows } from 'lucide-react';
import Link from 'next/link';
import { compareHref } from '@/lib/compare/address';

/** Takes the session to where another one can be put beside it. */
export function CompareLink({ id }: { id: string }) {
  return (
    <Link
      href={compareHref([id])}
      prefetch={false}
      className="inline-flex h-6 items-center gap-1.5 rounded-sm border border-line-strong bg-surface px-2 text-xs font-medium text-ink hover:bg-sunken"
    >
      <GitCompareArrows aria-hidden className="size-3.5" />
      Compare with …
    </Link>
  );
}
