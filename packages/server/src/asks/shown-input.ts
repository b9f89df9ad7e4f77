const TEXT_LENGTH = 4_000;
const ENTRIES = 30;
const DEPTH = 3;
const ELLIPSIS = '…';
/** What a page wouldn't show, or would show in another order than it runs. */
const HIDDEN = /[\p{Cc}\u200B-\u200F\u2028-\u202E\u2060-\u2069\uFEFF]/gu;
const SPACES = new Set(['\n', '\t']);

/**
 * A tool's input short enough to be sent to every page: long texts and lists are cut and end with
 * an ellipsis, what lies too deep is one. Hidden characters stand as `\u{202e}`.
 */
export function shownInput(input: Readonly<Record<string, unknown>>): Record<string, unknown> {
  return shownFields(input, { left: 4 * TEXT_LENGTH }, DEPTH);
}

type Budget = { left: number };

function shown(value: unknown, budget: Budget, depth: number): unknown {
  if (typeof value === 'string') return shownText(value, budget);
  if (typeof value !== 'object' || value === null) return value;
  if (depth === 0) return ELLIPSIS;
  if (!Array.isArray(value)) return shownFields(value, budget, depth - 1);
  const items = value.slice(0, ENTRIES).map((item) => shown(item, budget, depth - 1));
  return value.length > ENTRIES ? [...items, ELLIPSIS] : items;
}

function shownFields(fields: object, budget: Budget, depth: number): Record<string, unknown> {
  const entries = Object.entries(fields).slice(0, ENTRIES);
  return Object.fromEntries(
    entries.map(([name, value]) => [shownText(name, budget), shown(value, budget, depth)]),
  );
}

function shownText(text: string, budget: Budget): string {
  const most = Math.max(0, Math.min(TEXT_LENGTH, budget.left));
  budget.left -= Math.min(text.length, most);
  const head = text.slice(0, most).replace(HIDDEN, (character) => {
    if (SPACES.has(character)) return character;
    return `\\u{${(character.codePointAt(0) ?? 0).toString(16)}}`;
  });
  return text.length <= most ? head : `${head}${ELLIPSIS}`;
}
