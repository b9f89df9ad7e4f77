import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { OptimizerError } from '@claude-optimizer/protocol';
import { expect, it } from 'vitest';
import { explain } from './explain.js';

function thrownBy(work: () => void): unknown {
  try {
    work();
  } catch (error) {
    return error;
  }
  return null;
}

it('tells our own errors with what to do', () => {
  const error = new OptimizerError('bad_request', 'It is amiss.', { fix: 'Mend it.' });
  expect(explain(error)).toContain('It is amiss.\nMend it.\n');
});

it('tells what the system refuses with the place, and not as a defect', () => {
  const folder = mkdtempSync(path.join(tmpdir(), 'explain-'));
  try {
    const inside = path.join(folder, 'folder');
    mkdirSync(inside);
    const said = explain(thrownBy(() => writeFileSync(inside, '')));
    expect(said).toContain(`${inside}: it is a folder.\nName a file`);
    const file = path.join(folder, 'file');
    writeFileSync(file, '');
    const below = path.join(file, 'daemon.json');
    expect(explain(thrownBy(() => writeFileSync(below, '')))).toContain(`${below}: a part of`);
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
});

it('calls anything else a defect, with where it came from', () => {
  expect(explain(new TypeError('x is no function'))).toMatch(
    /TypeError: .*\n[^]*should not happen/,
  );
  const odd = Object.assign(new Error('weird'), { code: 'EWEIRD', path: '/x' });
  expect(explain(odd)).toContain('should not happen');
});
