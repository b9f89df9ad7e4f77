'use client';

import { RefreshCw } from 'lucide-react';
import { Button } from '@/components/Button';
import { useIsOutdated } from '@/lib/feed/hooks';

/** The server was updated while this page stood open. */
export function OutdatedBanner() {
  if (!useIsOutdated()) return null;
  return (
    <div
      role="alert"
      className="flex items-center justify-between gap-4 border-b border-line bg-warning-soft px-4 py-1 text-xs"
    >
      <p>The server is of another version than this page.</p>
      <Button size="small" onClick={() => window.location.reload()}>
        <RefreshCw aria-hidden className="size-3.5" />
        Reload
      </Button>
    </div>
  );
}
