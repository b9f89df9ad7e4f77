import fs from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { archiveSettingsSchema, type ArchiveSettings } from '@claude-optimizer/protocol';
import { afterEach, beforeEach, expect, it, vi } from 'vitest';
import { ArchiveWork } from './archive-work.js';
import type { About } from './frame-file.js';

const settings = archiveSettingsSchema.parse({});
const DAY = 86_400_000;
let root = '';
let work: ArchiveWork;

beforeEach(async () => {
  root = fs.mkdtempSync(path.join(tmpdir(), 'archive-'));
  work = await open(settings);
});
afterEach(async () => {
  await work.close();
  fs.rmSync(root, { recursive: true, force: true });
});

function open(settings: ArchiveSettings): Promise<ArchiveWork> {
  const folder = path.join(root, 'archive');
  return ArchiveWork.open({ folder, settings, now: Date.now, rest: 0 });
}

/** A transcript of some size that changed so many days ago. */
function written(name: string, days: number, bytes = 3_000): About {
  const file = path.join(root, `${name}.jsonl`);
  fs.writeFileSync(file, `${'x'.repeat(bytes)}\n`);
  const changed = new Date(Date.now() - days * DAY);
  fs.utimesSync(file, changed, changed);
  return { path: file, root, sessionId: name, role: 'main', agentId: null };
}

const isDone = () => expect.poll(() => work.status().pending).toBe(0);

it('keeps what it is told of, and nothing of what is forgotten', async () => {
  const [one, two] = [written('one', 2), written('two', 2)];
  work.take([one, two]);
  work.forget('two');
  await isDone();
  expect(work.status()).toMatchObject({ sessions: 1, rawBytes: 3_001, problem: null });
  work.forget('one');
  expect(work.status()).toMatchObject({ sessions: 0, bytes: 0 });
});

it('keeps nothing while switched off, and what was kept stays', async () => {
  work.take([written('one', 2)]);
  await isDone();
  work.settings = { ...settings, keep: false };
  work.take([written('two', 2)]);
  await isDone();
  expect(work.status()).toMatchObject({ sessions: 1 });
});

it('says what is in the way, and tries again', async () => {
  const one = written('one', 2);
  const folder = fs.mkdtempSync(path.join(root, 'folder-'));
  work.take([{ ...one, path: folder }]);
  await vi.waitFor(() => expect(work.status().problem).toContain('EISDIR'));
  work.take([one]);
  await isDone();
  expect(work.status()).toMatchObject({ sessions: 1, problem: null });
});

it('gives up the oldest over the limit, and stops where only today’s are left', async () => {
  work.take([written('old', 9), written('older', 10), written('today', 0)]);
  await isDone();
  const { bytes } = work.status();
  const each = Math.round(bytes / 3);
  work.settings = { ...settings, limitBytes: bytes - 1 };
  expect(work.status()).toMatchObject({ sessions: 2, prunedSessions: 1, isFull: false });
  expect(work.status().prunedAt).not.toBeNull();
  work.settings = { ...settings, limitBytes: each - 20 };
  expect(work.status()).toMatchObject({ sessions: 1, isFull: true });
  // Room again: what waited is kept.
  work.take([written('next', 0)]);
  work.settings = settings;
  await expect.poll(() => work.status().sessions, { timeout: 3_000 }).toBe(2);
});
