import { readFileSync, statSync, chmodSync } from 'node:fs';
import path from 'node:path';
import { OptimizerError } from '@claude-optimizer/protocol';
import * as z from 'zod';
import { writeWhole } from '../../config/write-whole.js';

/** In the data folder, for its owner alone. */
const FILE = 'secrets.json';

/** What opens a calendar: the address of a feed, a password, a login. */
export const secretSchema = z.object({
  url: z.string().optional(),
  password: z.string().optional(),
  clientId: z.string().optional(),
  clientSecret: z.string().optional(),
  refreshToken: z.string().optional(),
  accessToken: z.string().optional(),
  /** When the access token ends, epoch ms. */
  accessUntil: z.int().optional(),
});
export type Secret = z.infer<typeof secretSchema>;

const fileSchema = z.object({
  calendars: z.record(z.string(), secretSchema).default({}),
  /** The token in the path of our own feed. */
  feed: z.string().optional(),
});
type Kept = z.infer<typeof fileSchema>;

/**
 * Secrets by calendar source, in a file that only the person can read. Never logged and never
 * answered. Throws `config_invalid` when the file can't be read.
 */
export class Secrets {
  readonly #file: string;

  constructor(dataDir: string) {
    this.#file = path.join(dataDir, FILE);
  }

  of(source: string): Secret {
    return this.#read().calendars[source] ?? {};
  }

  put(source: string, secret: Secret): void {
    const kept = this.#read();
    this.#write({ ...kept, calendars: { ...kept.calendars, [source]: secret } });
  }

  /** Forgets what opens a source. */
  drop(source: string): void {
    const kept = this.#read();
    if (!(source in kept.calendars)) return;
    const calendars = Object.entries(kept.calendars).filter(([id]) => id !== source);
    this.#write({ ...kept, calendars: Object.fromEntries(calendars) });
  }

  /** The token of our own feed, or null when it was never asked for. */
  get feedToken(): string | null {
    return this.#read().feed ?? null;
  }

  setFeedToken(token: string | null): void {
    const { feed: _before, ...kept } = this.#read();
    this.#write(token === null ? kept : { ...kept, feed: token });
  }

  #read(): Kept {
    const stat = statSync(this.#file, { throwIfNoEntry: false });
    if (!stat) return { calendars: {} };
    // Windows has no such bits; the folder's rights hold there.
    if (process.platform !== 'win32' && (stat.mode & 0o077) !== 0) this.#close();
    const read = fileSchema.safeParse(parsed(readFileSync(this.#file, 'utf8')));
    if (read.success) return read.data;
    // Without the cause: it would quote what the file holds.
    throw new OptimizerError('config_invalid', `${this.#file} can't be read.`, {
      fix: 'Remove it and add the calendars’ secrets again.',
    });
  }

  /** Others could read it: they can no more. */
  #close(): void {
    try {
      chmodSync(this.#file, 0o600);
    } catch (cause) {
      throw new OptimizerError('config_invalid', `${this.#file} can be read by others.`, {
        fix: 'Make it yours alone (chmod 600), and change the secrets in it.',
        cause,
      });
    }
  }

  #write(kept: Kept): void {
    writeWhole(this.#file, `${JSON.stringify(kept, null, 2)}\n`);
  }
}

function parsed(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return null;
  }
}
