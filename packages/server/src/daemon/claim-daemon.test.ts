import { spawn, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import path from 'node:path';
import type { Health } from '@claude-optimizer/protocol';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { claimDaemon } from './claim-daemon.js';
import { readDaemonFile } from './daemon-file.js';

const NOW = 1_760_000_000_000;
const HEALTH: Health = {
  version: '1.0.0',
  ready: true,
  indexing: { filesDone: 0, filesTotal: 0 },
  malformedLines: 0,
  clients: 0,
  pricing: null,
};

let dataDir: string;
let file: string;
let other: ChildProcess;
beforeEach(async () => {
  dataDir = mkdtempSync(path.join(tmpdir(), 'claim-'));
  file = path.join(dataDir, 'daemon.json');
  other = spawn(process.execPath, ['-e', 'setInterval(() => {}, 1000)']);
  await once(other, 'spawn');
});
afterEach(async () => {
  if (other.exitCode === null && other.signalCode === null) {
    other.kill('SIGKILL');
    await once(other, 'exit');
  }
  rmSync(dataDir, { recursive: true, force: true });
});

function written(daemon: { pid?: number; url?: string | null; startedAt?: number }): void {
  const pid = other.pid ?? 0;
  writeFileSync(file, JSON.stringify({ pid, url: null, token: null, startedAt: NOW, ...daemon }));
}

/** Listens and answers every request alike, during the call. */
async function answering<T>(answer: unknown, act: (url: string) => Promise<T>): Promise<T> {
  const server = createServer((_request, response) => response.end(JSON.stringify(answer)));
  await once(server.listen(0, '127.0.0.1'), 'listening');
  try {
    return await act(`http://127.0.0.1:${(server.address() as AddressInfo).port}`);
  } finally {
    server.closeAllConnections();
    server.close();
  }
}

test('says who runs here, to its owner alone, until it is released', async () => {
  const nested = path.join(dataDir, 'made', 'on', 'demand');
  const claim = await claimDaemon(nested, NOW);
  const { pid } = process;
  expect(readDaemonFile(nested)).toEqual({ pid, url: null, token: null, startedAt: NOW });
  claim.announce({ url: 'http://localhost:1', token: 'secret' });
  expect(readDaemonFile(nested)).toMatchObject({ url: 'http://localhost:1', token: 'secret' });
  expect(statSync(path.join(nested, 'daemon.json')).mode & 0o777).toBe(0o600);
  claim.release();
  expect(readDaemonFile(nested)).toBeNull();
});

test('refuses where another one runs, and says where that is', async () => {
  await answering(HEALTH, async (url) => {
    written({ url });
    await expect(claimDaemon(dataDir, NOW)).rejects.toMatchObject({
      code: 'conflict',
      message: expect.stringContaining(`is running at ${url} (process ${other.pid})`) as string,
    });
    expect(readDaemonFile(dataDir)?.pid).toBe(other.pid);
  });
});

test('refuses while another one is starting, but not for ever', async () => {
  written({ startedAt: NOW - 5_000 });
  await expect(claimDaemon(dataDir, NOW)).rejects.toMatchObject({ code: 'conflict' });
  written({ startedAt: NOW - 120_000 });
  await claimDaemon(dataDir, NOW);
  expect(readDaemonFile(dataDir)?.pid).toBe(process.pid);
});

test('takes the place of one that was killed', async () => {
  written({ url: 'http://localhost:1' });
  other.kill('SIGKILL');
  await once(other, 'exit');
  await claimDaemon(dataDir, NOW);
  expect(readDaemonFile(dataDir)?.pid).toBe(process.pid);
});

test('is not misled by a pid or a port that somebody else has by now', async () => {
  await answering({ hello: 'world' }, async (url) => {
    written({ url });
    await claimDaemon(dataDir, NOW);
  });
  written({ url: 'http://127.0.0.1:1' });
  await claimDaemon(dataDir, NOW);
  written({ pid: process.pid, startedAt: NOW - 1 });
  await claimDaemon(dataDir, NOW);
  expect(readDaemonFile(dataDir)?.startedAt).toBe(NOW);
});

test('is not stopped by a file that was written half', async () => {
  writeFileSync(file, '{"pid":');
  await claimDaemon(dataDir, NOW);
  expect(readDaemonFile(dataDir)?.pid).toBe(process.pid);
});

test('does not take away what is no longer its own', async () => {
  const claim = await claimDaemon(dataDir, NOW);
  written({});
  claim.release();
  expect(readDaemonFile(dataDir)?.pid).toBe(other.pid);
});

test('says what to do when the folder cannot be made', async () => {
  writeFileSync(path.join(dataDir, 'file'), '');
  await expect(claimDaemon(path.join(dataDir, 'file', 'in'), NOW)).rejects.toMatchObject({
    code: 'store_unavailable',
    fix: expect.stringContaining('--data-dir') as string,
  });
});
