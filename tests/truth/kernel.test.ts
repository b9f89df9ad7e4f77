import { readFileSync } from 'node:fs';
import { expect, test } from 'vitest';
import { kernelSourceHash } from '../../scripts/lib/kernel-source.mjs';
import { inRepo } from '../../scripts/lib/places.mjs';

test.each([
  ['.ts', 'packages/server/src/usage-scan/kernel-bytes.ts'],
  ['.ts', 'packages/server/src/search/kernel-bytes.ts'],
  ['.wat', 'packages/server/src/transcripts/json/kernel-bytes.ts'],
])('the kernel that is kept was made of the sources (%s) that stand beside it', (kind, file) => {
  const kept = readFileSync(inRepo(file), 'utf8');
  // Where it isn't: `npm run kernel`, and keep what it writes.
  expect(/SHA-256 (\w+)/u.exec(kept)?.[1]).toBe(kernelSourceHash(kind));
});
