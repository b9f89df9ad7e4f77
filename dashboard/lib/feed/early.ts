/** Where the script of the document leaves the first answer, asked for before hydration. */
declare global {
  interface Window {
    __live?: Promise<Response> | undefined;
  }
}

/** Runs in the document's head: asks for the first data while the scripts still load. */
export const EARLY_SCRIPT = `window.__live=fetch('/api/live');window.__live.catch(function(){})`;

/** The early answer, once; later callers ask anew. */
export function takeEarlyAnswer(): Promise<Response> | null {
  const early = window.__live ?? null;
  window.__live = undefined;
  return early;
}
