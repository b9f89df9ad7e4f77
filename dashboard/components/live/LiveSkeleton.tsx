import { Skeleton } from '@/components/Skeleton';

/** The places of the first cards while they load. */
export function LiveSkeleton() {
  return (
    <div aria-hidden>
      <Skeleton className="mb-1.5 h-4 w-20" />
      <div className="grid grid-cols-[repeat(auto-fill,minmax(min(22rem,100%),1fr))] gap-2">
        {[0, 1, 2].map((at) => (
          <div key={at} className="h-39 space-y-2 rounded-md border border-line bg-surface p-3">
            <Skeleton className="h-3 w-40" />
            <Skeleton className="h-4 w-64 max-w-full" />
            <Skeleton className="h-3 w-52" />
            <Skeleton className="mt-5 h-8 w-full" />
          </div>
        ))}
      </div>
    </div>
  );
}
