import { HOOK_NAMES } from '@claude-optimizer/protocol';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { Settings } from '../client-settings/settings-file.js';
import { answerSeconds, hookStatus, withHooks, withoutHooks } from './hook-settings.js';

const URL_OF_DAEMON = 'http://localhost:3001';
const WAIT = 65;
const THEIRS = {
  model: 'opus',
  permissions: { allow: ['Bash(npm test)'] },
  hooks: {
    PreToolUse: [
      { matcher: 'Bash', hooks: [{ type: 'command', command: 'guard.sh' }] },
      { hooks: [{ type: 'http', url: 'https://audit.example/api/hooks' }] },
    ],
    SessionStart: [{ hooks: [{ type: 'command', command: 'hello.sh' }] }],
  },
};

describe('our hooks in the settings of Claude Code', () => {
  it('come behind those of the person, which stay as they are', () => {
    const { hooks, ...rest } = withHooks(THEIRS, URL_OF_DAEMON, WAIT) as typeof THEIRS;
    const ours = { hooks: [{ type: 'http', url: `${URL_OF_DAEMON}/api/hooks`, timeout: 1 }] };
    expect(rest).toEqual({ model: 'opus', permissions: THEIRS.permissions });
    expect(hooks.PreToolUse).toEqual([...THEIRS.hooks.PreToolUse, ours]);
    expect(hooks.SessionStart).toEqual(THEIRS.hooks.SessionStart);
    expect(hookStatus({ hooks }).missing).toEqual([]);
  });

  it('wait for the person only where the person is asked', () => {
    const { hooks } = withHooks({}, URL_OF_DAEMON, answerSeconds(60_000)) as typeof THEIRS;
    const timeouts = Object.entries(hooks).map(([name, [group]]) => {
      const [hook] = group?.hooks ?? [];
      return [name, hook && 'timeout' in hook ? hook.timeout : null];
    });
    const expected = HOOK_NAMES.map((name) => [name, name === 'PermissionRequest' ? 65 : 1]);
    expect(Object.fromEntries(timeouts)).toEqual(Object.fromEntries(expected));
    expect(hookStatus({ hooks }).answerSeconds).toBe(65);
    const before = withHooks({}, URL_OF_DAEMON, 1);
    expect(hookStatus(before).answerSeconds).toBe(1);
  });

  it('move with the daemon and are never there twice', () => {
    const moved = withHooks(withHooks(THEIRS, 'http://127.0.0.1:4000', 5), URL_OF_DAEMON, WAIT);
    expect(moved).toEqual(withHooks(THEIRS, URL_OF_DAEMON, WAIT));
    expect(hookStatus(moved).urls).toEqual([`${URL_OF_DAEMON}/api/hooks`]);
  });

  it('tell which of them are missing', () => {
    expect(hookStatus(THEIRS)).toEqual({
      urls: [],
      installed: [],
      missing: [...HOOK_NAMES],
      answerSeconds: null,
    });
  });

  it.each([[7], [{ Stop: 'no list' }]])('refuse to replace hooks that are %j', (hooks) => {
    expect(() => withHooks({ hooks }, URL_OF_DAEMON, WAIT)).toThrow('unknown shape');
  });

  it('leave nothing behind, whatever else stands there', () => {
    const hook = fc.oneof(
      fc.record({ type: fc.constant('command'), command: fc.string() }),
      fc.record({ type: fc.constant('http'), url: fc.webUrl() }),
      fc.jsonValue(),
    );
    const group = fc.oneof(
      fc.record({ matcher: fc.string(), hooks: fc.array(hook) }),
      fc.jsonValue(),
    );
    const hooks = fc.dictionary(
      fc.constantFrom(...HOOK_NAMES, 'Other'),
      fc.array(group, { minLength: 1 }),
      {
        minKeys: 1,
      },
    );
    const settings = fc.record({ model: fc.string(), hooks }, { requiredKeys: [] });
    fc.assert(
      fc.property(settings, (before) => {
        const copy = JSON.parse(JSON.stringify(before)) as Settings;
        expect(withoutHooks(withHooks(copy, URL_OF_DAEMON, WAIT))).toEqual(copy);
      }),
    );
  });
});
