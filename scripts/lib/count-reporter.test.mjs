import { execFile } from 'node:child_process';
import fs from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { promisify } from 'node:util';
import { afterEach, beforeEach, expect, it } from 'vitest';
import { countLine } from './count-reporter.mjs';
import { inRepo } from './places.mjs';

const run = promisify(execFile);
let folder;
beforeEach(() => {
  folder = fs.mkdtempSync(path.join(os.tmpdir(), 'counts-'));
});
afterEach(() => fs.rmSync(folder, { recursive: true, force: true }));

/** What the reporter counts when vitest runs these files, and how vitest ends. */
async function countOf(files) {
  fs.symlinkSync(inRepo('node_modules'), path.join(folder, 'node_modules'));
  for (const [name, code] of Object.entries(files)) {
    const head = "import { afterAll, expect, it } from 'vitest';\n";
    fs.writeFileSync(path.join(folder, name), head + code);
  }
  const countsFile = path.join(folder, 'counts.json');
  const reporter = `--reporter=${inRepo('scripts/lib/count-reporter.mjs')}`;
  const args = [inRepo('node_modules/vitest/vitest.mjs'), 'run', '--root', folder, reporter];
  const env = { ...process.env, TEST_COUNTS_FILE: countsFile };
  const exitCode = await run(process.execPath, args, { cwd: folder, env }).then(
    () => 0,
    (error) => error.code,
  );
  return { exitCode, counts: JSON.parse(fs.readFileSync(countsFile, 'utf8')) };
}

it('counts tests over all files, and what fails outside of a test', async () => {
  const found = await countOf({
    'a.test.mjs': "it('x', () => {}); it('y', () => {}); it.skip('z', () => {}); it.todo('w');",
    'b.test.mjs': "it('x', () => { expect(1).toBe(2); });",
    'c.test.mjs': "import './not-there.mjs';",
    'd.test.mjs': "it('x', () => {}); afterAll(() => { throw new Error('hook'); });",
  });
  expect(found).toEqual({ exitCode: 1, counts: { passed: 3, failed: 3, skipped: 2 } });
});

it('counts an error that no test is to blame for', async () => {
  const late = "it('x', () => { Promise.reject(new Error('nobody waits for this')); });";
  const { exitCode, counts } = await countOf({ 'a.test.mjs': late });
  expect({ exitCode, failed: counts.failed }).toEqual({ exitCode: 1, failed: 1 });
});

it('says it in one line', () => {
  expect(countLine({ passed: 12, failed: 0, skipped: 0 }, 0)).toBe('12 passed, 0 failed');
  expect(countLine({ passed: 12, failed: 1, skipped: 3 }, 1)).toBe(
    '12 passed, 1 failed, 3 skipped',
  );
});

it('never says that nothing failed when vitest says that something did', () => {
  expect(countLine(null, 137)).toBe('0 passed, 1 failed');
  expect(countLine({ passed: 12, failed: 0, skipped: 0 }, 1)).toBe('12 passed, 1 failed');
});
