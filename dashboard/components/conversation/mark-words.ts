const NAME = 'conversation-find';
const MOST = 2_000;

/**
 * Marks `words` in what is drawn, without touching it: the browser paints the ranges. Where it
 * can't, the passage that was found is still the one that is shown.
 */
export function markWords(root: HTMLElement | null, words: string): void {
  if (typeof CSS === 'undefined' || !('highlights' in CSS)) return;
  const needle = words.trim() === '' ? '' : words.toLowerCase();
  if (root === null || needle === '') {
    CSS.highlights.delete(NAME);
    return;
  }
  CSS.highlights.set(NAME, new Highlight(...rangesOf(root, needle)));
}

function rangesOf(root: HTMLElement, needle: string): Range[] {
  const ranges: Range[] = [];
  const walker = document.createTreeWalker(root, NodeFilter.SHOW_TEXT);
  for (let node = walker.nextNode(); node !== null; node = walker.nextNode()) {
    const text = node.nodeValue?.toLowerCase() ?? '';
    for (let at = text.indexOf(needle); at !== -1; at = text.indexOf(needle, at + needle.length)) {
      if (ranges.length >= MOST) return ranges;
      // Lower case may be longer than the letter that it comes of.
      if (at + needle.length > (node.nodeValue?.length ?? 0)) break;
      const range = new Range();
      range.setStart(node, at);
      range.setEnd(node, at + needle.length);
      ranges.push(range);
    }
  }
  return ranges;
}
