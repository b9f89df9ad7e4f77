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
 * Runs the bundled command once, with the demo in a temporary folder, so that what V8 compiles of
 * it is kept before the first start of the person. Where it fails, that start is only slower.
 */
export async function compileAhead() {
  const folder = mkdtempSync(path.join(os.tmpdir(), 'claude-optimizer-build-'));
  const places = ['--data-dir', path.join(folder, 'data'), '--claude-dir', folder];
  const args = [COMMAND, 'start', '--demo', '--port', '0', '--log-level', 'silent', ...places];
  const child = spawn(process.execPath, args, { stdio: ['ignore', 'pipe', 'ignore'] });
  const ended = new Promise((resolve) => child.once('exit', resolve).once('error', resolve));
  const tooLong = setTimeout(() => child.kill('SIGKILL'), GIVE_UP_MS);
  try {
    const url = await Promise.race([addressIn(child.stdout), ended.then(() => null)]);
    if (url !== null) {
      for (const page of ['/', '/api/live', '/api/sessions']) await fetch(url + page).then(read);
      await wait(RUN_MS);
      child.kill('SIGINT');
    }
    await ended;
  } finally {
    clearTimeout(tooLong);
    child.kill('SIGKILL');
    rmSync(folder, { recursive: true, force: true });
  }
}

async function addressIn(stream) {
  let text = '';
  for await (const chunk of stream.setEncoding('utf8')) {
    text += chunk;
    const url = /http:\/\/[\w.[\]:]+/u.exec(text);
    if (url) return url[0];
  }
  return null;
}

function read(response) {
  return response.arrayBuffer();
}
