import {
  appendFileSync,
  existsSync,
  mkdirSync,
  mkdtempSync,
  readFileSync,
  rmSync,
  statSync,
} from 'node:fs';
import { createServer } from 'node:http';
import { once } from 'node:events';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { healthSchema } from '@claude-optimizer/protocol';
import type { DoctorReport } from '@claude-optimizer/server';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { CliProcess } from './cli-process.fixture.js';

let home: string;
let dataDir: string;
const started: CliProcess[] = [];
beforeEach(() => {
  home = mkdtempSync(path.join(tmpdir(), 'cli-'));
  dataDir = path.join(home, 'data');
});
afterEach(async () => {
  await Promise.all(started.splice(0).map((cli) => cli.stop('SIGKILL')));
  rmSync(home, { recursive: true, force: true });
});

function run(...args: string[]): CliProcess {
  const cli = new CliProcess(home, args);
  started.push(cli);
  return cli;
}

const start = (...args: string[]) => run('--port', '0', '--data-dir', dataDir, ...args);
const daemonFile = () => path.join(dataDir, 'daemon.json');

test(
  'prints one line when it is ready, and closes when it is asked to',
  { timeout: 30_000 },
  async () => {
    const cli = start();
    const url = await cli.url();
    expect(cli.stdout).toBe(`Claude Code Optimizer is ready: ${url}\n`);
    expect(healthSchema.parse(await (await fetch(`${url}/api/health`)).json()).clients).toBe(0);
    const { token } = (await (await fetch(`${url}/api/token`)).json()) as { token: string };
    const daemon = JSON.parse(readFileSync(daemonFile(), 'utf8')) as Record<string, unknown>;
    expect(daemon).toMatchObject({ pid: cli.process.pid, url, token });
    expect(statSync(daemonFile()).mode & 0o777).toBe(0o600);

    const second = start();
    expect(await second.exit()).toBe(1);
    expect(second.stderr).toContain(`is running at ${url}`);
    expect(second.stdout).toBe('');

    const asked = performance.now();
    expect(await cli.stop('SIGTERM')).toBe(0);
    expect(performance.now() - asked).toBeLessThan(2_000);
    expect(existsSync(daemonFile())).toBe(false);
    expect(cli.stdout.split('\n')).toHaveLength(2);
  },
);

test('says which command to type when the port is taken', { timeout: 30_000 }, async () => {
  const other = createServer().listen(0, '127.0.0.1');
  await once(other, 'listening');
  const { port } = other.address() as AddressInfo;
  const cli = run('start', '--port', String(port), '--data-dir', dataDir);
  expect(await cli.exit()).toBe(1);
  other.close();
  expect(cli.stderr).toMatch(
    new RegExp(`error: Port ${port} is in use\\.\nPort \\d+ is free: claude-optimizer --port \\d+`),
  );
  expect(existsSync(daemonFile())).toBe(false);
});

test('says what is wrong with a flag, and ends', { timeout: 30_000 }, async () => {
  const cli = start('--host', '0.0.0.0');
  expect(await cli.exit()).toBe(1);
  expect(cli.stderr).toMatch(/^error: --host 0\.0\.0\.0 would let other machines in/);
  expect(cli.stdout).toBe('');
  expect(existsSync(daemonFile())).toBe(false);
});

test('finds the lines that could not be read', { timeout: 30_000 }, async () => {
  const project = path.join(home, '.claude', 'projects', '-shop');
  mkdirSync(project, { recursive: true });
  const file = path.join(project, 'e6a1d1c1-0000-4000-8000-000000000001.jsonl');
  appendFileSync(file, '{"type":"summary","summary":"a"}\n{"type": nonsense}\n');
  const cli = start();
  const url = await cli.url();
  const malformed = async () =>
    healthSchema.parse(await (await fetch(`${url}/api/health`)).json()).malformedLines;
  await expect.poll(malformed, { timeout: 10_000 }).toBe(1);

  const doctor = run('doctor', '--json', '--data-dir', dataDir);
  expect(await doctor.exit()).toBe(0);
  const report = JSON.parse(doctor.stdout) as DoctorReport;
  expect(report).toMatchObject({
    claudeDirs: [{ path: path.join(home, '.claude'), exists: true, transcripts: 1 }],
    store: { exists: true, holds: { filesRead: 1 } },
    malformed: { total: 1, lines: [{ file, byteOffset: 33 }] },
    daemon: { url, pid: cli.process.pid },
  });
  await cli.stop('SIGTERM');
  const readable = run('doctor', '--data-dir', dataDir);
  await readable.exit();
  expect(readable.stdout).toContain(`${file} byte 33:`);
  expect(readable.stdout).toContain('not running');
});

test('ends at once when it is asked a second time', { timeout: 30_000 }, async () => {
  const cli = new CliProcess(home, [], './stop-asked.fixture.ts');
  started.push(cli);
  await cli.url();
  cli.process.kill('SIGINT');
  await expect.poll(() => cli.stdout).toContain('asked by SIGINT');
  expect(await cli.stop('SIGINT')).toBe(1);
});
