import { setFlagsFromString } from 'node:v8';
import { runInNewContext } from 'node:vm';

/**
 * Keeps the heap close to what is in use. V8 sizes it by the machine's memory: with much of it, a
 * daemon that holds 25 MB would sit on 200 after its first bulk of work.
 */
export function keepMemorySmall(): void {
  setFlagsFromString('--heap-growing-percent=30');
  setFlagsFromString('--max-semi-space-size=4');
  // Threads that help to collect a few megabytes cost more time than they spare.
  setFlagsFromString('--no-parallel-scavenge');
  // With the default half of a cold start's time goes into optimizing, in each thread anew, what
  // is hardly run any more then. Later versions have a compiler in between, and other defaults.
  if (process.versions.node.startsWith('20.')) setFlagsFromString('--interrupt-budget=300000');
}

/**
 * Gives what a bulk of work has left in the heap back to the system. V8 does it only when it next
 * allocates much, which a daemon that idles all day never does: it would keep twice the memory.
 */
export function releaseMemory(): void {
  setFlagsFromString('--expose-gc');
  const collect = runInNewContext('gc') as (options?: object) => void;
  setFlagsFromString('--no-expose-gc');
  collect();
  collect({ type: 'major', execution: 'sync', flavor: 'last-resort' });
}
