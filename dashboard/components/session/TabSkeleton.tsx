import { Skeleton } from '@/components/Skeleton';

/** What stands in for a tab until its code is there. */
export function TabSkeleton({ name }: { name: string }) {
  return (
    <div role="status">
      <span className="sr-only">Loading {name}</span>
      <Skeleton className="h-96" />
    </div>
  );
}
