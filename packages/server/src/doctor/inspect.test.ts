import { chmodSync, mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { openSqliteStore } from '@claude-optimizer/store';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { readConfig } from '../config/read-config.js';
import { findProgram } from './find-program.js';
import { inspect } from './inspect.js';

let home: string;
let dataDir: string;
beforeEach(() => {
  home = mkdtempSync(path.join(tmpdir(), 'doctor-'));
  dataDir = path.join(home, 'data');
  mkdirSync(dataDir);
});
afterEach(() => {
  rmSync(home, { recursive: true, force: true });
});

const look = () => inspect(readConfig({ flags: { dataDir }, env: {}, home }), 0);

test('finds nothing on a fresh machine, makes nothing, and says what to do', async () => {
  const report = await look();
  expect(report).toMatchObject({
    claudeDirs: [{ path: path.join(home, '.claude'), exists: false, transcripts: 0, bytes: 0 }],
    store: { exists: false, bytes: 0, holds: null },
    malformed: { total: 0, lines: [] },
    daemon: null,
  });
  const messages = report.problems.map(({ message }) => message);
  expect(messages).toContain('There are no transcripts yet.');
  expect((await look()).store.exists).toBe(false);
});

test('counts what it finds', async () => {
  const project = path.join(home, '.claude', 'projects', '-shop');
  mkdirSync(path.join(project, 'session', 'subagents'), { recursive: true });
  writeFileSync(path.join(project, 'a.jsonl'), '{}\n');
  writeFileSync(path.join(project, 'session', 'subagents', 'agent-b.jsonl'), '{}\n{}\n');
  await (await openSqliteStore(path.join(dataDir, 'optimizer.db'))).close();
  const report = await look();
  expect(report.claudeDirs).toMatchObject([{ exists: true, transcripts: 2, bytes: 9 }]);
  expect(report.store).toMatchObject({
    exists: true,
    holds: { sessions: 0, events: 0, filesRead: 0 },
  });
  expect(report.store.bytes).toBeGreaterThan(0);
});

test('says when the store cannot be opened', async () => {
  writeFileSync(
    path.join(dataDir, 'optimizer.db'),
    'this is no database, but long enough to be one',
  );
  const report = await look();
  expect(report.store).toMatchObject({ exists: true, holds: null });
  expect(report.problems.map(({ message }) => message).join()).toContain('optimizer.db');
});

test('finds a program on the PATH that can be run', () => {
  const [first, second] = [path.join(home, 'first'), path.join(home, 'second')];
  for (const folder of [first, second]) {
    mkdirSync(folder);
    writeFileSync(path.join(folder, 'claude'), '#!/bin/sh\n');
  }
  chmodSync(path.join(second, 'claude'), 0o755);
  const PATH = [first, second].join(path.delimiter);
  expect(findProgram('claude', { PATH })).toBe(path.join(second, 'claude'));
  expect(findProgram('claude', { PATH: first })).toBeNull();
  expect(findProgram('claude', {})).toBeNull();
});
