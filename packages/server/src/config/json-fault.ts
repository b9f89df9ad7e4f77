/**
 * What is wrong with a text that is no JSON, with line and column as an editor counts them. V8 tells
 * a position for most faults; where it tells none, the text ends too early or the fault stands alone.
 */
export function jsonFault(text: string, error: unknown): string {
  const why = error instanceof Error ? error.message : String(error);
  const said = /^(.*?)(?: in JSON)? at position (\d+)/su.exec(why);
  const isCut = /^(?:Unexpected end|Unterminated)/u.test(why);
  const position = said ? Number(said[2]) : isCut ? text.trimEnd().length : null;
  if (position === null) return why;
  const before = text.slice(0, position).split('\n');
  const column = (before.at(-1)?.length ?? 0) + 1;
  return `line ${String(before.length)}, column ${String(column)}: ${said?.[1] ?? why}`;
}
