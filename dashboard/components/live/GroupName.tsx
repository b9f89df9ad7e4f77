/** The heading of a part of the page, with how many there are. */
export function GroupName({ name, count }: { name: string; count?: number }) {
  return (
    <h2 className="mb-1.5 flex items-baseline gap-1.5 text-xs font-semibold">
      {name}
      {count !== undefined && <span className="font-normal text-ink-3">{count}</span>}
    </h2>
  );
}
