import { lazy } from 'react';

const FIRST_PAUSE_MS = 500;
const LONGEST_PAUSE_MS = 8_000;

/**
 * React's `lazy`, but a server that is away for a while costs the page only this while: the code
 * is asked for again until it comes. Errors within the code itself are thrown as they are.
 */
export const lazyView: typeof lazy = (load) => lazy(() => untilLoaded(load));

/** What `load` gives in the end. Throws what it throws but for a file that couldn't be had. */
export async function untilLoaded<T>(
  load: () => Promise<T>,
  wait: (ms: number) => Promise<unknown> = (ms) =>
    new Promise((resolve) => setTimeout(resolve, ms)),
): Promise<T> {
  for (let pause = FIRST_PAUSE_MS; ; pause = Math.min(pause * 2, LONGEST_PAUSE_MS)) {
    try {
      return await load();
    } catch (error) {
      // As the bundler's loader names it, which has tried twice by then.
      if (!(error instanceof Error) || error.name !== 'ChunkLoadError') throw error;
    }
    await wait(pause);
  }
}
