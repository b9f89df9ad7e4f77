import type { Indexing } from '@claude-optimizer/protocol';

const EACH_MS = 200;

/** Tells on a terminal how far `what` is, in one line that is gone at the end. */
export function showProgress(
  to: NodeJS.WriteStream,
  what = 'Reading transcripts',
): {
  show: (progress: Indexing) => void;
  end: () => void;
} {
  let shownAt = performance.now();
  let isShown = false;
  return {
    show: ({ filesDone, filesTotal }) => {
      if (!to.isTTY || performance.now() - shownAt < EACH_MS) return;
      shownAt = performance.now();
      isShown = true;
      to.write(`\r${what}: ${String(filesDone)} of ${String(filesTotal)}\u001b[K`);
    },
    end: () => {
      if (isShown) to.write('\r\u001b[K');
    },
  };
}
