import { createHash } from 'node:crypto';
import { readdirSync, readFileSync } from 'node:fs';
import { inRepo } from './places.mjs';

/** SHA-256 of a kernel's sources (`.ts` or `.wat`), by which what was made of them is known. */
export function kernelSourceHash(kind) {
  const folder = inRepo('packages/server/kernel');
  const hash = createHash('sha256');
  for (const name of readdirSync(folder).sort()) {
    if (name.endsWith(kind)) hash.update(`${name}\n${readFileSync(`${folder}/${name}`, 'utf8')}`);
  }
  return hash.digest('hex');
}
