import { visibleText } from '@claude-optimizer/protocol';

type Props = { text: string; mono?: boolean; className?: string };

/** What is laid out together: one block of a million letters would be felt at each change. */
const PIECE = 50_000;

/** A text as it was written: its lines kept, long ones wrapped, its controls made visible. */
export function PlainText({ text, mono = false, className = '' }: Props) {
  const look = `[overflow-wrap:anywhere] whitespace-pre-wrap ${mono ? 'font-mono text-xs' : ''} ${className}`;
  const shown = visibleText(text);
  if (shown.length <= PIECE) {
    return (
      <div dir="auto" className={look}>
        {shown}
      </div>
    );
  }
  return (
    <div dir="auto" className={look}>
      {piecesOf(shown).map((piece, at) => (
        <div key={at} className="[contain-intrinsic-height:auto_20rem] [content-visibility:auto]">
          {piece}
        </div>
      ))}
    </div>
  );
}

/** Pieces that end with a line where there is one near. */
function piecesOf(text: string): string[] {
  const pieces: string[] = [];
  for (let from = 0; from < text.length;) {
    const limit = from + PIECE;
    const line = limit < text.length ? text.lastIndexOf('\n', limit) : -1;
    const isNear = line > from + PIECE / 2;
    const split = /[\uD800-\uDBFF]/u.test(text.charAt(limit - 1)) ? limit - 1 : limit;
    pieces.push(text.slice(from, isNear ? line : split));
    from = isNear ? line + 1 : split;
  }
  return pieces;
}
