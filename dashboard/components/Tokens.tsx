import { formatExact, formatTokens } from '@/lib/format';
import { Marked } from './Marked';

type Props = { count: number; className?: string; role?: 'cell'; of?: string };

/** A count of tokens as it looks everywhere: `12.4k`, the exact number on hover. */
export function Tokens({ count, ...rest }: Props) {
  return <Marked text={formatTokens(count)} title={`${formatExact(count)} tokens`} {...rest} />;
}
