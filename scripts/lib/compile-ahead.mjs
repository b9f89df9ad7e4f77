import { spawn } from 'node:child_process';
import { mkdtempSync, rmSync } from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { setTimeout as wait } from 'node:timers/promises';
import { inRepo } from './places.mjs';

const COMMAND = inRepo('packages/cli/bin/claude-optimizer.js');
/** In it the demo has written, read and priced a few hundred lines. */
const RUN_MS = 1_500;
const GIVE_UP_MS = 30_000;

/**
 * Runs the bundled command's two programs once, in a temporary folder, so that what V8 compiles of
 * them is kept before the person's first start. Where it fails, that start is only slower.
 */
export async function compileAhead() {
  const folder = mkdtempSync(path.join(os.tmpdir(), 'claude-optimizer-build-'));
  const places = ['--data-dir', path.join(folder, 'data'), '--claude-dir', folder];
  try {
    await runDemo(places);
    const report = run(['report', ...places]);
    report.child.stdout.resume();
    await report.ended;
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

async function runDemo(places) {
  const options = ['--demo', '--port', '0', '--log-level', 'silent'];
  const { child, ended } = run(['start', ...options, ...places]);
  const url = await Promise.race([addressIn(child.stdout), ended.then(() => null)]);
  if (url !== null) {
    for (const page of ['/', '/api/live', '/api/sessions']) {
      await fetch(url + page).then((response) => response.arrayBuffer());
    }
    await wait(RUN_MS);
    child.kill('SIGINT');
  }
  await ended;
}

function run(args) {
  const child = spawn(process.execPath, [COMMAND, ...args], {
    stdio: ['ignore', 'pipe', 'ignore'],
    timeout: GIVE_UP_MS,
    killSignal: 'SIGKILL',
  });
  const ended = new Promise((resolve) => child.once('exit', resolve).once('error', resolve));
  return { child, ended };
}

function addressIn(stream) {
  let text = '';
  return new Promise((resolve) => {
    stream.setEncoding('utf8').on('data', (chunk) => {
      text += chunk;
      const url = /http:\/\/[\w.[\]:]+/u.exec(text);
      if (url) resolve(url[0]);
    });
  });
}
