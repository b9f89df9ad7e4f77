/** More columns can't be taken in, nor fit a screen. */
export const MOST_COMPARED = 4;

/** The ids in `ids=a,b`: each once, in order, and how many were too many. */
export function readIds(text: string | null): { ids: string[]; tooMany: number } {
  const all = [...new Set((text ?? '').split(',').map((id) => id.trim()))].filter(
    (id) => id !== '',
  );
  return { ids: all.slice(0, MOST_COMPARED), tooMany: Math.max(0, all.length - MOST_COMPARED) };
}

/** The address of a comparison. */
export const compareHref = (ids: readonly string[]): string =>
  `/compare?ids=${ids.map(encodeURIComponent).join(',')}`;

/** The ids after the one at `index` was replaced, or after one more; a known one isn't added. */
export function withId(ids: readonly string[], id: string, index: number = ids.length): string[] {
  const next = [...ids];
  next[index] = id;
  return [...new Set(next)].slice(0, MOST_COMPARED);
}

/** What the columns are called. */
export const letterOf = (index: number): string => String.fromCharCode(65 + index);
