let segmenter: Intl.Segmenter | null = null;
const WIDE = /[\p{Extended_Pictographic}ᄀ-ᅟ⺀-꓏가-힣豈-﫿︰-﹏＀-｠￠-￦\u{20000}-\u{3fffd}]/u;
const ASCII = /^[\x20-\x7e]*$/u;

/** How many columns of a terminal a text takes. */
export function textWidth(text: string): number {
  if (ASCII.test(text)) return text.length;
  let width = 0;
  for (const { segment } of segmentsOf(text)) width += WIDE.test(segment) ? 2 : 1;
  return width;
}

function segmentsOf(text: string): Intl.Segments {
  // Takes as long to make as a whole table to draw: only where there is other than ASCII.
  segmenter ??= new Intl.Segmenter();
  return segmenter.segment(text);
}

/** A text in at most `width` columns, its end or (from the left) its beginning cut off. */
export function fit(text: string, width: number, cut: 'end' | 'start' = 'end'): string {
  if (textWidth(text) <= width) return text;
  const parts = ASCII.test(text)
    ? Array.from(text)
    : [...segmentsOf(text)].map(({ segment }) => segment);
  if (cut === 'start') parts.reverse();
  const kept: string[] = [];
  let used = 1;
  for (const part of parts) {
    used += textWidth(part);
    if (used > width) break;
    kept.push(part);
  }
  return cut === 'start' ? `…${kept.reverse().join('')}` : `${kept.join('')}…`;
}

/** A text of a transcript as one line that can't steer the terminal. */
export function oneLine(text: string): string {
  return text.replace(/[\p{Cc}\p{Cf}\s]+/gu, ' ').trim();
}
