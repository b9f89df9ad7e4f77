import { formatExact, formatTokens } from '@/lib/format';
import { Marked } from './Marked';

/** A count of tokens as it looks everywhere: `12.4k`, the exact number on hover. */
export function Tokens({ count, className }: { count: number; className?: string }) {
  return (
    <Marked
      text={formatTokens(count)}
      title={`${formatExact(count)} tokens`}
      {...(className ? { className } : {})}
    />
  );
}
