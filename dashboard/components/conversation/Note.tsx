import { Info, TriangleAlert } from 'lucide-react';
import { visibleText } from '@claude-optimizer/protocol';

type Props = { label: string; words: string; tone?: 'plain' | 'warning' };

/** Something by the way, in one line. */
export function Note({ label, words, tone = 'plain' }: Props) {
  const Icon = tone === 'warning' ? TriangleAlert : Info;
  return (
    <p
      dir="auto"
      className={`flex items-baseline gap-1.5 text-xs [overflow-wrap:anywhere] ${tone === 'warning' ? 'text-warning' : 'text-ink-3'}`}
    >
      <Icon aria-hidden className="size-3 shrink-0 self-center" />
      <span>
        <span className="font-medium">{visibleText(label)}</span> {visibleText(words)}
      </span>
    </p>
  );
}
