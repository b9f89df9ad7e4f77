import { mkdirSync, mkdtempSync, realpathSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { PersonSettings } from '../config/person-settings.js';
import { Projects } from './projects.js';

let home = '';
let settings: PersonSettings;
let projects: Projects;
const at = (...parts: string[]) => path.join(home, ...parts);

beforeEach(() => {
  home = realpathSync(mkdtempSync(path.join(tmpdir(), 'projects-')));
  for (const folder of ['code/shop', 'code/shop-2', 'elsewhere/secret', 'data']) {
    mkdirSync(at(folder), { recursive: true });
  }
  settings = new PersonSettings(at('data'));
  projects = new Projects(settings, home);
});
afterEach(() => {
  rmSync(home, { recursive: true, force: true });
});

describe('registered projects', () => {
  it('are known by name, whatever its case', () => {
    expect(projects.add('~/code/shop')).toEqual({ name: 'shop', path: at('code/shop') });
    expect(projects.folderOf({ project: 'Shop ', path: null })).toBe(at('code/shop'));
    expect(projects.folderOf({ project: null, path: '~/code/shop' })).toBe(at('code/shop'));
    projects.remove('SHOP');
    expect(projects.list()).toEqual([]);
  });

  it('have names of their own', () => {
    projects.add(at('code/shop'));
    expect(projects.add(at('code/shop'))).toEqual({ name: 'shop', path: at('code/shop') });
    expect(() => projects.add(at('code/shop-2'), 'shop')).toThrow(/name of .*code\/shop already/u);
    expect(() => projects.add(at('code/shop'), '--dangerous')).toThrow(/is no name/u);
    expect(() => projects.remove('nothing')).toThrow(/There is no project "nothing"/u);
    expect(projects.list()).toHaveLength(1);
  });

  it('are folders that are there', () => {
    writeFileSync(at('file'), '');
    for (const wrong of ['code/shop', at('nowhere'), at('file'), 'a\0b']) {
      expect(() => projects.add(wrong)).toThrow(/no (folder|absolute path)/u);
    }
  });

  it('do not run where a link leads meanwhile', () => {
    projects.add(at('code/shop'));
    rmSync(at('code/shop'), { recursive: true });
    symlinkSync(at('elsewhere/secret'), at('code/shop'));
    expect(() => projects.folderOf({ project: 'shop', path: null })).toThrow(/leads to/u);
  });
});

describe('folders below an allowed root', () => {
  beforeEach(() => {
    settings.change(() => ({ roots: ['~/code', '/nowhere/at/all'] }));
  });

  it('may run', () => {
    expect(projects.folderOf({ project: null, path: '~/code/shop' })).toBe(at('code/shop'));
  });

  it.each([
    ['the root itself', 'code'],
    ['a way out by ..', 'code/../elsewhere/secret'],
    ['a folder beside it with its name in front', 'code-2'],
  ])('are not %s', (_what, folder) => {
    mkdirSync(at('code-2'));
    expect(() => projects.folderOf({ project: null, path: at(folder) })).toThrow(/no registered/u);
  });

  it('are not links that lead out', () => {
    symlinkSync(at('elsewhere'), at('code/inside'));
    expect(() => projects.folderOf({ project: null, path: '~/code/inside/secret' })).toThrow(
      /elsewhere\/secret is no registered project/u,
    );
  });
});
