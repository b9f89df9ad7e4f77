import { writeFileSync } from 'node:fs';
import path from 'node:path';
import { OptimizerError, type CalendarBody, type CalendarState } from '@claude-optimizer/protocol';
import {
  createLog,
  exportSchedule,
  logInToGoogle,
  readConfig,
  type Flags,
} from '@claude-optimizer/server';
import { atCalendars } from '../calendar-desk.js';
import { openInBrowser } from '../open-in-browser.js';
import { readSecret } from '../read-secret.js';
import { renderSources } from '../render-sources.js';

export type SourceFlags = Flags & { json?: boolean };
export type AddFlags = SourceFlags & {
  name?: string;
  trust?: 'automatic' | 'confirm' | 'always';
  username?: string;
  calendar?: string[];
  clientId?: string;
  allowPrivate?: boolean;
};
export type ExportFlags = Flags & { out?: string };
export type FeedFlags = Flags & { new?: boolean; off?: boolean };

const KINDS: Record<string, CalendarBody['kind']> = {
  file: 'ics-file',
  'ics-file': 'ics-file',
  url: 'ics-url',
  'ics-url': 'ics-url',
  caldav: 'caldav',
  google: 'google',
};

/** Adds a calendar that can be read; its secret is asked for. Throws `bad_request` or why not. */
export async function add(kind: string, place: string | undefined, flags: AddFlags) {
  const known = KINDS[kind];
  if (known === undefined) {
    throw new OptimizerError('bad_request', `${JSON.stringify(kind)} is no kind of calendar.`, {
      fix: 'Add file <path>, url, caldav <server> --username <name>, or google.',
    });
  }
  const body = await bodyOf(known, place, flags);
  const added = await atCalendars(configOf(flags), (desk) => desk.add(body));
  return shown([added], flags.json);
}

/** All calendars with their states. */
export async function list({ json, ...flags }: SourceFlags): Promise<string> {
  return shown(await atCalendars(configOf(flags), (desk) => desk.list()), json);
}

export async function refresh(id: string, { json, ...flags }: SourceFlags): Promise<string> {
  return shown([await atCalendars(configOf(flags), (desk) => desk.refresh(id))], json);
}

/** Removes a calendar with its secret and its plans. Throws `not_found`. */
export async function remove(id: string, flags: Flags): Promise<string> {
  await atCalendars(configOf(flags), (desk) => desk.remove(id));
  return `${id}: removed with its plans and its secret.\n`;
}

/** Logs in (again): at Google in the browser, elsewhere with the password or address asked for. */
export async function logIn(id: string, { json, clientId, ...flags }: AddFlags): Promise<string> {
  return atCalendars(configOf(flags), async (desk) => {
    const known = (await desk.list()).find((state) => state.id === id);
    if (!known?.settings) throw noCalendar(id);
    const change = await secretsOf(known.settings.kind, clientId);
    return shown([await desk.change(id, { ...change, enabled: true })], json);
  });
}

/** Revokes a login and forgets it. Throws `not_found`. */
export async function logOut(id: string, flags: Flags): Promise<string> {
  const { revoked } = await atCalendars(configOf(flags), (desk) => desk.logOut(id));
  const said = `${id}: its secret is forgotten and the calendar switched off.\n`;
  if (revoked) return said;
  return `${said}Google could not be told: end it at https://myaccount.google.com/connections\n`;
}

/** Our own schedule as an .ics: its text, or where it was written. */
export async function exportTo({ out, ...flags }: ExportFlags): Promise<string> {
  const calendar = await exportSchedule(configOf(flags));
  if (out === undefined) return calendar;
  writeFileSync(out, calendar, { mode: 0o600 });
  return `${path.resolve(out)}: written; calendar apps can open it.\n`;
}

/** The secret address under which our own schedule can be subscribed to. */
export async function feed({ new: anew, off, ...flags }: FeedFlags): Promise<string> {
  return atCalendars(configOf(flags), async (desk, url) => {
    if (off) {
      await desk.feed('shut');
      return 'The feed is off; its address leads nowhere.\n';
    }
    const before = anew ? null : await desk.feed('get');
    const address = before ?? (await desk.feed('open')) ?? '';
    return `${url ?? 'http://localhost:3001'}${address}\nWho knows it can read when sessions are planned. A new one: --new; none: --off\n`;
  });
}

async function bodyOf(
  kind: CalendarBody['kind'],
  place: string | undefined,
  { name, trust, username, calendar = [], allowPrivate, clientId }: AddFlags,
): Promise<CalendarBody> {
  if (kind === 'ics-url' && place !== undefined) throw addressInSight();
  const secrets = await secretsOf(kind, clientId);
  const common = {
    kind,
    calendars: calendar,
    ...secrets,
    ...(trust !== undefined && { trust }),
    ...(allowPrivate !== undefined && { allowPrivate }),
    ...(username !== undefined && { username }),
  };
  switch (kind) {
    case 'ics-file': {
      const file = place === undefined || place.startsWith('~') ? place : path.resolve(place);
      const called = name ?? path.basename(file ?? 'calendar', '.ics');
      return { ...common, name: called, ...(file !== undefined && { path: file }) };
    }
    case 'ics-url':
      return { ...common, name: name ?? hostOf(secrets.url ?? '') };
    case 'caldav':
      return { ...common, name: name ?? hostOf(place ?? ''), ...(place && { serverUrl: place }) };
    case 'google':
      return { ...common, name: name ?? secrets.username ?? 'Google' };
  }
}

type Secrets = Pick<
  CalendarBody,
  'url' | 'password' | 'clientId' | 'clientSecret' | 'refreshToken' | 'username'
>;

async function secretsOf(kind: CalendarBody['kind'], clientId?: string): Promise<Secrets> {
  switch (kind) {
    case 'ics-file':
      return {};
    case 'ics-url':
      return { url: await readSecret('The secret address of the calendar') };
    case 'caldav':
      return { password: await readSecret('Password (best an app password)') };
    case 'google':
      return googleSecrets(clientId);
  }
}

async function googleSecrets(clientId: string | undefined): Promise<Secrets> {
  if (clientId === undefined) {
    throw new OptimizerError('bad_request', 'Google needs an OAuth client of your own.', {
      fix: 'Make one as docs/calendar.md says and give its id: --client-id <id>. The secret iCal address is easier: calendar add url',
    });
  }
  const clientSecret = await readSecret('Client secret', true);
  const { secret, account } = await logInToGoogle({
    clientId,
    ...(clientSecret !== '' && { clientSecret }),
    now: () => Date.now(),
    open: async (url) => {
      process.stderr.write(`Allow it in the browser. If none opens, open this page:\n${url}\n`);
      await openInBrowser(url, createLog({ level: 'silent' }));
    },
  });
  return {
    clientId,
    ...(clientSecret !== '' && { clientSecret }),
    ...(secret.refreshToken !== undefined && { refreshToken: secret.refreshToken }),
    ...(account !== null && { username: account }),
  };
}

function shown(states: readonly CalendarState[], json = false): string {
  return json ? `${JSON.stringify(states, null, 2)}\n` : renderSources(states);
}

function configOf(flags: Flags) {
  return readConfig({ flags });
}

function hostOf(address: string): string {
  const text = address.replace(/^webcals?:/i, 'https:');
  return URL.canParse(text) ? new URL(text).hostname : 'calendar';
}

function noCalendar(id: string): OptimizerError {
  return new OptimizerError('not_found', `There is no calendar ${JSON.stringify(id)}.`, {
    fix: 'claude-optimizer calendar sources lists those that there are.',
  });
}

function addressInSight(): OptimizerError {
  return new OptimizerError('bad_request', 'The address is a secret and was given in sight.', {
    fix: 'Leave it out: it is asked for, or read from stdin. If others use this machine, reset it.',
  });
}
