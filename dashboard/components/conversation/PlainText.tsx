import { visibleText } from '@claude-optimizer/protocol';

type Props = { text: string; mono?: boolean; className?: string };

/** A text as it was written: its lines kept, long ones wrapped, its controls made visible. */
export function PlainText({ text, mono = false, className = '' }: Props) {
  return (
    <div
      dir="auto"
      className={`[overflow-wrap:anywhere] whitespace-pre-wrap ${mono ? 'font-mono text-xs' : ''} ${className}`}
    >
      {visibleText(text)}
    </div>
  );
}
