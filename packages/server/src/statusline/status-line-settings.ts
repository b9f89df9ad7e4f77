import type { Settings } from '../client-settings/settings-file.js';

/** The settings with our status line. */
export function withStatusLine(settings: Settings, command: string): Settings {
  return { ...settings, statusLine: { type: 'command', command } };
}

/** The settings with what was there `before` ours (undefined: nothing); another's is left alone. */
export function withoutStatusLine(settings: Settings, before: unknown): Settings {
  if (!isOurs(settings['statusLine'])) return settings;
  const { statusLine: _ours, ...rest } = settings;
  return before === undefined ? rest : { ...rest, statusLine: before };
}

/** Whether a `statusLine` setting calls us, wherever we lie. */
export function isOurs(statusLine: unknown): boolean {
  return /claude-optimizer\S*"? statusline\b/u.test(commandOf(statusLine));
}

/** The data folder that a `statusLine` setting of ours names; null where it names none. */
export function dataDirOf(statusLine: unknown): string | null {
  return /--data-dir "([^"]+)"/u.exec(isOurs(statusLine) ? commandOf(statusLine) : '')?.[1] ?? null;
}

function commandOf(statusLine: unknown): string {
  if (typeof statusLine !== 'object' || statusLine === null) return '';
  const command: unknown = 'command' in statusLine ? statusLine.command : '';
  return typeof command === 'string' ? command : '';
}
