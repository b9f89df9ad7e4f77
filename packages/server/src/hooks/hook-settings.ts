import { HOOK_NAMES, OptimizerError } from '@claude-optimizer/protocol';
import type { Settings } from '../client-settings/settings-file.js';

/** Seconds after which the client gives up on us; a dead daemon refuses at once. */
const TIMEOUT_SECONDS = 1;
/** The one hook that the person answers, AskUserQuestion's included. */
const ANSWERED = 'PermissionRequest';
const HOOKS_PATH = '/api/hooks';
const LOOPBACK = new Set(['localhost', '127.0.0.1', '[::1]']);

/** What the client waits for where nothing is said. */
const CLIENT_TIMEOUT_SECONDS = 600;
/** So much longer than the person has, so that it is us who let the client go on. */
const ANSWER_MARGIN_SECONDS = 5;

/** What is installed: where the hooks are sent, and which of those that we want are missing. */
export type HookStatus = {
  urls: string[];
  installed: string[];
  missing: string[];
  /** How long the client waits for the person's answer here; null when it doesn't ask us. */
  answerSeconds: number | null;
};

/** How long a PermissionRequest must be waited for where the person has `answerTimeoutMs`. */
export function answerSeconds(answerTimeoutMs: number): number {
  return Math.ceil(answerTimeoutMs / 1_000) + ANSWER_MARGIN_SECONDS;
}

/**
 * The settings with our HTTP hooks (and no others of ours) sent to the server at `url`; only a
 * permission request waits for the person, `waitSeconds`. Throws `config_invalid` where `hooks` is
 * something that the client wouldn't read either.
 */
export function withHooks(settings: Settings, url: string, waitSeconds: number): Settings {
  const clean = withoutHooks(settings);
  const hooks = clean['hooks'] === undefined ? {} : objectOf(clean['hooks']);
  const odd =
    hooks === null ? undefined : HOOK_NAMES.find((name) => !Array.isArray(hooks[name] ?? []));
  if (hooks === null || odd !== undefined) throw unreadable(odd ?? null);
  const target = new URL(HOOKS_PATH, url).href;
  const ours = HOOK_NAMES.map((name) => {
    const timeout = name === ANSWERED ? waitSeconds : TIMEOUT_SECONDS;
    return [name, [...listOf(hooks[name]), { hooks: [{ type: 'http', url: target, timeout }] }]];
  });
  return { ...clean, hooks: { ...hooks, ...Object.fromEntries(ours) } };
}

/** The settings without our hooks; what became empty by it is gone, all else is as it was. */
export function withoutHooks(settings: Settings): Settings {
  const hooks = objectOf(settings['hooks']);
  if (hooks === null) return settings;
  const kept = Object.entries(hooks).flatMap(([name, groups]): [string, unknown][] => {
    if (!Array.isArray(groups) || !groups.some(hasOurs)) return [[name, groups]];
    const left = groups.flatMap(withoutOurs);
    return left.length === 0 ? [] : [[name, left]];
  });
  const { hooks: _hooks, ...rest } = settings;
  const wasOurs = kept.length === 0 && Object.keys(hooks).length > 0;
  return wasOurs ? rest : { ...settings, hooks: Object.fromEntries(kept) };
}

/** Which of our hooks the settings name. */
export function hookStatus(settings: Settings): HookStatus {
  const hooks = objectOf(settings['hooks']) ?? {};
  const urls = new Set<string>();
  const oursOf = (name: string) =>
    listOf(hooks[name])
      .flatMap((group) => listOf(objectOf(group)?.['hooks']))
      .filter(isOurs)
      .map((hook) => objectOf(hook) ?? {});
  const installed = HOOK_NAMES.filter((name) => {
    const found = oursOf(name);
    for (const { url } of found) urls.add(String(url));
    return found.length > 0;
  });
  const missing = HOOK_NAMES.filter((name) => !installed.includes(name));
  const waits = oursOf(ANSWERED).map(({ timeout }) => Number(timeout ?? CLIENT_TIMEOUT_SECONDS));
  const shortest = waits.length === 0 ? null : Math.min(...waits);
  return { urls: [...urls], installed, missing, answerSeconds: shortest };
}

function withoutOurs(group: unknown): unknown[] {
  if (!hasOurs(group)) return [group];
  const fields = objectOf(group) ?? {};
  const left = listOf(fields['hooks']).filter((hook) => !isOurs(hook));
  return left.length === 0 ? [] : [{ ...fields, hooks: left }];
}

function hasOurs(group: unknown): boolean {
  return listOf(objectOf(group)?.['hooks']).some(isOurs);
}

// Ours whatever the port: a daemon may have moved.
function isOurs(hook: unknown): boolean {
  const fields = objectOf(hook);
  if (fields?.['type'] !== 'http' || typeof fields['url'] !== 'string') return false;
  if (!URL.canParse(fields['url'])) return false;
  const { hostname, pathname } = new URL(fields['url']);
  return pathname === HOOKS_PATH && LOOPBACK.has(hostname);
}

function objectOf(value: unknown): Settings | null {
  return typeof value === 'object' && value !== null && !Array.isArray(value)
    ? (value as Settings)
    : null;
}

function listOf(value: unknown): readonly unknown[] {
  return Array.isArray(value) ? value : [];
}

function unreadable(name: string | null): OptimizerError {
  const where = name === null ? 'hooks' : `hooks.${name}`;
  return new OptimizerError('config_invalid', `${where} in the settings has an unknown shape.`, {
    fix: `Correct it by hand (${name === null ? 'an object' : 'a list'} is expected), then try again.`,
  });
}
