import { spawn } from 'node:child_process';
import { once } from 'node:events';
import fs from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { afterEach, beforeEach, expect, it } from 'vitest';
import { withLock } from './lock.mjs';

let folder;
beforeEach(() => {
  folder = fs.mkdtempSync(path.join(os.tmpdir(), 'lock-'));
});
afterEach(() => fs.rmSync(folder, { recursive: true, force: true }));

/** A process that notes when it enters and leaves the locked work. */
function worker(file, log) {
  const code = `
    import fs from 'node:fs';
    import { withLock } from ${JSON.stringify(new URL('./lock.mjs', import.meta.url).href)};
    await withLock(${JSON.stringify(file)}, async () => {
      fs.appendFileSync(${JSON.stringify(log)}, 'in ');
      await new Promise((resolve) => setTimeout(resolve, 60));
      fs.appendFileSync(${JSON.stringify(log)}, 'out ');
    });`;
  return spawn(process.execPath, ['--input-type=module', '--eval', code], { stdio: 'ignore' });
}

it('lets only one process at a time do the work', async () => {
  const log = path.join(folder, 'log');
  const workers = Array.from({ length: 4 }, () => worker(path.join(folder, 'a.lock'), log));
  await Promise.all(workers.map((child) => once(child, 'close')));
  expect(fs.readFileSync(log, 'utf8')).toBe('in out '.repeat(4));
  expect(fs.readdirSync(folder)).toEqual(['log']);
});

it('takes over what a dead process has left', async () => {
  const file = path.join(folder, 'a.lock');
  const dead = spawn(process.execPath, ['--eval', '']);
  await once(dead, 'close');
  fs.writeFileSync(file, String(dead.pid));
  expect(await withLock(file, () => 'done')).toBe('done');
});

it('takes over what nobody has touched for long, though a process has the number', async () => {
  const file = path.join(folder, 'a.lock');
  fs.writeFileSync(file, String(process.ppid));
  const longAgo = new Date(Date.now() - 60_000);
  fs.utimesSync(file, longAgo, longAgo);
  expect(await withLock(file, () => 'done')).toBe('done');
});

it('lets go when the work fails', async () => {
  const file = path.join(folder, 'a.lock');
  const failing = withLock(file, () => Promise.reject(new Error('no luck')));
  await expect(failing).rejects.toThrow('no luck');
  expect(fs.existsSync(file)).toBe(false);
});
