import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { set, show } from './budget.js';

describe('claude-optimizer budget', () => {
  let dataDir = '';
  const config = () => path.join(dataDir, 'config.json');
  const written = () => JSON.parse(readFileSync(config(), 'utf8')) as Record<string, unknown>;
  beforeEach(() => {
    dataDir = mkdtempSync(path.join(tmpdir(), 'budget-'));
    const projects = [{ name: 'shop', path: '/work/shop' }];
    writeFileSync(config(), JSON.stringify({ projects, ours: 'stays' }));
  });
  afterEach(() => rmSync(dataDir, { recursive: true, force: true }));

  it('sets, shows and takes away each of them', async () => {
    await expect(set('0.40', { dataDir, default: true })).resolves.toBe(
      'every session by hand: $0.40\n',
    );
    await set('$5', { dataDir, project: 'SHOP' });
    await set('20.5', { dataDir, day: true });
    await set('0.000001', { dataDir, week: true });
    expect(show({ dataDir })).toBe(
      [
        'every session by hand  $0.40',
        'sessions in shop       $5.00',
        'launched runs, a day   $20.50',
        'launched runs, a week  $0.000001',
        'Sessions by hand are held to theirs by hooks: claude-optimizer hooks install',
        '',
      ].join('\n'),
    );
    await set('none', { dataDir, project: 'shop' });
    await set('none', { dataDir, default: true });
    expect(written()).toMatchObject({
      ours: 'stays',
      budgets: { projects: {}, sessionMicrodollars: null },
      caps: { dayMicrodollars: 20_500_000, weekMicrodollars: 1 },
    });
  });

  it.each(['', '0', '-1', '1e3', '1,5', 'NaN', '0.0000001', '1000000', '5 dollars'])(
    'refuses %j and changes nothing',
    async (amount) => {
      const before = readFileSync(config(), 'utf8');
      await expect(set(amount, { dataDir, day: true })).rejects.toMatchObject({
        code: 'bad_request',
      });
      expect(readFileSync(config(), 'utf8')).toBe(before);
    },
  );

  it.each([{}, { day: true, week: true }, { project: 'shop', default: true }])(
    'wants to know exactly what for: %j',
    async (flags) => {
      await expect(set('1', { dataDir, ...flags })).rejects.toThrow(
        expect.objectContaining({ fix: expect.stringContaining('exactly one') as string }),
      );
    },
  );

  it('says which projects there are, and that a session needs the daemon', async () => {
    await expect(set('1', { dataDir, project: 'shp' })).rejects.toMatchObject({
      code: 'not_found',
      fix: expect.stringContaining('There are: shop.') as string,
    });
    await expect(set('1', { dataDir, session: 'x' })).rejects.toMatchObject({ code: 'conflict' });
  });
});
