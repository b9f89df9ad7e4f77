// Puts the command and all that it imports into few files: from several hundred modules a start
// takes a second longer. Native code stays outside, and each worker has an entry of its own.
import { build } from 'esbuild';
import { rmSync } from 'node:fs';
import path from 'node:path';
import { inRepo } from './lib/places.mjs';

const outdir = inRepo('packages/cli/build');
rmSync(outdir, { recursive: true, force: true });
await build({
  entryPoints: {
    main: inRepo('packages/cli/dist/main.js'),
    'checkpoint-worker': inRepo('packages/store/dist/sqlite/checkpoint-worker.js'),
    'usage-worker': inRepo('packages/server/dist/usage-scan/usage-worker.js'),
    'calendar-worker': inRepo('packages/server/dist/calendar/ics/calendar-worker.js'),
    'run-keeper': inRepo('packages/server/dist/launcher/run-keeper.js'),
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
    js: "import { createRequire as requireOf } from 'node:module'; const require = requireOf(import.meta.url);",
  },
  logLevel: 'warning',
});

// One file of CommonJS: the quickest that Node can load. Reports are not its business, so what they
// need stays outside and is never asked for.
await build({
  entryPoints: [inRepo('packages/cli/dist/status-line.js')],
  outfile: path.join(outdir, 'status-line.cjs'),
  bundle: true,
  format: 'cjs',
  platform: 'node',
  target: 'node20',
  minify: true,
  external: ['kysely'],
  define: { 'import.meta.url': 'ownUrl' },
  banner: { js: "const ownUrl = require('node:url').pathToFileURL(__filename).href;" },
  logLevel: 'warning',
});
