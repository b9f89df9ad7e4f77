import { appendFileSync, mkdirSync, mkdtempSync, rmSync, utimesSync, writeFileSync } from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { foldSession } from '@claude-optimizer/core';
import type { SessionEvent, SessionState } from '@claude-optimizer/protocol';
import { openSqliteStore, type Checkpoint, type Store } from '@claude-optimizer/store';
import { eventsOfLoad } from '@claude-optimizer/store/load';
import { loadSession } from './load-session.js';
import { Recorder, type Loaded } from './recorder.js';
import { scanFile, type FileBatch } from './scan-file.js';
import { transcriptPlace } from './transcript-path.js';

/** Any time: nothing that is read depends on it. */
const NOW = Date.UTC(2026, 10, 23, 12);

/** Real files in a folder of their own, read when the test says so into a store in memory. */
export class Reading {
  readonly folder = mkdtempSync(path.join(os.tmpdir(), 'reading-'));
  readonly events: SessionEvent[] = [];
  readonly store: Store;
  readonly #ids = new Map<string, number>();
  #recorder: Recorder;

  private constructor(store: Store, recorder: Recorder) {
    this.store = store;
    this.#recorder = recorder;
  }

  static async open(): Promise<Reading> {
    const store = await openSqliteStore(':memory:');
    return new Reading(store, await openRecorder(store));
  }

  /** Ends one recorder and goes on with another, as a restart does. */
  async restart(): Promise<void> {
    this.#recorder = await openRecorder(this.store);
  }

  /** Writes a file anew; `age` (ms before now) is what the earlier of two files has more of. */
  write(file: string, content: string | Buffer, age = 0): void {
    const full = path.join(this.folder, file);
    mkdirSync(path.dirname(full), { recursive: true });
    writeFileSync(full, content);
    const time = new Date(NOW - age);
    utimesSync(full, time, time);
  }

  append(file: string, bytes: string | Buffer): void {
    appendFileSync(path.join(this.folder, file), bytes);
  }

  /** What a file holds beyond what was read of it. */
  async scan(file: string): Promise<FileBatch[]> {
    const checkpoint = (await this.checkpoints()).get(file) ?? null;
    return [...scanFile(this.#fileOf(file), checkpoint)];
  }

  /** Reads and stores what a file holds beyond what was read of it. */
  async read(file: string): Promise<void> {
    for (const batch of await this.scan(file)) await this.record([batch]);
  }

  async record(batches: readonly FileBatch[]): Promise<void> {
    this.events.push(...(await this.#recorder.record(batches)));
  }

  /** Makes new sessions ready as the reading threads do, and writes them together. */
  async load(...sessions: { sessionId: string; files: readonly string[] }[]): Promise<Loaded> {
    const loads = sessions.flatMap(({ sessionId, files }) => [
      ...loadSession({ sessionId, now: NOW, files: files.map((file) => this.#fileOf(file)) }),
    ]);
    const loaded = await this.#recorder.load(loads.filter((load) => load !== null));
    this.events.push(
      ...loaded.written.flatMap(({ load, seq }) => eventsOfLoad(load, seq)),
      ...loaded.events,
    );
    return loaded;
  }

  /** Checkpoints by the file's name in the folder. */
  async checkpoints(): Promise<Map<string, Checkpoint>> {
    const all = (await this.store.fileMarks()).flatMap(
      (mark) => this.store.checkpoint(mark.path) ?? [],
    );
    return new Map(
      all.map((checkpoint) => [path.relative(this.folder, checkpoint.path), checkpoint]),
    );
  }

  /** A session as stored. */
  async session(id: string): Promise<SessionState | null> {
    return (await this.store.sessions([id])).get(id)?.state ?? null;
  }

  /** All sessions as their events, as told, give them. */
  folded(): Map<string, SessionState> {
    const states = new Map<string, SessionState>();
    for (const event of this.events) {
      states.set(event.sessionId, foldSession(states.get(event.sessionId) ?? null, event));
    }
    return states;
  }

  async close(): Promise<void> {
    await this.store.close();
    rmSync(this.folder, { recursive: true, force: true });
  }

  #fileOf(file: string) {
    const id = this.#ids.get(file) ?? this.#ids.size + 1;
    this.#ids.set(file, id);
    return { id, path: path.join(this.folder, file), place: transcriptPlace(file) };
  }
}

async function openRecorder(store: Store): Promise<Recorder> {
  return Recorder.open(store, () => NOW, await store.fileMarks(), threadOf);
}

// A second claude directory is a folder `copy/` here.
function threadOf(file: string): string {
  const { role, agentId } = transcriptPlace(file);
  return role === 'main' ? 'main' : `${role} ${agentId ?? path.basename(file)}`;
}
