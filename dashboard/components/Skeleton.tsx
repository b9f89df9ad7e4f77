/** A place that is kept while its content loads; give it the content's size. */
export function Skeleton({ className = '' }: { className?: string }) {
  return <span aria-hidden className={`block rounded-sm bg-sunken ${className}`} />;
}
