// Puts the command, and each worker, with all that it imports into one file of CommonJS: from
// several hundred modules a start takes a second longer, and of modules V8 can't keep what it
// compiled. Native code stays outside.
import { build } from 'esbuild';
import {
  existsSync,
  mkdirSync,
  readdirSync,
  readFileSync,
  renameSync,
  rmSync,
  writeFileSync,
} from 'node:fs';
import path from 'node:path';
import { compileAhead } from './lib/compile-ahead.mjs';
import { onlyOurPrices, pastFrontDoors } from './lib/lean-bundle.mjs';
import { CACHE, inRepo } from './lib/places.mjs';

const outdir = inRepo('packages/cli/build');
const unfinished = path.join(CACHE, `bundle-${process.pid}`);
const former = `${unfinished}-former`;
mkdirSync(unfinished, { recursive: true });
try {
  const shared = {
    outdir: unfinished,
    bundle: true,
    format: 'cjs',
    platform: 'node',
    target: 'node20',
    charset: 'ascii',
    legalComments: 'none',
    define: { 'import.meta.url': 'ownUrl', 'import.meta.dirname': '__dirname' },
    banner: { js: "const ownUrl = require('node:url').pathToFileURL(__filename).href;" },
    logLevel: 'warning',
    plugins: [pastFrontDoors, onlyOurPrices],
  };
  await build({
    ...shared,
    entryPoints: {
      main: inRepo('packages/cli/dist/main.js'),
      report: inRepo('packages/cli/dist/report-main.js'),
      memory: inRepo('packages/server/dist/memory.js'),
      'archive-worker': inRepo('packages/server/dist/archive/archive-worker.js'),
      'checkpoint-worker': inRepo('packages/store/dist/sqlite/checkpoint-worker.js'),
      'usage-worker': inRepo('packages/server/dist/usage-scan/usage-worker.js'),
      'calendar-worker': inRepo('packages/server/dist/calendar/ics/calendar-worker.js'),
      'export-child': inRepo('packages/server/dist/export/export-child.js'),
      'run-keeper': inRepo('packages/server/dist/launcher/run-keeper.js'),
      'find-worker': inRepo('packages/server/dist/transcripts/find-worker.js'),
      'search-worker': inRepo('packages/server/dist/search/search-worker.js'),
      'load-worker': inRepo('packages/server/dist/transcripts/load-worker.js'),
      'scan-worker': inRepo('packages/server/dist/transcripts/scan-worker.js'),
    },
    minifySyntax: true,
    minifyWhitespace: true,
    // What PDF needs is loaded by those alone who want it.
    external: ['better-sqlite3', 'pdfkit', 'fontkit', 'bidi-js'],
  });
  // Reports are not the status line's business, so what they need stays outside and is never asked.
  await build({
    ...shared,
    entryPoints: { 'status-line': inRepo('packages/cli/dist/status-line.js') },
    minify: true,
    external: ['kysely'],
  });
  for (const name of readdirSync(unfinished)) escapeLetters(path.join(unfinished, name));
  writeFileSync(path.join(unfinished, 'package.json'), '{ "type": "commonjs" }\n');
  // Whoever runs the former one meanwhile isn't left without files for longer than a moment.
  if (existsSync(outdir)) renameSync(outdir, former);
  renameSync(unfinished, outdir);
} finally {
  for (const folder of [unfinished, former]) rmSync(folder, { recursive: true, force: true });
}
await compileAhead();

/** esbuild leaves letters beyond ASCII in regular expressions: one makes the text twice as long. */
function escapeLetters(file) {
  const text = readFileSync(file, 'utf8');
  const escaped = text.replace(
    /[^\x00-\x7f]/g,
    (unit) => `\\u${unit.charCodeAt(0).toString(16).padStart(4, '0')}`,
  );
  if (escaped !== text) writeFileSync(file, escaped);
}
