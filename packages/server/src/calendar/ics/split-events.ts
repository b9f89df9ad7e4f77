/** One component of a calendar by itself, as its lines stand there. */
export type EventText = { text: string; line: number };

/**
 * The events of one or more calendars in a text, each by itself, so that a broken one hides no
 * other, and what their time zones say of themselves. Lines may end in any way.
 */
export function splitEvents(text: string): { events: EventText[]; zones: string[] } {
  const lines = text.replace(/^\uFEFF/u, '').split(/\r\n|\n|\r/u);
  const events: EventText[] = [];
  const zones: string[] = [];
  let open: { kind: 'VEVENT' | 'VTIMEZONE'; from: number } | null = null;
  for (const [index, line] of lines.entries()) {
    const kind = /^BEGIN:(VEVENT|VTIMEZONE)\s*$/iu.exec(line)?.[1]?.toUpperCase();
    // A new one begins before the last has ended: the last was cut off, and is lost alone.
    if (kind === 'VEVENT' || kind === 'VTIMEZONE') open = { kind, from: index };
    if (open === null || !new RegExp(`^END:${open.kind}\\s*$`, 'iu').test(line)) continue;
    // Parsers want the names of components without the spaces behind them.
    const own = lines.slice(open.from + 1, index);
    const part = [`BEGIN:${open.kind}`, ...own, `END:${open.kind}`].join('\r\n');
    if (open.kind === 'VEVENT') events.push({ text: part, line: open.from + 1 });
    else zones.push(part);
    open = null;
  }
  return { events, zones };
}
