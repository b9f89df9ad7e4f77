import { launcherSettingsSchema, limitsOfRunSchema, orderSchema } from '@claude-optimizer/protocol';
import { describe, expect, it } from 'vitest';
import { clientArguments, keeperOrder, wallOfKeeper, type Start } from './client-command.js';

const settings = launcherSettingsSchema.parse({ permissionMode: 'default' });
const startOf = (facts: Partial<Start> = {}, order: object = {}): Start => ({
  order: orderSchema.parse({
    ...{ project: 'shop', path: null, phase: null, model: null, limits: {}, objectives: ['Build'] },
    ...order,
  }),
  cwd: '/shop',
  sessionId: 'id',
  limits: limitsOfRunSchema.parse({ costMicrodollars: 1_000_000, turns: 10, wallMs: 60_000 }),
  onLimit: 'stop',
  resume: false,
  ...facts,
});

describe('the client’s arguments', () => {
  it('pass the limits on where a run is ended at them', () => {
    const words = clientArguments(startOf(), settings);
    expect(words).toContain('--max-budget-usd=1.0000');
    expect(words).toContain('--max-turns=10');
    expect(words).toContain('--session-id=id');
  });

  it('leave a quarter more where it is asked about or finished', () => {
    const words = clientArguments(startOf({ onLimit: 'ask' }), settings);
    expect(words).toContain('--max-budget-usd=1.2500');
    expect(words).toContain('--max-turns=13');
  });

  it('give what is left to a session that is gone on with', () => {
    const before = { costMicrodollars: 400_000, tokens: 9, turns: 4, wallMs: 20_000 };
    const start = startOf({ resume: true, before });
    const words = clientArguments(start, settings);
    expect(words).toContain('--max-budget-usd=0.6000');
    expect(words).toContain('--max-turns=6');
    expect(words).toContain('--resume=id');
    const order = keeperOrder(start, settings, { path: '/claude', configDir: null });
    expect(order).toMatchObject({ wallMs: 40_000, before: { turns: 4, wallMs: 20_000 } });
  });

  it('never end at nothing when all is used up', () => {
    expect(wallOfKeeper(startOf().limits, 'stop', 99_000)).toBe(1);
    expect(wallOfKeeper(limitsOfRunSchema.parse({}), 'stop', 99_000)).toBeNull();
  });

  it('hold nothing of the plan but a model that looks like one, and its name in one word', () => {
    const evil = { project: '--version', phase: '--add-dir=/', objectives: ['--dangerous'] };
    const plain = clientArguments(startOf(), settings);
    expect(clientArguments(startOf({}, evil), settings)).toEqual(plain);
    const named = clientArguments(startOf({ canName: true }, evil), settings);
    expect(named.filter((word) => !plain.includes(word))).toEqual([
      '--name=--version — --add-dir=/',
    ]);
    for (const model of ['--help', '-p', 'a b', 'x\ny', '']) {
      expect(() => clientArguments(startOf({}, { model }), settings)).toThrow(
        /no name of a model/u,
      );
    }
    expect(clientArguments(startOf({}, { model: 'sonnet' }), settings)).toContain('--model=sonnet');
  });
});
