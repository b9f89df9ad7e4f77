import { mkdtempSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterEach, beforeEach, expect, it } from 'vitest';
import { PersonSettings } from './person-settings.js';

let folder = '';
let settings: PersonSettings;

beforeEach(() => {
  folder = mkdtempSync(path.join(tmpdir(), 'settings-'));
  settings = new PersonSettings(folder);
});
afterEach(() => {
  rmSync(folder, { recursive: true, force: true });
});

it('is all defaults where there is no file', () => {
  expect(settings.read()).toMatchObject({
    projects: [],
    launcher: { permissionMode: 'dontAsk', onLimit: 'stop' },
    calendar: { warnMinutes: [30, 5], paused: false },
  });
});

it('writes what was changed for the owner alone, and keeps what it does not know', () => {
  writeFileSync(settings.file, '{"prices": {}, "mine": [1]}');
  const told: unknown[] = [];
  settings.onChange(({ projects }) => told.push(projects));
  settings.change(() => ({ projects: [{ name: 'shop', path: '/shop' }] }));
  expect(JSON.parse(readFileSync(settings.file, 'utf8'))).toEqual({
    prices: {},
    mine: [1],
    projects: [{ name: 'shop', path: '/shop' }],
  });
  expect(statSync(settings.file).mode & 0o077).toBe(0);
  expect(told).toEqual([[{ name: 'shop', path: '/shop' }]]);
});

it('sees what another wrote', () => {
  settings.read();
  new PersonSettings(folder).change(() => ({ roots: ['/code'] }));
  expect(settings.read().roots).toEqual(['/code']);
});

it('says which field is wrong, and changes nothing then', () => {
  writeFileSync(settings.file, '{}');
  const bad = () => settings.change(() => ({ launcher: { concurrent: 0 } }));
  expect(bad).toThrow(/launcher\.concurrent/u);
  expect(readFileSync(settings.file, 'utf8')).toBe('{}');
});
