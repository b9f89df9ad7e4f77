/** One line without control, direction and invisible characters, nor anything that closes the quote. */
export function quoted(text: string, longest: number): string {
  const line = text
    .replace(/[\p{Cc}\p{Cf}\p{Zl}\p{Zp}\s]+/gu, ' ')
    .replace(/<(?=\/?objectives)/giu, '‹')
    .trim();
  // Never within a pair of surrogates.
  return line.length > longest
    ? `${line.slice(0, longest - 1).replace(/[\uD800-\uDBFF]$/u, '')}…`
    : line;
}
