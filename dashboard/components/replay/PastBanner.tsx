import { History } from 'lucide-react';
import { Button } from '@/components/Button';
import { formatMoment } from '@/lib/format';

/** Says that all below is the past, since when it is over, and the way back. */
export function PastBanner({ at, onLive }: { at: number; onLive: () => void }) {
  return (
    <section
      aria-label="This is the past"
      className="flex flex-wrap items-center gap-x-3 gap-y-1 rounded-md border border-warning bg-warning-soft px-3 py-1.5 text-sm text-warning"
    >
      <History aria-hidden className="size-4 shrink-0" />
      <p className="min-w-0 flex-1">
        <strong className="font-semibold">The past:</strong> all of this as it was on{' '}
        <time dateTime={new Date(at).toISOString()} className="whitespace-nowrap">
          {formatMoment(at)}
        </time>
      </p>
      <Button size="small" onClick={onLive}>
        Back to live
      </Button>
    </section>
  );
}
