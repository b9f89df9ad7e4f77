import { spawn } from 'node:child_process';
import { once } from 'node:events';
import readline from 'node:readline';
import { expect, it } from 'vitest';

const MODULE = JSON.stringify(new URL('./parent.mjs', import.meta.url).href);
/** Runs on until it is asked to end, and says so. */
const CHILD = `
  import { endWithParent } from ${MODULE};
  endWithParent();
  process.on('SIGTERM', () => { console.log('asked to end'); process.exit(0); });
  setTimeout(() => process.exit(1), 20_000);
  console.log('started');`;
const PARENT = `
  const { spawn } = require('node:child_process');
  spawn(process.execPath, ['--input-type=module', '--eval', ${JSON.stringify(CHILD)}],
    { stdio: 'inherit' });
  setTimeout(() => {}, 20_000);`;

it.runIf(process.platform !== 'win32')('ends when npm is gone', async () => {
  const parent = spawn(process.execPath, ['--eval', PARENT], {
    env: { ...process.env, npm_lifecycle_event: 'start' },
    stdio: ['ignore', 'pipe', 'ignore'],
  });
  const lines = [];
  const output = readline.createInterface(parent.stdout);
  output.on('line', (line) => lines.push(line));
  await once(output, 'line');
  parent.kill('SIGKILL');
  // The child holds the other end of the pipe: it closes when the child has ended.
  await once(output, 'close');
  expect(lines).toEqual(['started', 'asked to end']);
});
