// Puts the command and all that it imports into few files: from several hundred modules a start
// takes a second longer. Native code stays outside, and each worker has an entry of its own.
import { build } from 'esbuild';
import { rmSync } from 'node:fs';
import { inRepo } from './lib/places.mjs';

const outdir = inRepo('packages/cli/build');
rmSync(outdir, { recursive: true, force: true });
await build({
  entryPoints: {
    main: inRepo('packages/cli/dist/main.js'),
    'status-line': inRepo('packages/cli/dist/status-line.js'),
    'checkpoint-worker': inRepo('packages/store/dist/sqlite/checkpoint-worker.js'),
    'usage-worker': inRepo('packages/server/dist/usage-scan/usage-worker.js'),
    'scan-worker': inRepo('packages/server/dist/transcripts/scan-worker.js'),
  },
  outdir,
  bundle: true,
  splitting: true,
  format: 'esm',
  platform: 'node',
  target: 'node20',
  minifySyntax: true,
  minifyWhitespace: true,
  external: ['better-sqlite3'],
  // Some of what is bundled is CommonJS and asks for Node's own modules.
  banner: {
    js: "import { createRequire } from 'node:module'; const require = createRequire(import.meta.url);",
  },
  logLevel: 'warning',
});
