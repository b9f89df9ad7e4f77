import path from 'node:path';
import { fileURLToPath } from 'node:url';

/** The repository's folder. */
export const ROOT = fileURLToPath(new URL('../..', import.meta.url));

/** What the scripts keep between runs: locks, stamps, downloaded tools. Ignored by git. */
export const CACHE = path.join(ROOT, '.cache');

/** An absolute path from one inside the repository. */
export function inRepo(...parts) {
  return path.join(ROOT, ...parts);
}
