import { statSync } from 'node:fs';
import {
  OptimizerError,
  settingsSchema,
  type Settings,
  type SettingsBody,
} from '@claude-optimizer/protocol';
import { Listeners } from '../listeners.js';
import { configFileIn, readConfigFile } from './config-file.js';
import { writeWhole } from './write-whole.js';

/**
 * The person's settings in `config.json` of the data folder. Read anew when the file has changed,
 * by whomever: page, command or hand. What we don't know in it stays as it is.
 */
export class PersonSettings {
  readonly #dataDir: string;
  readonly #changes = new Listeners<[Settings]>();
  #stamp: string | null = null;
  #settings: Settings | null = null;

  constructor(dataDir: string) {
    this.#dataDir = dataDir;
  }

  get file(): string {
    return configFileIn(this.#dataDir);
  }

  /** The settings as they are now. Throws `config_invalid`, saying which field and why. */
  read(): Settings {
    const stamp = stampOf(this.file);
    if (this.#settings === null || stamp !== this.#stamp) {
      this.#settings = checked(readConfigFile(this.#dataDir), this.file);
      this.#stamp = stamp;
    }
    return this.#settings;
  }

  /** Replaces whole sections and writes the file. Throws `config_invalid`; then nothing changed. */
  change(change: (settings: Settings) => SettingsBody): Settings {
    const kept = readConfigFile(this.#dataDir);
    const next = { ...kept, ...change(checked(kept, this.file)) };
    const settings = checked(next, this.file);
    writeWhole(this.file, `${JSON.stringify(next, null, 2)}\n`);
    this.#settings = settings;
    this.#stamp = stampOf(this.file);
    this.#changes.tell(settings);
    return settings;
  }

  /** Called after a change made through this object. Returns the unsubscriber. */
  onChange(listener: (settings: Settings) => void): () => void {
    return this.#changes.add(listener);
  }
}

function checked(content: unknown, file: string): Settings {
  const read = settingsSchema.safeParse(content);
  if (read.success) return read.data;
  const problems = read.error.issues.map(({ path, message }) => `${path.join('.')}: ${message}`);
  throw new OptimizerError('config_invalid', `${file}: ${problems.join('; ')}.`, {
    fix: 'Correct these fields; nothing was changed.',
  });
}

function stampOf(file: string): string {
  const stat = statSync(file, { throwIfNoEntry: false, bigint: true });
  return stat ? `${String(stat.mtimeNs)} ${String(stat.size)}` : '';
}
