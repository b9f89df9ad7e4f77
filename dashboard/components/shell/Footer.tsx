'use client';

import Link from 'next/link';
import { useMalformedLines, useVersion } from '@/lib/feed/hooks';
import { formatExact } from '@/lib/format';

/** What is needed seldom: health, keys, version. */
export function Footer({ onKeys }: { onKeys: () => void }) {
  const version = useVersion();
  const malformed = useMalformedLines();
  const link = 'inline-flex min-h-6 items-center hover:text-ink hover:underline';
  return (
    <footer className="flex flex-wrap gap-x-4 px-3 pb-4 text-xs text-ink-2 sm:px-4">
      <Link href="/health" prefetch={false} className={link}>
        Health
        {malformed > 0 && <span className="sm:hidden">: {formatExact(malformed)} unreadable</span>}
      </Link>
      <Link href="/settings" prefetch={false} className={link}>
        Settings
      </Link>
      <button type="button" onClick={onKeys} className={`${link} max-sm:hidden`}>
        Keyboard
      </button>
      <span className="inline-flex min-h-6 items-center text-ink-3">{version}</span>
    </footer>
  );
}
