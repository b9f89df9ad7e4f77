import fs from 'node:fs';
import path from 'node:path';
import type { Spent } from '@claude-optimizer/protocol';

/** What the keeper is told to start; written whole before the keeper is. */
export type KeeperOrder = {
  command: string;
  args: string[];
  cwd: string;
  /** Added to the keeper's own environment; null takes a variable away. */
  env: Record<string, string | null>;
  /** Lines for the client's stdin. */
  input: string[];
  /** Wall-clock time after which the client is ended; null: none. */
  wallMs: number | null;
  /** The most that stdout and stderr may come to, each. */
  outputBytes: number;
  /** What earlier attempts took, which this one's stream doesn't tell. The daemon's own note. */
  before: Pick<Spent, 'turns' | 'wallMs'>;
};

/** A process that can be told from a later one with its number. */
export type ProcessMark = { pid: number; startedAt: string | null };

/** How the client ended, in the keeper's words. */
export type KeeperEnd = {
  exitCode: number | null;
  signal: string | null;
  spawnError: string | null;
  /** Why the keeper ended it, where it did. */
  stoppedFor: 'asked' | 'time_limit' | 'output_limit' | null;
  /** Epoch ms. */
  at: number;
};

/** A line of the daemon to the keeper. */
export type KeeperCommand =
  | { type: 'say'; line: string }
  | { type: 'close' }
  | { type: 'stop' }
  | { type: 'wall'; wallMs: number | null };

/** The files by which daemon and keeper of one attempt of a run speak, each written by one of them. */
export class RunFolder {
  readonly folder: string;

  constructor(folder: string) {
    this.folder = folder;
  }

  static of(dataDir: string, runId: string, attempt: number): RunFolder {
    return new RunFolder(path.join(dataDir, 'runs', `${runId}-${String(attempt)}`));
  }

  /** All that there are in the data folder. */
  static all(dataDir: string): RunFolder[] {
    const runs = path.join(dataDir, 'runs');
    if (!fs.existsSync(runs)) return [];
    return fs.readdirSync(runs).map((name) => new RunFolder(path.join(runs, name)));
  }

  get output(): string {
    return path.join(this.folder, 'out.jsonl');
  }

  get errors(): string {
    return path.join(this.folder, 'err.txt');
  }

  get commands(): string {
    return path.join(this.folder, 'in.jsonl');
  }

  make(): void {
    fs.mkdirSync(this.folder, { recursive: true, mode: 0o700 });
  }

  remove(): void {
    fs.rmSync(this.folder, { recursive: true, force: true });
  }

  order(): KeeperOrder | null {
    return this.#read('order.json') as KeeperOrder | null;
  }

  putOrder(order: KeeperOrder): void {
    this.#write('order.json', order);
  }

  keeper(): ProcessMark | null {
    return this.#read('keeper.json') as ProcessMark | null;
  }

  /** Makes the caller the run's only keeper; false when there is one, alive or not. */
  claim(mark: ProcessMark): boolean {
    const file = path.join(this.folder, 'keeper.json');
    const own = `${file}.${String(mark.pid)}`;
    // A link appears with its content, and only where there is nothing yet.
    fs.writeFileSync(own, JSON.stringify(mark), { mode: 0o600 });
    try {
      fs.linkSync(own, file);
      return true;
    } catch (error) {
      if (error instanceof Error && 'code' in error && error.code === 'EEXIST') return false;
      throw error;
    } finally {
      fs.rmSync(own);
    }
  }

  client(): ProcessMark | null {
    return this.#read('client.json') as ProcessMark | null;
  }

  putClient(mark: ProcessMark): void {
    this.#write('client.json', mark);
  }

  end(): KeeperEnd | null {
    return this.#read('end.json') as KeeperEnd | null;
  }

  putEnd(end: KeeperEnd): void {
    this.#write('end.json', end);
  }

  /** Scopes of permissions that hold for the run. */
  allowed(): string[] {
    return (this.#read('allowed.json') ?? []) as string[];
  }

  putAllowed(scopes: readonly string[]): void {
    this.#write('allowed.json', scopes);
  }

  tell(command: KeeperCommand): void {
    fs.appendFileSync(this.commands, `${JSON.stringify(command)}\n`, { mode: 0o600 });
  }

  /** All commands so far; a line that is being written waits. */
  told(): KeeperCommand[] {
    if (!fs.existsSync(this.commands)) return [];
    const lines = fs.readFileSync(this.commands, 'utf8').split('\n').slice(0, -1);
    return lines.map((line) => JSON.parse(line) as KeeperCommand);
  }

  /** The last words on stderr. */
  errorText(): string {
    if (!fs.existsSync(this.errors)) return '';
    return fs.readFileSync(this.errors, 'utf8').slice(-4_000);
  }

  #read(name: string): unknown {
    const file = path.join(this.folder, name);
    if (!fs.existsSync(file)) return null;
    return JSON.parse(fs.readFileSync(file, 'utf8'));
  }

  #write(name: string, content: unknown): void {
    const file = path.join(this.folder, name);
    fs.writeFileSync(`${file}.new`, JSON.stringify(content), { mode: 0o600 });
    fs.renameSync(`${file}.new`, file);
  }
}
