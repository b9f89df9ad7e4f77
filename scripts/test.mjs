// `npm test`: installs and builds what is stale, then runs all suites: unit, end to end, browser.
import { spawn } from 'node:child_process';
import fs from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { ensureChromium } from './lib/chromium.mjs';
import { countLine } from './lib/count-reporter.mjs';
import { inRepo, ROOT } from './lib/places.mjs';
import { endWithParent } from './lib/parent.mjs';
import { ensureRadicale } from './lib/radicale.mjs';
import { makeReady } from './lib/ready.mjs';

endWithParent();
await makeReady();
const chromium = await ensureChromium();
const radicale = await ensureRadicale();

const folder = fs.mkdtempSync(path.join(os.tmpdir(), 'claude-optimizer-test-'));
const countsFile = path.join(folder, 'counts.json');
const exitCode = await runVitest({ CHROMIUM_PATH: chromium ?? '', TEST_COUNTS_FILE: countsFile });
const counts = fs.existsSync(countsFile) ? JSON.parse(fs.readFileSync(countsFile, 'utf8')) : null;
fs.rmSync(folder, { recursive: true, force: true });

if (chromium === null) {
  console.log('NO CHROMIUM ON THIS MACHINE: the browser tests were not run (set CHROMIUM_PATH).');
}
if (radicale === null) {
  console.log('NO RADICALE ON THIS MACHINE: the CalDAV tests were not run (set RADICALE_PATH).');
}
console.log(countLine(counts, exitCode));
process.exitCode = exitCode === 0 && counts === null ? 1 : exitCode;

function runVitest(env) {
  const vitest = inRepo('node_modules/vitest/vitest.mjs');
  const reporters = [
    '--reporter=default',
    `--reporter=${inRepo('scripts/lib/count-reporter.mjs')}`,
  ];
  const child = spawn(process.execPath, [vitest, 'run', ...reporters, ...process.argv.slice(2)], {
    cwd: ROOT,
    stdio: 'inherit',
    env: { ...process.env, ...env },
  });
  for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP'])
    process.on(signal, () => child.kill(signal));
  return new Promise((resolve) => {
    child.on('error', () => resolve(127));
    child.on('close', (code) => resolve(code ?? 1));
  });
}
