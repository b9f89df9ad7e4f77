import {
  calendarBodySchema,
  calendarChangeSchema,
  OptimizerError,
  type CalendarBody,
  type CalendarChange,
  type CalendarSourceSettings,
  type CalendarState,
  type SettingsBody,
  type Settings,
} from '@claude-optimizer/protocol';
import type { PlanStore } from '@claude-optimizer/store';
import { idFor, settingsOf } from './calendar-body.js';
import type { CalendarFeeds, SourceChanges } from './calendar-feeds.js';
import { revokeLogin } from './google-tokens.js';
import { OWN } from './own.js';
import type { Secret, Secrets } from './secrets.js';
import type { CalendarSource } from './source.js';

/** Our own schedule, and what stands in the place of an id in addresses. */
const RESERVED = [OWN, 'logins'];
const FAR_MS = 3_650 * 86_400_000;

type Options = {
  settings: {
    read(): Settings;
    change(change: (settings: Settings) => SettingsBody): Settings;
  };
  secrets: Secrets;
  store: PlanStore;
  feeds: CalendarFeeds;
  /** Opens a calendar that is not added yet, to see whether it can be read. */
  open: (settings: CalendarSourceSettings, secret: Secret) => CalendarSource;
  onChanges: (changes: SourceChanges) => Promise<void> | void;
  onState: (source: string) => void;
  now: () => number;
  revoke?: (token: string) => Promise<void>;
};

/** The person's calendars: added, changed, removed, read now. Secrets go in and never come out. */
export class Calendars {
  readonly #options: Options;

  constructor(options: Options) {
    this.#options = options;
  }

  list(): Promise<CalendarState[]> {
    return this.#options.feeds.states();
  }

  /**
   * Adds a calendar that can be read and reads its plans. Throws `bad_request` for what is missing,
   * or why it can't be read: then nothing was added.
   */
  async add(given: CalendarBody): Promise<CalendarState> {
    const { settings, secrets } = this.#options;
    const body = withoutNothing(calendarBodySchema.parse(given));
    const { sources } = settings.read().calendar;
    const id = idFor(body.name, new Set([...RESERVED, ...sources.map((source) => source.id)]));
    const made = settingsOf(body, id);
    await this.#check(made.settings, made.secret);
    secrets.put(id, made.secret);
    this.#set((before) => [...before, made.settings]);
    await this.#audit(id, 'added', `${made.settings.name}, ${made.settings.kind}`);
    return this.#readAnew(id);
  }

  /** Changes what is given. Throws `not_found`, `bad_request`, or why it can't be read then. */
  async change(id: string, given: CalendarChange): Promise<CalendarState> {
    const before = this.#settings(id);
    const change = withoutNothing(calendarChangeSchema.parse(given));
    const known = this.#options.secrets.of(id);
    if (movesWithSecret(before, change)) throw secretNeeded();
    const body = { ...before, ...known, ...change, kind: before.kind };
    const { settings, secret } = settingsOf(body, id);
    if (settings.enabled && isOther(before, settings, change)) await this.#check(settings, secret);
    // Of a new login, nothing of the old one holds.
    const kept = change.refreshToken === undefined ? known : {};
    this.#options.secrets.put(id, { ...kept, ...secret });
    this.#set((all) => all.map((one) => (one.id === id ? settings : one)));
    await this.#audit(id, 'changed', Object.keys(change).join(', '));
    await this.#options.feeds.reopen(id);
    return this.#readAnew(id);
  }

  /** Forgets a calendar with its secret and its plans; runs under way go on. */
  async remove(id: string): Promise<void> {
    const { secrets, store, feeds, now, onChanges, onState } = this.#options;
    const { name } = this.#settings(id);
    this.#set((before) => before.filter((source) => source.id !== id));
    secrets.drop(id);
    await feeds.reopen(id);
    const stored = await store.plans(now(), now() + FAR_MS);
    const gone = stored.flatMap(({ plan }) => (plan.source === id ? [plan] : []));
    await store.dropSource(id);
    await this.#audit(id, 'removed', name);
    await onChanges({ source: id, added: [], changed: [], gone, problems: [] });
    onState(id);
  }

  /**
   * Ends a calendar's login: revoked at Google, forgotten here, the calendar switched off. Answers
   * whether Google could be told.
   */
  async logOut(id: string): Promise<{ revoked: boolean }> {
    const { secrets, feeds, revoke = revokeLogin } = this.#options;
    this.#settings(id);
    const { refreshToken } = secrets.of(id);
    secrets.drop(id);
    this.#set((all) => all.map((one) => (one.id === id ? { ...one, enabled: false } : one)));
    await feeds.reopen(id);
    this.#options.onState(id);
    await this.#audit(id, 'logged out', '');
    if (refreshToken === undefined) return { revoked: true };
    return revoke(refreshToken).then(
      () => ({ revoked: true }),
      () => ({ revoked: false }),
    );
  }

  /** Reads a calendar now. Throws `not_found`, or why it can't be read. */
  async refresh(id: string): Promise<CalendarState> {
    await this.#options.feeds.refresh(id);
    return this.#state(id);
  }

  async #readAnew(id: string): Promise<CalendarState> {
    // A failure is in the state.
    if (this.#settings(id).enabled) await this.#options.feeds.refresh(id).catch(() => undefined);
    this.#options.onState(id);
    return this.#state(id);
  }

  async #check(settings: CalendarSourceSettings, secret: Secret): Promise<void> {
    // From the page a login can't be made yet.
    if (settings.kind === 'google' && secret.refreshToken === undefined) return;
    const source = this.#options.open(settings, secret);
    try {
      await source.fetch('');
    } finally {
      await source.close();
    }
  }

  #set(change: (sources: CalendarSourceSettings[]) => CalendarSourceSettings[]): void {
    this.#options.settings.change(({ calendar }) => ({
      calendar: { ...calendar, sources: change(calendar.sources) },
    }));
  }

  #settings(id: string): CalendarSourceSettings {
    const { sources } = this.#options.settings.read().calendar;
    const found = sources.find((source) => source.id === id);
    if (found) return found;
    throw new OptimizerError('not_found', `There is no calendar ${JSON.stringify(id)}.`, {
      fix: 'claude-optimizer calendar sources lists those that there are.',
    });
  }

  async #state(id: string): Promise<CalendarState> {
    const state = (await this.list()).find((one) => one.id === id);
    if (state) return state;
    throw new OptimizerError('not_found', `There is no calendar ${JSON.stringify(id)}.`, {
      fix: 'It was removed meanwhile.',
    });
  }

  #audit(id: string, action: string, text: string): Promise<void> {
    const { store, now } = this.#options;
    return store.audit({ at: now(), subject: `source:${id}`, action, text });
  }
}

/** A password must not go to another server than the one it was given for. */
function movesWithSecret(before: CalendarSourceSettings, change: CalendarChange): boolean {
  if (before.kind !== 'caldav' || change.password !== undefined) return false;
  const { serverUrl } = change;
  if (serverUrl === undefined || before.serverUrl === undefined) return false;
  return !URL.canParse(serverUrl) || new URL(serverUrl).origin !== new URL(before.serverUrl).origin;
}

function secretNeeded(): OptimizerError {
  return new OptimizerError('bad_request', 'password is missing for the other server.', {
    fix: 'Give the password with the new address; the old one is not sent there.',
  });
}

/** Whether it is to be read in another way than before. */
function isOther(
  before: CalendarSourceSettings,
  after: CalendarSourceSettings,
  change: CalendarChange,
): boolean {
  const { url, password, clientId, clientSecret, refreshToken } = change;
  const secrets = [url, password, clientId, clientSecret, refreshToken];
  const wayOf = ({ path, serverUrl, username, calendars, allowPrivate }: CalendarSourceSettings) =>
    JSON.stringify([path, serverUrl, username, calendars, allowPrivate]);
  return secrets.some((secret) => secret !== undefined) || wayOf(before) !== wayOf(after);
}

/** Fields that were left out, not set to undefined. */
function withoutNothing<T extends object>(body: T): { [K in keyof T]: Exclude<T[K], undefined> } {
  const given = Object.entries(body).filter(([, value]) => value !== undefined);
  return Object.fromEntries(given) as { [K in keyof T]: Exclude<T[K], undefined> };
}
