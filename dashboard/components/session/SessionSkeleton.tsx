import { Skeleton } from '@/components/Skeleton';

/** The page's shape while the session is on its way. */
export function SessionSkeleton() {
  return (
    <div role="status" className="space-y-3 px-3 pt-3 pb-10 sm:px-4">
      <span className="sr-only">Loading the session</span>
      <div className="space-y-2">
        <Skeleton className="h-4 w-48" />
        <Skeleton className="h-7 w-96 max-w-full" />
        <Skeleton className="h-5 w-full max-w-2xl" />
      </div>
      <Skeleton className="h-9" />
      <Skeleton className="h-36 sm:h-36 2xl:h-19" />
      <div className="grid grid-cols-1 gap-3 lg:grid-cols-[minmax(0,1fr)_22rem] 2xl:grid-cols-[minmax(0,1fr)_26rem]">
        <div className="grid gap-3">
          <Skeleton className="h-80" />
          <Skeleton className="h-32" />
          <Skeleton className="h-[36rem]" />
        </div>
        <div className="grid content-start gap-3">
          <Skeleton className="h-48" />
          <Skeleton className="h-64" />
          <Skeleton className="h-64" />
        </div>
      </div>
    </div>
  );
}
