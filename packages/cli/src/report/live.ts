import { setTimeout as wait } from 'node:timers/promises';
import { stopAsked } from '../stop-asked.js';
import type { ReportFlags } from './options.js';

const POLL_MS = 500;
/** The open window's pace and the day change by the clock alone. */
const REDRAW_MS = 30_000;
/** To the corner, and everything below it away. */
const CLEAR = '\u001b[H\u001b[2J\u001b[3J';

/**
 * Shows a report again whenever somebody has written to the store, until Ctrl-C. On a terminal in
 * place; else one after another, as JSON one line each.
 */
export async function keepShowing(
  store: { version(): number },
  draw: () => Promise<string>,
  { json, csv }: ReportFlags,
): Promise<void> {
  const stopping = new AbortController();
  const stopped = stopAsked().then(() => stopping.abort());
  const inPlace = process.stdout.isTTY && !json && !csv;
  let before = '';
  const isStopped = () => stopping.signal.aborted;
  while (!isStopped()) {
    const version = store.version();
    const text = await draw();
    if (text !== before) process.stdout.write(inPlace ? `${CLEAR}${text}Ctrl-C ends it.\n` : text);
    before = text;
    const until = performance.now() + REDRAW_MS;
    while (!isStopped() && store.version() === version && performance.now() < until) {
      await Promise.race([wait(POLL_MS), stopped]);
    }
  }
}
