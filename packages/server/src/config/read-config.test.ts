import { mkdirSync, mkdtempSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { OptimizerError } from '@claude-optimizer/protocol';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { DEFAULT_PORT, readConfig, type ConfigSources } from './read-config.js';

let home: string;
beforeEach(() => {
  home = mkdtempSync(path.join(tmpdir(), 'config-'));
});
afterEach(() => {
  rmSync(home, { recursive: true, force: true });
});

const read = (sources: ConfigSources = {}) => readConfig({ env: {}, home, ...sources });

function refusal(sources: ConfigSources): OptimizerError {
  try {
    read(sources);
  } catch (error) {
    if (error instanceof OptimizerError) return error;
  }
  throw new Error('it was accepted');
}

function folder(...parts: string[]): string {
  const dir = path.join(home, ...parts);
  mkdirSync(dir, { recursive: true });
  return dir;
}

test('has a default for everything and cannot be changed', () => {
  const config = read();
  expect(config).toMatchObject({
    port: DEFAULT_PORT,
    host: '127.0.0.1',
    open: false,
    demo: false,
    autoStart: true,
    logLevel: 'info',
  });
  expect(config.dataDir).toMatch(/claude-optimizer/);
  expect(config.dashboardDir).toMatch(/dashboard[/\\]out$/);
  expect(config).not.toHaveProperty('devOrigin');
  expect(Object.isFrozen(config) && Object.isFrozen(config.claudeDirs)).toBe(true);
});

test('a flag wins over the environment, and an empty variable says nothing', () => {
  const env = { PORT: '4000', CLAUDE_OPTIMIZER_HOME: '~/data', CLAUDE_CONFIG_DIR: '' };
  expect(read({ env })).toMatchObject({ port: 4000, dataDir: path.join(home, 'data') });
  expect(read({ env, flags: { port: '0' } }).port).toBe(0);
  expect(read({ env }).claudeDirs).toEqual([path.join(home, '.claude')]);
});

test.each([
  [{ flags: { port: '70000' } }, /--port is "70000", but a port is a whole number/],
  [{ env: { PORT: 'http' } }, /^PORT is "http", but/],
  [{ flags: { logLevel: 'loud' } }, /--log-level is "loud", but the levels are trace,/],
  [{ flags: { dataDir: ' ' } }, /--data-dir is " ", but it must name a folder/],
  [{ flags: { claudeDir: [','] } }, /--claude-dir is ",", but it names no folder/],
  [
    { env: { CLAUDE_OPTIMIZER_DEV_ORIGIN: 'https://example.org' } },
    /DEV_ORIGIN is .* an origin of this machine/,
  ],
])('says which setting is wrong and why (%#)', (sources, message) => {
  const error = refusal(sources);
  expect(error.code).toBe('config_invalid');
  expect(error.message).toMatch(message);
  expect(error.fix).not.toBe('');
});

test.each(['0.0.0.0', '192.168.1.4', '::', 'example.org', '127.0.0.1.example.org'])(
  'refuses to listen on %s',
  (host) => {
    const error = refusal({ flags: { host } });
    expect(error.code).toBe('host_refused');
    expect(error.message).toContain(`--host ${host} would let other machines in`);
  },
);

test.each([
  ['localhost', 'localhost'],
  ['127.0.0.2', '127.0.0.2'],
  ['[::1]', '::1'],
])('listens on %s', (host, taken) => {
  expect(read({ flags: { host } }).host).toBe(taken);
});

test('takes the usual Claude folders that exist', () => {
  const other = folder('.config', 'claude');
  expect(read().claudeDirs).toEqual([other]);
  const first = folder('.claude');
  expect(read().claudeDirs).toEqual([first, other]);
});

test('reads one folder once, though it has two names', () => {
  const first = folder('.claude');
  folder('.config');
  symlinkSync(first, path.join(home, '.config', 'claude'));
  expect(read().claudeDirs).toEqual([first]);
});

test('takes several Claude folders, also such as do not exist yet', () => {
  const here = folder('here');
  const flags = { claudeDir: [`${here}, ~/later`, here] };
  expect(read({ flags }).claudeDirs).toEqual([here, path.join(home, 'later')]);
  expect(read({ env: { CLAUDE_CONFIG_DIR: '~/a,~/b' } }).claudeDirs).toEqual([
    path.join(home, 'a'),
    path.join(home, 'b'),
  ]);
});

test('takes `projects` itself for the folder around it', () => {
  const projects = folder('here', 'projects');
  expect(read({ flags: { claudeDir: [projects] } }).claudeDirs).toEqual([path.join(home, 'here')]);
});

test('refuses a Claude folder that is a file', () => {
  const file = path.join(home, 'file');
  writeFileSync(file, '');
  expect(refusal({ flags: { claudeDir: [file] } }).message).toContain(`${file} is not a folder`);
});

test('knows the development server only when it is named', () => {
  const env = { CLAUDE_OPTIMIZER_DEV_ORIGIN: 'http://localhost:3000' };
  expect(read({ env }).devOrigin).toBe('http://localhost:3000');
});
