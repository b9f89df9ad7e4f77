import { Skeleton } from '@/components/Skeleton';

/** The page's shape while the session is on its way. */
export function SessionSkeleton() {
  return (
    <div role="status" className="space-y-3 px-3 pt-3 pb-10 sm:px-4">
      <span className="sr-only">Loading the session</span>
      <div className="space-y-2">
        <Skeleton className="h-4 w-48" />
        <Skeleton className="h-14 w-96 max-w-full sm:h-7" />
        <Skeleton className="h-16 w-full max-w-2xl sm:h-5.5" />
      </div>
      <Skeleton className="h-21 sm:h-9" />
      <Skeleton className="h-78 sm:h-39 2xl:h-20" />
      <div className="grid grid-cols-1 items-start gap-3 lg:grid-cols-[minmax(0,1fr)_22rem] 2xl:grid-cols-[minmax(0,1fr)_26rem] min-[120rem]:grid-cols-[minmax(0,1fr)_26rem_40rem]">
        <div className="grid gap-3">
          <Skeleton className="h-96 sm:h-84" />
          <Skeleton className="h-31" />
        </div>
        <div className="grid gap-3 lg:row-span-2 min-[120rem]:row-span-1">
          <Skeleton className="h-56" />
          <Skeleton className="h-70" />
          <Skeleton className="h-120" />
        </div>
        <Skeleton className="h-[36rem] min-[120rem]:h-[52rem]" />
      </div>
    </div>
  );
}
