/** Longer descriptions are cut: an invitation's footer may be long, a plan isn't. */
const LONGEST = 20_000;
const ENTITIES: Readonly<Record<string, string>> = {
  amp: '&',
  lt: '<',
  gt: '>',
  quot: '"',
  apos: "'",
  nbsp: ' ',
  '#39': "'",
};

/**
 * A description as plain lines, however a calendar gave it back: HTML without its tags, line ends,
 * odd spaces, smart quotes and full-width signs as the plain ones, without control characters.
 */
export function plainLines(text: string): string[] {
  const cut = text.slice(0, LONGEST);
  const plain = /<(?:br|p|div|li|ul|ol|span|html|b|a)\b/iu.test(cut) ? withoutTags(cut) : cut;
  return plain
    .replace(/\r\n?/gu, '\n')
    .split('\n')
    .map((line) => straight(line).trim());
}

/** One line, made plain in the same way. */
export function plainLine(text: string): string {
  return plainLines(text.slice(0, 2_000)).join(' ').replace(/\s+/gu, ' ').trim();
}

/** Each tag is looked at once: no text, however hostile, takes longer than its length. */
function withoutTags(html: string): string {
  let text = '';
  for (let at = 0; at < html.length;) {
    const open = html.indexOf('<', at);
    const close = open === -1 ? -1 : html.indexOf('>', open);
    if (close === -1) {
      text += html.slice(at);
      break;
    }
    text += html.slice(at, open) + breakOf(html.slice(open + 1, open + 12).toLowerCase());
    at = close + 1;
  }
  return text.replace(/&(#?\w{2,6});/gu, (whole, name: string) => ENTITIES[name] ?? whole);
}

function breakOf(tag: string): string {
  if (/^li\b/u.test(tag)) return '\n- ';
  return /^(?:br|\/?(?:p|div|ul|ol|tr|h\d))\b/u.test(tag) ? '\n' : '';
}

function straight(line: string): string {
  return (
    line
      .replace(/[“”„«»＂]/gu, '"')
      .replace(/[‘’‚]/gu, "'")
      .replace(/：/gu, ':')
      .replace(/＄/gu, '$')
      .replace(/，/gu, ',')
      .replace(/[０-９]/gu, (digit) => String.fromCharCode(digit.charCodeAt(0) - 0xfee0))
      // Controls, marks of direction and what can't be seen at all.
      .replace(/[\p{Cc}\p{Cf}\u2028\u2029]/gu, '')
      .replace(/\p{Zs}/gu, ' ')
  );
}
