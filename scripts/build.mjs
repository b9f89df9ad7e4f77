// `npm run build`: packages and dashboard, whether stale or not. Names build only those.
import path from 'node:path';
import { build } from './lib/build.mjs';
import { withLock } from './lib/lock.mjs';
import { CACHE } from './lib/places.mjs';
import { makeReady, orExit } from './lib/ready.mjs';

const names = process.argv.slice(2);

await makeReady({ build: false });
await orExit(() =>
  withLock(path.join(CACHE, 'setup.lock'), async () => {
    for (const name of names.length > 0 ? names : ['packages', 'dashboard']) await build(name);
  }),
);
