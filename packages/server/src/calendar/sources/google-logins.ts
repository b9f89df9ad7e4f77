import { randomUUID } from 'node:crypto';
import {
  OptimizerError,
  type GoogleLoginBody,
  type GoogleLoginState,
} from '@claude-optimizer/protocol';
import type { Calendars } from './calendars.js';
import type { GoogleEndpoints } from './google-endpoints.js';
import { logInToGoogle, type GoogleLogin } from './google-login.js';
import type { Secret, Secrets } from './secrets.js';

/** Each keeps a port open for five minutes. */
const MOST_WAITING = 5;

type Options = {
  calendars: Pick<Calendars, 'add' | 'change'>;
  secrets: Pick<Secrets, 'of'>;
  now: () => number;
  endpoints?: GoogleEndpoints;
};

/** Logins at Google that were begun on the page and end in the browser; tokens never go there. */
export class GoogleLogins {
  readonly #options: Options;
  readonly #states = new Map<string, GoogleLoginState>();
  readonly #closing = new AbortController();

  constructor(options: Options) {
    this.#options = options;
  }

  /**
   * Begins a login and answers the page at Google that the person is to open; once they have
   * allowed it the calendar is added, or (`calendar`) logged in anew. Throws `bad_request` without
   * a client, `conflict` when too many are waited for.
   */
  async begin(body: GoogleLoginBody): Promise<{ id: string; page: string }> {
    const client = this.#clientOf(body);
    const waiting = [...this.#states.values()].filter(({ state }) => state === 'waiting');
    if (waiting.length >= MOST_WAITING) {
      throw new OptimizerError('conflict', 'Too many logins have been begun.', {
        fix: 'Finish one in the browser, or wait for five minutes.',
      });
    }
    const { now, endpoints } = this.#options;
    const { signal } = this.#closing;
    const id = randomUUID();
    this.#states.set(id, { state: 'waiting', calendar: null, error: null });
    const page = await new Promise<string>((open, reject) => {
      logInToGoogle({ ...client, open, now, signal, ...(endpoints && { endpoints }) })
        .then((login) => this.#use(body, client, login))
        .then(
          (calendar) => this.#states.set(id, { state: 'done', calendar, error: null }),
          (failure: unknown) => {
            this.#states.set(id, { state: 'failed', calendar: null, error: wordsOf(failure) });
            reject(failure instanceof Error ? failure : new Error(String(failure)));
          },
        );
    });
    return { id, page };
  }

  /** How a login stands. Throws `not_found`. */
  state(id: string): GoogleLoginState {
    const state = this.#states.get(id);
    if (state) return state;
    throw new OptimizerError('not_found', 'There is no such login.', { fix: 'Begin it again.' });
  }

  /** Waits for nobody any more. */
  close(): void {
    this.#closing.abort();
  }

  /** What was typed, or what is kept of a calendar's earlier login. */
  #clientOf({ calendar, clientId, clientSecret }: GoogleLoginBody): Client {
    const kept: Secret = calendar === undefined ? {} : this.#options.secrets.of(calendar);
    const own = clientId === undefined ? kept : { clientId, clientSecret };
    if (own.clientId === undefined) {
      throw new OptimizerError('bad_request', 'clientId is missing.', {
        fix: 'Give the id of your OAuth client of the type “Desktop app”.',
      });
    }
    const { clientSecret: secret } = own;
    return { clientId: own.clientId, ...(secret !== undefined && { clientSecret: secret }) };
  }

  async #use(body: GoogleLoginBody, client: Client, { secret, account }: GoogleLogin) {
    const { calendars } = this.#options;
    const { refreshToken } = secret;
    const login = {
      ...client,
      ...(refreshToken !== undefined && { refreshToken }),
      ...(account !== null && { username: account }),
    };
    if (body.calendar !== undefined) {
      return (await calendars.change(body.calendar, { ...login, enabled: true })).id;
    }
    const name = body.name ?? account ?? 'Google';
    const trust = body.trust === undefined ? {} : { trust: body.trust };
    return (await calendars.add({ kind: 'google', name, ...trust, ...login })).id;
  }
}

type Client = { clientId: string; clientSecret?: string };

function wordsOf(failure: unknown): string {
  if (failure instanceof OptimizerError) return `${failure.message} ${failure.fix}`;
  return 'The login failed unexpectedly. Begin it again.';
}
