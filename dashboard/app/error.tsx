'use client';

import { ErrorState } from '@/components/ErrorState';

/** A page that failed to draw: what is known, and the way to try again. */
export default function PageError({ error, reset }: { error: Error; reset: () => void }) {
  return (
    <div className="p-4">
      <h1 className="sr-only">Error</h1>
      <ErrorState error={error} onRetry={reset} />
    </div>
  );
}
