const TEXT_LENGTH = 2_000;
const ENTRIES = 30;
const DEPTH = 3;
const ELLIPSIS = '…';

/**
 * A tool's input short enough to be sent to every page: long texts and lists are cut and end with
 * an ellipsis, what lies too deep is one.
 */
export function shownInput(input: Readonly<Record<string, unknown>>): Record<string, unknown> {
  const budget = { left: 4 * TEXT_LENGTH };
  return shownFields(input, budget, DEPTH);
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
  return text.length <= most ? text : `${text.slice(0, most)}${ELLIPSIS}`;
}
