import { mkdirSync, readdirSync, rmSync, statSync } from 'node:fs';
import path from 'node:path';
import type {
  ArchiveSettings,
  ArchiveStatus,
  PruneAnswer,
  PruneRequest,
} from '@claude-optimizer/protocol';
import { openArchiveIndex, type ArchiveIndex } from '@claude-optimizer/store';
import { frames, type About } from './frame-file.js';
import { stands, TranscriptKeeper } from './keep-transcripts.js';
import { indexFile, partOf, refOf } from './places.js';
import { planByRule, planPrune, prune, type PrunePlan } from './prune.js';

/** When the archive last gave something up by itself, in the index's notes. */
const PRUNED_AT = 'pruned_at';

/** The one writer of an archive: keeps, gives up, forgets. Everything in it is synchronous. */
export class ArchiveDesk {
  readonly folder: string;
  readonly #index: ArchiveIndex;
  readonly #keeper: TranscriptKeeper;
  readonly #now: () => number;
  #settings: ArchiveSettings;
  #isFull = false;

  private constructor(
    folder: string,
    index: ArchiveIndex,
    settings: ArchiveSettings,
    now: () => number,
  ) {
    this.folder = folder;
    this.#index = index;
    this.#settings = settings;
    this.#now = now;
    this.#keeper = new TranscriptKeeper(folder, index, now);
  }

  /** Opens the archive in `folder` and mends what a crash has left. Throws `store_unavailable`. */
  static async open(
    folder: string,
    settings: ArchiveSettings,
    now: () => number,
  ): Promise<ArchiveDesk> {
    mkdirSync(folder, { recursive: true, mode: 0o700 });
    const index = await openArchiveIndex(indexFile(folder));
    const desk = new ArchiveDesk(folder, index, settings, now);
    desk.#mend();
    return desk;
  }

  set settings(settings: ArchiveSettings) {
    this.#settings = settings;
  }

  /** Keeps what a transcript has gained; gives when to look again (ms), null when not. */
  *keep(about: About): Generator<void, number | null> {
    if (!this.#settings.keep || this.#isFull) return null;
    const { again } = yield* this.#keeper.keep(about);
    return again;
  }

  /** Notes which transcripts are gone since they were kept. */
  lookForGone(): void {
    for (const file of this.#index.all()) {
      if (file.gone || file.superseded || stands(file.path)) continue;
      const settled = this.#keeper.bytes.settle(file);
      this.#index.update({ ...settled, gone: true });
    }
  }

  /** Gives up what the settings say. */
  holdLimits(): void {
    const { limitBytes } = this.#settings;
    const plan = planByRule(this.#index.all(), this.#settings, this.#now());
    if (plan.files.length > 0) this.#give(plan);
    this.#isFull = limitBytes !== null && this.#index.sums().bytes > limitBytes;
  }

  prune({ dryRun, ...wanted }: PruneRequest): PruneAnswer {
    this.lookForGone();
    const plan = planPrune(this.#index.all(), wanted, this.#now());
    const answer = prune(this.#index, this.#keeper.bytes, plan, dryRun);
    this.#isFull = false;
    return answer;
  }

  /** Removes all that is kept of a session. */
  forget(sessionId: string): void {
    for (const file of this.#index.ofSession(sessionId)) {
      this.#keeper.bytes.drop(file);
      this.#index.remove(file.id);
    }
  }

  /** Whether the limit is reached and nothing is old enough to be given up for it. */
  get isFull(): boolean {
    return this.#isFull;
  }

  get isKeeping(): boolean {
    return this.#settings.keep;
  }

  status(): StoredStatus {
    return statusOf(this.#index, this.folder, this.#settings);
  }

  close(): void {
    this.#index.close();
  }

  #give(plan: PrunePlan): void {
    this.lookForGone();
    prune(this.#index, this.#keeper.bytes, plan, false);
    this.#index.setNote(PRUNED_AT, Math.floor(this.#now()));
  }

  #mend(): void {
    const known = new Set<string>();
    for (const file of this.#index.all()) {
      known.add(`${file.ref}.${String(file.generation)}`);
      this.#keeper.bytes.mend(file);
    }
    for (const { place, ref, generation } of partsIn(this.folder)) {
      const name = `${ref}.${String(generation)}`;
      const file = this.#index.byRef(ref).find((one) => one.generation === generation);
      if (file?.pruned) rmSync(place, { force: true });
      else if (!known.has(name) && this.#takeIn(place, ref, generation)) known.add(name);
    }
  }

  /** A kept file that the index doesn't know, as when the index was lost. */
  #takeIn(place: string, ref: string, generation: number): boolean {
    const { about } = frames(place);
    if (about === null || refOf(about.path) !== ref) return false;
    const { path: transcript, root, sessionId, role, agentId } = about;
    const later = this.#index.current(transcript);
    const file = this.#index.add({
      ...{ path: transcript, root, sessionId, role, agentId, ref, generation },
      ...{ rawBytes: 0, sealedBytes: 0, tailBytes: 0 },
      ...{ sourceSize: -1, sourceModifiedAt: 0, sourceInode: '', changedAt: changeOf(place) },
      ...{ gone: false, superseded: later !== null && later.generation > generation },
      pruned: false,
    });
    if (later !== null && later.generation < generation) {
      this.#index.update({ ...later, superseded: true });
    }
    this.#keeper.bytes.mend(file);
    return true;
  }
}

/** What an archive holds, by its index. */
export function statusOf(
  index: ArchiveIndex,
  folder: string,
  { limitBytes, retentionDays }: ArchiveSettings,
): StoredStatus {
  const prunedAt = index.note(PRUNED_AT);
  return { folder, ...index.sums(), limitBytes, retentionDays, prunedAt };
}

/** As `statusOf` where nothing was ever kept. */
export function emptyStatus(
  folder: string,
  { limitBytes, retentionDays }: ArchiveSettings,
): StoredStatus {
  const nothing = { files: 0, sessions: 0, onlyHere: 0, rawBytes: 0, bytes: 0, prunedSessions: 0 };
  return { folder, ...nothing, limitBytes, retentionDays, oldestAt: null, prunedAt: null };
}
export type StoredStatus = Omit<ArchiveStatus, 'state' | 'pending' | 'problem'>;

function* partsIn(folder: string) {
  for (const bucket of readdirSync(folder, { withFileTypes: true })) {
    if (!bucket.isDirectory()) continue;
    for (const name of readdirSync(path.join(folder, bucket.name))) {
      const part = partOf(name);
      if (part !== null) yield { ...part, place: path.join(folder, bucket.name, name) };
    }
  }
}

function changeOf(place: string): number {
  return statSync(place).mtimeMs;
}
