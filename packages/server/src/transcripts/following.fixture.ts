import { appendFile, mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import os from 'node:os';
import path from 'node:path';
import type { SessionEvent, SessionState } from '@claude-optimizer/protocol';
import { openSqliteStore, type Store } from '@claude-optimizer/store';
import pino from 'pino';
import { vi } from 'vitest';
import type { FoundFile } from './find-transcripts.js';
import { LogMonitor } from './log-monitor.js';

/** A LogMonitor at real folders, and all that it has told. */
export class Following {
  readonly folder: string;
  readonly store: Store;
  readonly events: SessionEvent[] = [];
  readonly warnings: string[] = [];
  statuses = 0;
  monitor: LogMonitor;
  /** While this hasn't resolved, a person waits for something else. */
  opening: Promise<void> = Promise.resolve();
  readonly #dirs: readonly string[];

  private constructor(folder: string, store: Store, dirs: readonly string[]) {
    this.folder = folder;
    this.store = store;
    this.#dirs = dirs;
    this.monitor = this.#monitor();
  }

  /** Nothing is started yet; `dirs` are claude directories below a fresh folder. */
  static async prepare(dirs: readonly string[] = ['claude']): Promise<Following> {
    const folder = await mkdtemp(path.join(os.tmpdir(), 'following-'));
    return new Following(folder, await openSqliteStore(':memory:'), dirs);
  }

  async start(): Promise<void> {
    await this.monitor.start();
    await this.monitor.indexed();
  }

  /** Another monitor on the same store, as after a restart; `found` as its option. */
  async restart(found?: Promise<FoundFile[] | null>): Promise<void> {
    await this.monitor.stop();
    this.monitor = this.#monitor(found);
    await this.start();
  }

  async write(file: string, content: string): Promise<string> {
    const full = path.join(this.folder, file);
    await mkdir(path.dirname(full), { recursive: true });
    await writeFile(full, content);
    return full;
  }

  append(file: string, content: string | Buffer): Promise<void> {
    return appendFile(path.join(this.folder, file), content);
  }

  /** The texts told so far, in order. */
  texts(): string[] {
    return this.events.flatMap((event) => (event.type === 'session:message' ? [event.text] : []));
  }

  /** Waits until this was told; the next sweep, in a minute, would be too late. */
  async hears(...texts: string[]): Promise<void> {
    await vi.waitFor(
      () => {
        const missing = texts.filter((text) => !this.texts().includes(text));
        if (missing.length > 0) throw new Error(`not told yet: ${missing.join(', ')}`);
      },
      { timeout: 8_000, interval: 5 },
    );
  }

  async session(id: string): Promise<SessionState | null> {
    return (await this.store.sessions([id])).get(id)?.state ?? null;
  }

  async close(): Promise<void> {
    await this.monitor.stop();
    await this.store.close();
    await rm(this.folder, { recursive: true, force: true });
  }

  #monitor(found?: Promise<FoundFile[] | null>): LogMonitor {
    const lines = {
      write: (line: string) => this.warnings.push((JSON.parse(line) as { msg: string }).msg),
    };
    return new LogMonitor({
      claudeDirs: this.#dirs.map((dir) => path.join(this.folder, dir)),
      store: this.store,
      now: () => Date.now(),
      ...(found && { found }),
      pause: () => this.opening,
      log: pino({ level: 'warn' }, lines),
      onEvents: (events) => this.events.push(...events),
      onStatus: () => (this.statuses += 1),
    });
  }
}
