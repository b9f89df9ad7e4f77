import {
  createElement,
  lazy,
  useSyncExternalStore,
  type ComponentType,
  type ReactNode,
} from 'react';

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
 * As `lazyView`, with what stands in for it, and drawn as soon as its code is there: React's own
 * Suspense leaves what stands in for 300 ms, however soon that is.
 */
export function preloadedView<P extends object>(
  load: () => Promise<ComponentType<P>>,
  whileLoading: ReactNode,
): PreloadedView<P> {
  let known: { View: ComponentType<P> } | { error: unknown } | null = null;
  let isAsked = false;
  const watchers = new Set<() => void>();
  const know = (what: typeof known) => {
    known = what;
    for (const watcher of watchers) watcher();
  };
  const preload = () => {
    if (isAsked) return;
    isAsked = true;
    // What is wrong with it is told where it is shown.
    void untilLoaded(load).then(
      (View) => know({ View }),
      (error: unknown) => know({ error }),
    );
  };
  const watch = (watcher: () => void) => {
    preload();
    watchers.add(watcher);
    return () => watchers.delete(watcher);
  };
  const View = (props: P) => {
    const now = useSyncExternalStore(
      watch,
      () => known,
      () => known,
    );
    if (now === null) return whileLoading;
    if ('error' in now) throw now.error;
    return createElement(now.View, props);
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
