import * as z from 'zod';
import { readColumns, type ColumnId } from './columns';

const COLUMNS_KEY = 'sessions-columns';
const VIEWS_KEY = 'sessions-views';

/** A view that the person has given a name; `query` is its address. */
export type SavedView = { name: string; query: string };
const savedSchema = z.array(z.object({ name: z.string(), query: z.string() }));

/** The columns that this browser remembers. */
export function rememberedColumns(): readonly ColumnId[] {
  return readColumns(read(COLUMNS_KEY));
}

export function rememberColumns(columns: readonly ColumnId[]): void {
  write(COLUMNS_KEY, columns.join(','));
}

export function savedViews(): SavedView[] {
  try {
    const parsed = savedSchema.safeParse(JSON.parse(read(VIEWS_KEY) ?? '[]'));
    return parsed.success ? parsed.data : [];
  } catch {
    // Written by something else: as if there were none.
    return [];
  }
}

export function saveViews(views: readonly SavedView[]): void {
  write(VIEWS_KEY, JSON.stringify(views));
}

function read(key: string): string | null {
  try {
    return window.localStorage.getItem(key);
  } catch {
    return null;
  }
}

// A browser that keeps nothing shows everything all the same.
function write(key: string, value: string): void {
  try {
    window.localStorage.setItem(key, value);
  } catch {
    return;
  }
}
