import {
  chmodSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  statSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterEach, beforeEach, expect, it } from 'vitest';
import { Secrets } from './secrets.js';

let folder = '';
let file = '';
let secrets: Secrets;
beforeEach(() => {
  folder = mkdtempSync(path.join(tmpdir(), 'secrets-'));
  file = path.join(folder, 'secrets.json');
  secrets = new Secrets(folder);
});
afterEach(() => {
  rmSync(folder, { recursive: true, force: true });
});

it('keeps secrets by source in a file for its owner alone, and forgets them', () => {
  expect(secrets.of('work')).toEqual({});
  secrets.put('work', { password: 'p' });
  secrets.put('home', { url: 'https://example.com/x' });
  expect(new Secrets(folder).of('work')).toEqual({ password: 'p' });
  expect(statSync(file).mode & 0o777).toBe(0o600);
  secrets.drop('work');
  expect(secrets.of('work')).toEqual({});
  expect(readFileSync(file, 'utf8')).not.toContain('"p"');
  expect(secrets.of('home')).toEqual({ url: 'https://example.com/x' });
  expect(readdirSync(folder)).toEqual(['secrets.json']);
});

it('keeps the feed’s token beside them', () => {
  secrets.put('work', { password: 'p' });
  expect(secrets.feedToken).toBeNull();
  secrets.setFeedToken('t');
  expect(new Secrets(folder).feedToken).toBe('t');
  secrets.setFeedToken(null);
  expect(secrets.feedToken).toBeNull();
  expect(secrets.of('work')).toEqual({ password: 'p' });
});

it.skipIf(process.platform === 'win32')('takes the file away from others', () => {
  secrets.put('work', { password: 'p' });
  for (const mode of [0o644, 0o660, 0o604]) {
    chmodSync(file, mode);
    expect(secrets.of('work')).toEqual({ password: 'p' });
    expect(statSync(file).mode & 0o777).toBe(0o600);
  }
});

it('says which file can’t be read, and nothing of what it holds', () => {
  for (const content of [
    '{"calendars":{"a":{"password":"hunter2"}',
    '{"calendars":{"a":"hunter2"}}',
  ]) {
    writeFileSync(file, content, { mode: 0o600 });
    let failure: unknown;
    try {
      secrets.of('a');
    } catch (error) {
      failure = error;
    }
    expect(failure).toMatchObject({ code: 'config_invalid' });
    expect(JSON.stringify(failure, Object.getOwnPropertyNames(failure))).not.toContain('hunter2');
    expect(() => secrets.put('b', {})).toThrow(file);
    expect(readFileSync(file, 'utf8')).toBe(content);
  }
});
