import { setTimeout as wait } from 'node:timers/promises';
import { stopAsked } from '../stop-asked.js';
import type { ReportFlags } from './options.js';
import { Screen } from './screen.js';

const POLL_MS = 500;
/** The open window's pace and the day change by the clock alone. */
const REDRAW_MS = 30_000;
const BELOW = 'Ctrl-C ends it.';

/**
 * Shows a report again whenever somebody has written to the store or the terminal has got another
 * size, until Ctrl-C. On a terminal in place; else one after another, as JSON one line each.
 */
export async function keepShowing(
  store: { version(): number },
  draw: () => Promise<string>,
  { json, csv }: ReportFlags,
): Promise<void> {
  const stopping = new AbortController();
  const stopped = stopAsked().then(() => stopping.abort());
  const { stdout } = process;
  const isStopped = () => stopping.signal.aborted;
  // Drawn before the terminal is taken: what goes wrong is said where it can be read.
  let text = await draw();
  const screen = stdout.isTTY && !json && !csv ? new Screen(stdout) : null;
  let before = '';
  /** How often the terminal has got another size: until now, and before what it shows. */
  let sizes = 0;
  let sizesBefore = 0;
  const onResize = () => (sizes += 1);
  stdout.on('resize', onResize);
  try {
    for (;;) {
      const version = store.version();
      if (text !== before || sizes !== sizesBefore) {
        if (screen) screen.show(text, BELOW);
        else stdout.write(text);
      }
      before = text;
      sizesBefore = sizes;
      const until = performance.now() + REDRAW_MS;
      const isSame = () =>
        sizes === sizesBefore && store.version() === version && performance.now() < until;
      while (!isStopped() && isSame()) await Promise.race([wait(POLL_MS), stopped]);
      if (isStopped()) return;
      text = await draw();
    }
  } finally {
    stdout.off('resize', onResize);
    screen?.leave();
  }
}
