import { basename as nameOf } from 'node:path';
import { OptimizerError } from '@claude-optimizer/protocol';
import type { ArchiveIndex, ArchiveMember, KeptFile } from '@claude-optimizer/store';
import { HEAD_BYTES, unpackAside } from './frame.js';
import type { About } from './frame-file.js';
import { besideOthers, type OwnFiles } from './own-files.js';
import { partFile, refOf } from './places.js';

/** One transcript file of a session: Claude Code's own where it still stands, else the kept one. */
export type RawFile = {
  /** Names the file in addresses and in `read`. */
  ref: string;
  role: 'main' | 'agent' | 'aside';
  agentId: string | null;
  /** The file's own name, without its ending. */
  name: string;
  /** The workflow's run whose agents' files lie together; null for any other file. */
  run: string | null;
  bytes: number;
  kept: 'transcript' | 'archive';
};

/** The bytes of a session's transcript files, of Claude Code's own file where it still stands, else of the archive. */
export interface RawTranscripts {
  /** The main files first, each by path; none for a session that is unknown or deleted. */
  files(sessionId: string): Promise<RawFile[]>;
  /**
   * Bytes [from, to) of a file; shorter at its end. Throws `not_found` where it is nowhere. What is
   * read of Claude Code's own file may be put into `room`, if that is large enough.
   */
  read(ref: string, from: number, to: number, room?: Buffer): Promise<Buffer>;
  /** Makes a file known by its path: it can be read without a look at its session. */
  know(ref: string, path: string): void;
  /** Removes what is kept of a session; Claude Code's own files are left alone. */
  delete(sessionId: string): Promise<void>;
}

type Options = {
  folder: string;
  /** The archive's index for reading; null while there is none. */
  index: () => ArchiveIndex | null;
  /** The transcripts of a session by what was read of them. */
  known: (sessionId: string) => Promise<readonly About[]>;
  forget: (sessionId: string) => Promise<void>;
  own?: OwnFiles;
};

/** Unpacked members at hand: reading on in a file doesn't unpack the same one again. */
const CACHED = 8;
/** A member may be packed anew while it is being read. */
const TRIES = 4;
const ROLES = ['main', 'agent', 'aside'] as const;

/** Reads transcripts from where they are; the archive's worker may write meanwhile. */
export class FoundTranscripts implements RawTranscripts {
  readonly #options: Options;
  readonly #own: OwnFiles;
  readonly #paths = new Map<string, string>();
  readonly #cache = new Map<string, Buffer>();

  constructor(options: Options) {
    this.#options = options;
    this.#own = options.own ?? besideOthers;
  }

  async files(sessionId: string): Promise<RawFile[]> {
    const files = new Map<string, RawFile & { path: string }>();
    for (const { path, role, agentId } of await this.#options.known(sessionId)) {
      const bytes = await this.#own.size(path);
      if (bytes !== null) {
        const where = { bytes, kept: 'transcript' } as const;
        files.set(path, { ref: refOf(path), path, role, agentId, ...namesOf(path), ...where });
      }
    }
    for (const file of this.#options.index()?.ofSession(sessionId) ?? []) {
      const { path, ref, role, agentId, superseded, pruned, rawBytes } = file;
      if (superseded || pruned || files.has(path)) continue;
      const bytes = await this.#own.size(path);
      const where =
        bytes === null
          ? ({ bytes: rawBytes, kept: 'archive' } as const)
          : ({ bytes, kept: 'transcript' } as const);
      files.set(path, { ref, path, role, agentId, ...namesOf(path), ...where });
    }
    for (const { ref, path } of files.values()) this.#paths.set(ref, path);
    return eachOnce([...files.values()])
      .sort((a, b) => ROLES.indexOf(a.role) - ROLES.indexOf(b.role) || (a.path < b.path ? -1 : 1))
      .map(({ path: _path, ...file }) => file);
  }

  know(ref: string, path: string): void {
    this.#paths.set(ref, path);
  }

  async read(ref: string, from: number, to: number, room?: Buffer): Promise<Buffer> {
    const known = this.#paths.get(ref);
    const atKnown = known === undefined ? null : await this.#own.read(known, from, to, room);
    if (atKnown !== null) return atKnown;
    const kept = this.#generations(ref);
    const path = known ?? kept[0]?.path;
    const own = path === undefined || path === known ? null : await this.#own.read(path, from, to);
    if (own !== null) return own;
    for (let tries = 0; tries < TRIES; tries += 1) {
      const [file] = this.#generations(ref);
      if (file === undefined) break;
      const bytes = await this.readKept(file, from, to);
      if (bytes !== null) return bytes;
    }
    throw nowhere(ref, path, kept.length > 0);
  }

  async delete(sessionId: string): Promise<void> {
    this.#cache.clear();
    await this.#options.forget(sessionId);
  }

  /** Bytes [from, to) of what is kept of a file; null where a member of them can't be read now. */
  async readKept(file: KeptFile, from: number, to: number): Promise<Buffer | null> {
    const members = this.#options.index()?.members(file.id, from, to) ?? [];
    const parts: Buffer[] = [];
    for (const member of members) {
      const raw = await this.#member(file, member);
      if (raw === null) return null;
      const start = Math.max(from - member.rawOffset, 0);
      parts.push(raw.subarray(start, Math.min(to - member.rawOffset, raw.length)));
    }
    return parts.length === 1 && parts[0] ? parts[0] : Buffer.concat(parts);
  }

  async #member(file: KeptFile, member: ArchiveMember): Promise<Buffer | null> {
    const { ref, generation } = file;
    const key = `${ref} ${String(generation)} ${String(member.rawOffset)} ${String(member.crc)}`;
    const cached = this.#cache.get(key);
    if (cached) return cached;
    const place = partFile(this.#options.folder, file, member.part);
    const at = member.at + HEAD_BYTES;
    const packed = await this.#own.read(place, at, at + member.packedLength);
    const raw = packed && (await unpackAside(packed, member));
    if (raw === null) return null;
    this.#cache.set(key, raw);
    const oldest = this.#cache.keys().next();
    if (this.#cache.size > CACHED && !oldest.done) this.#cache.delete(oldest.value);
    return raw;
  }

  /** What is kept at a path, the newest generation first. */
  #generations(ref: string): KeptFile[] {
    const files = this.#options.index()?.byRef(ref) ?? [];
    return files.filter(({ pruned, superseded }) => !pruned && !superseded);
  }
}

function namesOf(path: string): Pick<RawFile, 'name' | 'run'> {
  const run = /[\\/]workflows[\\/]([^\\/]+)[\\/][^\\/]+$/u.exec(path)?.[1] ?? null;
  return { name: nameOf(path, '.jsonl'), run };
}

type Placed = RawFile & { path: string };

/** Of copies of one file (a folder that was moved, a second machine) the one that says most. */
function eachOnce(files: readonly Placed[]): Placed[] {
  const best = new Map<string, Placed>();
  for (const file of files) {
    const key = `${file.role} ${nameOf(file.path)}`;
    const other = best.get(key);
    if (other === undefined || saysMore(file, other)) best.set(key, file);
  }
  return [...best.values()];
}

function saysMore(file: Placed, other: Placed): boolean {
  if (file.bytes !== other.bytes) return file.bytes > other.bytes;
  return file.kept === 'transcript' && other.kept === 'archive';
}

function nowhere(ref: string, path: string | undefined, isKept: boolean): OptimizerError {
  return isKept
    ? new OptimizerError('internal', `What is kept of ${path ?? ref} is damaged.`, {
        fix: 'Nothing else can be read of it here; a backup of the data folder may have it.',
      })
    : new OptimizerError('not_found', `There is no transcript ${JSON.stringify(ref)}.`, {
        fix: 'It was deleted by Claude Code before it was kept, or given up for the archive’s limit.',
      });
}
