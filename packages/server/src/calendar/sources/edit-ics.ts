type Block = { kind: string; from: number; to: number; lines: string[] };

/** A calendar's text with this event put in the place of the one with its UID, or added. */
export function withEvent(text: string, uid: string, ics: string): string {
  const incoming = linesOf(ics);
  const blocks = blocksOf(incoming);
  const known = new Set(zonesOf(blocksOf(linesOf(text))));
  const added = blocks.filter((block) => {
    if (block.kind === 'VTIMEZONE') return !known.has(propertyOf(block.lines, 'TZID') ?? '');
    return propertyOf(block.lines, 'UID') === uid;
  });
  const kept = linesOf(withoutEvent(text, uid));
  const end = kept.findLastIndex((line) => /^END:VCALENDAR\s*$/i.test(line));
  const place = end === -1 ? kept.length : end;
  const next = [...kept.slice(0, place), ...added.flatMap(({ lines }) => lines)];
  return [...next, ...kept.slice(place)].join(breakOf(text));
}

/** A calendar's text without the components (event and its exceptions) of this UID. */
export function withoutEvent(text: string, uid: string): string {
  const lines = linesOf(text);
  const gone = blocksOf(lines).filter(
    (block) => block.kind !== 'VTIMEZONE' && propertyOf(block.lines, 'UID') === uid,
  );
  return lines
    .filter((_, index) => !gone.some(({ from, to }) => index >= from && index <= to))
    .join(breakOf(text));
}

/** The text of one event alone, as a calendar with its time zones; null when it isn't there. */
export function eventOf(text: string, uid: string): string | null {
  const lines = linesOf(text);
  const blocks = blocksOf(lines);
  const own = blocks.filter(({ lines: its }) => propertyOf(its, 'UID') === uid);
  if (own.length === 0) return null;
  const zones = blocks.filter(({ kind }) => kind === 'VTIMEZONE');
  const inner = [...zones, ...own].flatMap(({ lines: its }) => its);
  const head = ['BEGIN:VCALENDAR', 'VERSION:2.0', 'PRODID:-//claude-optimizer//EN'];
  return [...head, ...inner, 'END:VCALENDAR', ''].join('\r\n');
}

function linesOf(text: string): string[] {
  return text.split(/\r\n|\n/);
}

function breakOf(text: string): string {
  return text.includes('\r\n') || !text.includes('\n') ? '\r\n' : '\n';
}

/** The components that stand directly in the calendar. */
function blocksOf(lines: string[]): Block[] {
  const blocks: Block[] = [];
  let from = 0;
  let kind = '';
  let depth = 0;
  for (const [index, line] of lines.entries()) {
    const [, what = '', name = ''] = /^(BEGIN|END):([\w-]+)\s*$/i.exec(line) ?? [];
    const component = name.toUpperCase();
    if (what === '' || component === 'VCALENDAR') continue;
    if (what.toUpperCase() === 'BEGIN') {
      if (depth === 0) [from, kind] = [index, component];
      depth += 1;
    } else if (depth > 0) {
      depth -= 1;
      if (depth === 0) blocks.push({ kind, from, to: index, lines: lines.slice(from, index + 1) });
    }
  }
  return blocks;
}

function zonesOf(blocks: Block[]): string[] {
  return blocks
    .filter(({ kind }) => kind === 'VTIMEZONE')
    .map(({ lines }) => propertyOf(lines, 'TZID') ?? '');
}

/** A property of the component itself (not of an alarm within), with its folded lines joined. */
function propertyOf(lines: string[], name: string): string | null {
  let depth = 0;
  for (const [index, line] of lines.entries()) {
    if (/^BEGIN:/i.test(line)) depth += 1;
    else if (/^END:/i.test(line)) depth -= 1;
    else if (depth === 1 && line.toUpperCase().startsWith(name)) {
      const value = /^[^:;]+(?:;[^:]*)?:(.*)$/s.exec(unfolded(lines, index));
      if (value?.[1] !== undefined && /^[:;]/.test(line.slice(name.length))) return value[1].trim();
    }
  }
  return null;
}

function unfolded(lines: string[], index: number): string {
  let text = lines[index] ?? '';
  for (let next = index + 1; /^[ \t]/.test(lines[next] ?? ''); next += 1) {
    text += (lines[next] ?? '').slice(1);
  }
  return text;
}
