import { BEGINNING, PASSAGES_PER_PAGE } from '@claude-optimizer/protocol';

/** Where the script of the document leaves the first answers, asked for before hydration. */
declare global {
  interface Window {
    __early?: Record<string, Promise<Response> | undefined>;
  }
}

/** What wasn't taken by then (ms after the page began) is asked for anew. */
const FRESH_MS = 10_000;

/**
 * Runs in the document's head: asks for the first data while the scripts still load; on a session's
 * page for the session, and where the address shows its conversation for the beginning of that: the
 * passages after the outline, which then tells what changes of them.
 */
export const EARLY_SCRIPT = `(function(early,page){function ask(path,then){(early[path]=fetch(path)).then(then,function(){})}ask('/api/live');if(!page)return;var session='/api/sessions/'+page[1];ask(session);if(!/[?&]tab=conversation(&|$)/.test(location.search))return;session+='/conversation';ask(session+'?thread=main&enough=${BEGINNING}',function(){ask(session+'/passages?thread=main&from=0&limit=${PASSAGES_PER_PAGE}')})})(window.__early={},/^\\/sessions\\/([^/]+)$/.exec(location.pathname))`;

/** The early answer of a path, once; later callers ask anew. */
export function takeEarlyAnswer(path: string): Promise<Response> | null {
  const early = window.__early;
  const answer = early?.[path] ?? null;
  if (early && answer) early[path] = undefined;
  return performance.now() < FRESH_MS ? answer : null;
}
