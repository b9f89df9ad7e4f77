import { readFileSync } from 'node:fs';
import { expect, test } from 'vitest';
import { kernelSourceHash } from '../../scripts/lib/kernel-source.mjs';
import { inRepo } from '../../scripts/lib/places.mjs';

test('the kernel that is kept was made of the sources that stand beside it', () => {
  const kept = readFileSync(inRepo('packages/server/src/usage-scan/kernel-bytes.ts'), 'utf8');
  // Where it isn't: `npm run kernel`, and keep what it writes.
  expect(/SHA-256 (\w+)/u.exec(kept)?.[1]).toBe(kernelSourceHash());
});
