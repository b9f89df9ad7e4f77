import { setPriority } from 'node:os';

/**
 * Lets everything else go first: false where a thread can't. On Linux this is the thread's own
 * priority, elsewhere the whole process's.
 */
export function yieldToOthers(): boolean {
  if (process.platform !== 'linux') return false;
  try {
    setPriority(0, 15);
    return true;
  } catch {
    return false;
  }
}
