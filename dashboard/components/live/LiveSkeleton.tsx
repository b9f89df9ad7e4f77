import { Skeleton } from '@/components/Skeleton';
import { CARD_GRID } from './ActiveSessions';

/** The places of the first cards while they load. */
export function LiveSkeleton() {
  return (
    <div aria-hidden className={CARD_GRID}>
      {[0, 1, 2, 3].map((at) => (
        <div key={at} className="space-y-3 rounded-md border border-line bg-surface p-3">
          <Skeleton className="h-3 w-40" />
          <Skeleton className="h-4 w-64 max-w-full" />
          <Skeleton className="h-3 w-52" />
          <Skeleton className="h-3 w-44" />
          <Skeleton className="h-9 w-full" />
        </div>
      ))}
    </div>
  );
}
