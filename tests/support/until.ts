import { setTimeout as sleep } from 'node:timers/promises';

/**
 * Waits until `check` answers something (not undefined, null or false) and returns that. When it
 * takes longer than `timeoutMs` the error says what was waited for and what was last seen.
 */
export async function until<T>(
  what: string,
  check: () => T | Promise<T>,
  { timeoutMs = 15_000, everyMs = 25 } = {},
): Promise<NonNullable<Exclude<T, false>>> {
  const deadline = Date.now() + timeoutMs;
  for (;;) {
    const found = await check();
    if (found !== undefined && found !== null && found !== false) {
      return found as NonNullable<Exclude<T, false>>;
    }
    if (Date.now() > deadline) throw new Error(`waited ${timeoutMs} ms in vain for ${what}`);
    await sleep(everyMs);
  }
}
