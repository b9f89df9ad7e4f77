import { createElement, lazy, use, type ComponentType } from 'react';

const FIRST_PAUSE_MS = 500;
const LONGEST_PAUSE_MS = 8_000;

/**
 * React's `lazy`, but a server that is away for a while costs the page only this while: the code
 * is asked for again until it comes. Errors within the code itself are thrown as they are.
 */
export const lazyView: typeof lazy = (load) => lazy(() => untilLoaded(load));

/** A view whose code may be loaded before it is shown. */
export type PreloadedView<P> = ComponentType<P> & { preload: () => void };

/**
 * As `lazyView`, but what has been loaded by then is drawn at once: React's own shows what stands
 * in for it first, and then for 300 ms.
 */
export function preloadedView<P extends object>(
  load: () => Promise<ComponentType<P>>,
): PreloadedView<P> {
  let loaded: ComponentType<P> | null = null;
  let loading: Promise<ComponentType<P>> | null = null;
  const begin = () => (loading ??= untilLoaded(load).then((View) => (loaded = View)));
  const View = (props: P) => createElement(loaded ?? use(begin()), props);
  const preload = () => {
    // What is wrong with it is told where it is shown.
    begin().catch(() => undefined);
  };
  return Object.assign(View, { preload });
}

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
