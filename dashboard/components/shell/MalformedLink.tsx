'use client';

import { TriangleAlert } from 'lucide-react';
import Link from 'next/link';
import { useMalformedLines } from '@/lib/feed/hooks';
import { formatExact } from '@/lib/format';

/** Lines that could not be read, where there are any. */
export function MalformedLink() {
  const lines = useMalformedLines();
  if (lines === 0) return null;
  const text = `${formatExact(lines)} unreadable ${lines === 1 ? 'line' : 'lines'}`;
  return (
    <Link
      href="/health"
      prefetch={false}
      title={text}
      className="inline-flex h-8 items-center gap-1 rounded-sm px-1.5 text-xs text-warning hover:bg-sunken max-sm:hidden"
    >
      <TriangleAlert aria-hidden className="size-3.5" />
      <span className="max-md:sr-only">{text}</span>
      <span aria-hidden className="md:hidden">
        {formatExact(lines)}
      </span>
    </Link>
  );
}
