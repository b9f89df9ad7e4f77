import { mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { settingsSchema, type Notice } from '@claude-optimizer/protocol';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { Announcer } from '../feed/announcer.js';
import { createLog } from '../log.js';
import { desktopCommand } from './desktop-command.js';
import { desktopNotifier } from './desktop.js';
import { Notices } from './notices.js';
import { oneLine } from './one-line.js';

const log = createLog({ level: 'silent', readable: false, to: { write: () => undefined } });
const HOSTILE = '$(touch x)`id`"; -e <b>&\\n\u202Eevil\u0007\r\nline';

function told(text: string): Omit<Notice, 'id' | 'at'> {
  const of = { planId: null, runId: null, sessionId: null } as const;
  return { ...of, level: 'info', kind: 'budget', title: 'A budget', text };
}

function noticesWith(read: () => ReturnType<typeof settingsSchema.parse>) {
  const announcer = new Announcer();
  const announced: unknown[] = [];
  announcer.onAnnouncement((name, announcement) => void announced.push([name, announcement]));
  const shown: Notice[] = [];
  const desktop = (notice: Notice) => void shown.push(notice);
  const notices = new Notices({ announcer, settings: { read }, now: () => 7, log, desktop });
  return { notices, announcer, announced, shown };
}

describe('Notices', () => {
  it('tells pages and desktop and keeps the newest 50', () => {
    const { notices, announced, shown } = noticesWith(() => settingsSchema.parse({}));
    for (let index = 0; index < 60; index += 1) notices.tell(told(String(index)));
    expect(notices.newest().map(({ text }) => text)).toEqual(
      Array.from({ length: 50 }, (_, index) => String(59 - index)),
    );
    expect(announced).toHaveLength(60);
    expect(announced[59]).toEqual(['notice', notices.newest()[0]]);
    expect(shown).toHaveLength(60);
  });

  it('leaves the desktop alone when the person wants that, or the settings cannot be read', () => {
    const off = noticesWith(() => settingsSchema.parse({ notifications: { desktop: false } }));
    off.notices.tell(told('quiet'));
    expect([off.announced.length, off.shown.length]).toEqual([1, 0]);
    const broken = noticesWith(() => {
      throw new Error('config_invalid');
    });
    broken.notices.tell(told('quiet'));
    expect([broken.announced.length, broken.shown.length]).toEqual([1, 0]);
  });

  it('never fails who tells', () => {
    const { notices, announcer } = noticesWith(() => settingsSchema.parse({}));
    announcer.onAnnouncement(() => {
      throw new Error('a page is broken');
    });
    expect(() => notices.tell(told('text'))).not.toThrow();
  });

  it('makes one short line of any text', () => {
    expect(oneLine('a\u0000b\n\tc\u202Ed', 100)).toBe('a b c d');
    expect(oneLine('😀'.repeat(20), 10)).toBe(`${'😀'.repeat(9)}…`);
  });
});

describe('a desktop notification', () => {
  let folder = '';
  beforeEach(() => {
    folder = mkdtempSync(path.join(tmpdir(), 'notify-'));
    const program = path.join(folder, 'notify-send');
    const out = `${folder}/said.$$`;
    const script = `#!/bin/sh\nprintf '%s\\0' "$@" > ${out}.new && mv ${out}.new ${out}\n`;
    writeFileSync(program, script, { mode: 0o755 });
  });
  afterEach(() => rmSync(folder, { recursive: true, force: true }));

  const said = () =>
    readdirSync(folder)
      .filter((name) => /^said\.\d+$/u.test(name))
      .map((name) => readFileSync(path.join(folder, name), 'utf8').split('\0').slice(0, -1));
  const showing = (env: Record<string, string>) => {
    const PATH = `${folder}${path.delimiter}/usr/bin${path.delimiter}/bin`;
    const system = { platform: 'linux', env: { PATH, ...env } } as const;
    return desktopNotifier({ log, now: () => 0, system });
  };
  const notice: Notice = { ...told(HOSTILE), title: '--help', id: 'n', at: 0 };

  it.skipIf(process.platform === 'win32')('hands its texts over as arguments', async () => {
    showing({ DISPLAY: ':0' })(notice);
    await vi.waitFor(() => expect(said()).toHaveLength(1), { timeout: 10_000 });
    const body = HOSTILE.replace('<b>&\\n', '&lt;b&gt;&amp;\\\\n');
    expect(said()[0]?.slice(-3)).toEqual(['--', '--help', body]);
  });

  it.skipIf(process.platform === 'win32')(
    'is left out without a desktop or the program, and when there are too many',
    async () => {
      showing({})(notice);
      showing({ DISPLAY: ':0', PATH: '/nowhere' })(notice);
      const show = showing({ DISPLAY: ':0' });
      for (let count = 0; count < 12; count += 1) show(notice);
      await vi.waitFor(() => expect(said().length).toBeGreaterThanOrEqual(10), { timeout: 20_000 });
      expect(said()).toHaveLength(10);
    },
  );

  it.each(['linux', 'darwin', 'win32'] as const)('has no text in a script on %s', (platform) => {
    const command = desktopCommand(platform, { title: HOSTILE, text: HOSTILE, level: 'error' });
    const scripts = command?.args.slice(0, platform === 'win32' ? undefined : -2) ?? [];
    expect(scripts.join(' ')).not.toContain('touch');
    const handed = [...(command?.args.slice(-2) ?? []), ...Object.values(command?.env ?? {})];
    expect(handed.filter((text) => text.includes('touch'))).toHaveLength(2);
  });
});
