// Marks that turn the order of letters around, and what a terminal would obey: in a transcript
// they are shown as what they are, so that a text can't look like another one.
const UNSEEN = /[\u0000-\u0008\u000B-\u001F\u007F-\u009F\u202A-\u202E\u2066-\u2069\u2028\u2029]/gu;
const COLORS = /\u001B\[[\d;]{0,24}m/gu;

/** A text whose invisible controls can be seen; colours of a terminal are left out. */
export function visibleText(text: string): string {
  if (text.search(UNSEEN) === -1) return text;
  return text.replace(/\r\n/gu, '\n').replace(COLORS, '').replace(UNSEEN, shown);
}

function shown(mark: string): string {
  const code = mark.charCodeAt(0);
  if (code < 0x20) return String.fromCharCode(0x2400 + code);
  return `⟨U+${code.toString(16).toUpperCase().padStart(4, '0')}⟩`;
}
