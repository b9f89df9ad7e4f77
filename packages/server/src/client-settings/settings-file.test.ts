import fs from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { afterEach, beforeEach, expect, it } from 'vitest';
import { withHooks, withoutHooks } from '../hooks/hook-settings.js';
import { changeSettings, readSettings } from './settings-file.js';

const now = Date.parse('2026-05-04T10:00:00.000Z');
const install = (dir: string, dryRun = false, at = now) =>
  changeSettings(dir, (old) => withHooks(old, 'http://127.0.0.1:3001', 65), { dryRun, now: at });

let folder: string;
let file: string;
beforeEach(() => {
  folder = fs.mkdtempSync(path.join(os.tmpdir(), 'settings-'));
  file = path.join(folder, 'settings.json');
});
afterEach(() => {
  fs.rmSync(folder, { recursive: true, force: true });
});

it('keeps a copy, the rights and the indentation of the old settings', () => {
  const before = '{\n    "model": "opus"\n}\n';
  fs.writeFileSync(file, before, { mode: 0o640 });
  const { backup } = install(folder);
  expect(fs.readFileSync(backup ?? '', 'utf8')).toBe(before);
  expect(fs.statSync(file).mode & 0o777).toBe(0o640);
  expect(fs.readFileSync(file, 'utf8')).toContain('\n    "model": "opus",\n');
  changeSettings(folder, withoutHooks, { dryRun: false, now: now + 1 });
  expect(fs.readFileSync(file, 'utf8')).toBe(before);
});

it('writes nothing in a dry run and nothing when nothing changes', () => {
  expect(install(folder, true)).toMatchObject({ changed: true, backup: null });
  expect(fs.readdirSync(folder)).toEqual([]);
  install(folder);
  const written = fs.statSync(file).mtimeMs;
  expect(install(folder)).toMatchObject({ changed: false, backup: null });
  expect(fs.statSync(file).mtimeMs).toBe(written);
});

it('writes through a link, and leaves it a link', () => {
  const real = path.join(folder, 'dotfiles.json');
  fs.writeFileSync(real, '{"model":"opus"}');
  fs.symlinkSync(real, file);
  install(folder);
  expect(fs.lstatSync(file).isSymbolicLink()).toBe(true);
  expect(fs.readFileSync(real, 'utf8')).toContain('/api/hooks');
});

it.each(['{"model": ', '[]', 'null'])('leaves settings alone that it cannot read: %s', (text) => {
  fs.writeFileSync(file, text);
  expect(() => install(folder)).toThrow("can't be read");
  expect(() => readSettings(folder)).toThrow("can't be read");
  expect(fs.readFileSync(file, 'utf8')).toBe(text);
});

it('puts back the very text that stood there before', () => {
  const before =
    '{ "model": "opus",\n   "hooks": {"PreToolUse": [{"matcher": "Bash", "hooks": []}]}, "x": 1 }';
  fs.writeFileSync(file, before);
  install(folder);
  expect(fs.readFileSync(file, 'utf8')).not.toBe(before);
  changeSettings(folder, withoutHooks, { dryRun: false, now: now + 1 });
  expect(fs.readFileSync(file, 'utf8')).toBe(before);
  // What was changed meanwhile is the person's and stays.
  install(folder, false, now + 2);
  const changed = fs.readFileSync(file, 'utf8').replace('"opus"', '"sonnet"');
  fs.writeFileSync(file, changed);
  changeSettings(folder, withoutHooks, { dryRun: false, now: now + 3 });
  expect(readSettings(folder)).toMatchObject({ model: 'sonnet', x: 1 });
});

it('makes the file that a link leads to where there is none yet', () => {
  const real = path.join(folder, 'dotfiles.json');
  fs.symlinkSync('dotfiles.json', file);
  install(folder);
  expect(fs.lstatSync(file).isSymbolicLink()).toBe(true);
  expect(fs.readFileSync(real, 'utf8')).toContain('/api/hooks');
});

it('says in which file hooks have an unknown shape, and where a file is no JSON', () => {
  fs.writeFileSync(file, '{"hooks": []}');
  expect(() => install(folder)).toThrow(`${file}: hooks in the settings has an unknown shape`);
  fs.writeFileSync(file, '{\n  // mine\n}');
  expect(() => install(folder)).toThrow(`${file} can't be read: line 2, column 3: `);
});
