/** What stands for a stretch without any gap that is longer than a piece may be. */
export const TOO_LONG = '[…]';

const GAP = /[\s，。、；：！？]/u;

/**
 * A long text in pieces of at most `most` characters, cut at its gaps, so that a pattern that looks
 * far ahead stays quick. What `together` matches is never parted; a longer stretch without a gap is
 * left out.
 */
export function textPieces(text: string, most: number, together: RegExp | null): string[] {
  if (text.length <= most) return [text];
  const kept = together === null ? [] : [...text.matchAll(together)];
  const pieces: string[] = [];
  let next = 0;
  for (let from = 0; from < text.length;) {
    let end = gapBefore(text, from, from + most);
    while ((kept[next]?.index ?? Infinity) < from) next += 1;
    for (let at = next; (kept[at]?.index ?? Infinity) < end; at += 1) {
      const match = kept[at];
      if (match && match.index + match[0].length > end) end = match.index + match[0].length;
    }
    pieces.push(
      end - from > most && !text.slice(from, end).match(GAP) ? TOO_LONG : text.slice(from, end),
    );
    from = end;
  }
  return pieces;
}

/** Behind the last gap before `limit`; where there is none, before the first one after it. */
function gapBefore(text: string, from: number, limit: number): number {
  if (limit >= text.length) return text.length;
  for (let at = limit; at > from; at -= 1) if (GAP.test(text.charAt(at - 1))) return at;
  for (let at = limit; at < text.length; at += 1) if (GAP.test(text.charAt(at))) return at;
  return text.length;
}
