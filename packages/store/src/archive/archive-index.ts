import type BetterSqlite3 from 'better-sqlite3';
import { fileRow, keptFileOf, memberOf, type FileRow, type MemberRow } from './rows.js';

/** In which of a kept file's two parts a member stands: packed for good, or still growing. */
export type Part = 'sealed' | 'tail';

/** A compressed stretch of a kept file; offsets and lengths in bytes. */
export type Member = {
  rawOffset: number;
  rawLength: number;
  part: Part;
  /** Where its frame begins in that part. */
  at: number;
  packedLength: number;
  crc: number;
};

/** A transcript file as it is kept; another content at the same path is another generation. */
export type KeptFile = {
  id: number;
  /** Names the path in addresses. */
  ref: string;
  path: string;
  generation: number;
  /** The folder with `projects` that the path lies in. */
  root: string;
  sessionId: string;
  role: 'main' | 'agent' | 'aside';
  agentId: string | null;
  /** How much of the transcript is kept. */
  rawBytes: number;
  sealedBytes: number;
  tailBytes: number;
  /** How the transcript was when it was last looked at; times in epoch ms. */
  sourceSize: number;
  sourceModifiedAt: number;
  sourceInode: string;
  changedAt: number;
  /** Whether the transcript itself is no longer there. */
  gone: boolean;
  superseded: boolean;
  /** Whether its bytes were given up for the limit or the retention. */
  pruned: boolean;
};

/** What is kept, in numbers. */
export type KeptSums = {
  files: number;
  sessions: number;
  /** Sessions whose transcripts are no longer there: they are only here. */
  onlyHere: number;
  rawBytes: number;
  bytes: number;
  oldestAt: number | null;
  prunedSessions: number;
};

/** The index of the archive: which file is kept where. It can be made anew from the kept files. */
export class ArchiveIndex {
  readonly #db: BetterSqlite3.Database;
  readonly #statements: ReturnType<typeof prepare>;

  constructor(db: BetterSqlite3.Database) {
    this.#db = db;
    this.#statements = prepare(db);
  }

  /** The newest generation of a path. */
  current(path: string): KeptFile | null {
    return found(this.#statements.current.get(path));
  }

  byRef(ref: string): KeptFile[] {
    return this.#statements.byRef.all(ref).map(keptFileOf);
  }

  /** A session's files, the newest generation of each first. */
  ofSession(sessionId: string): KeptFile[] {
    return this.#statements.ofSession.all(sessionId).map(keptFileOf);
  }

  all(): KeptFile[] {
    return this.#statements.all.all().map(keptFileOf);
  }

  /** Members that hold bytes of [from, to), in order. */
  members(fileId: number, from = 0, to = Number.MAX_SAFE_INTEGER): Member[] {
    return this.#statements.members.all(fileId, from, to).map(memberOf);
  }

  lastMember(fileId: number): Member | null {
    const row = this.#statements.lastMember.get(fileId);
    return row ? memberOf(row) : null;
  }

  sums(): KeptSums {
    const row = this.#statements.sums.get();
    if (row === undefined) throw new Error('the archive has no sums');
    return row;
  }

  /** Adds a file; its id is given out here. */
  add(file: Omit<KeptFile, 'id'>): KeptFile {
    const { lastInsertRowid } = this.#statements.insert.run(fileRow({ ...file, id: null }));
    return { ...file, id: Number(lastInsertRowid) };
  }

  /** Notes how a file stands, with the members that it gained and without those dropped. */
  update(file: KeptFile, change: { add?: readonly Member[]; drop?: Part | 'all' } = {}): void {
    this.inOne(() => {
      const { drop, add = [] } = change;
      if (drop === 'all') this.#statements.dropAll.run(file.id);
      else if (drop !== undefined) this.#statements.dropPart.run(file.id, drop);
      for (const member of add) this.#statements.addMember.run({ ...member, fileId: file.id });
      this.#statements.update.run(fileRow(file));
    });
  }

  remove(fileId: number): void {
    this.inOne(() => {
      this.#statements.dropAll.run(fileId);
      this.#statements.remove.run(fileId);
    });
  }

  /** A number that is kept by name; null where it was never set. */
  note(name: string): number | null {
    return this.#statements.note.get(name)?.value ?? null;
  }

  setNote(name: string, value: number): void {
    this.#statements.setNote.run(name, value);
  }

  inOne(work: () => void): void {
    if (this.#db.inTransaction) work();
    else this.#db.transaction(work)();
  }

  close(): void {
    this.#db.close();
  }
}

function found(row: FileRow | undefined): KeptFile | null {
  return row ? keptFileOf(row) : null;
}

const COLUMNS =
  'ref, path, generation, root, session_id, role, agent_id, raw_bytes, sealed_bytes, tail_bytes, ' +
  'source_size, source_modified_at, source_inode, changed_at, gone, superseded, pruned';
const NAMES = COLUMNS.split(', ');

function prepare(db: BetterSqlite3.Database) {
  const file = (rest: string) => `select * from kept_files ${rest}`;
  const members = (rest: string) =>
    `select raw_offset, raw_length, part, at, packed_length, crc from members ${rest}`;
  return {
    current: db.prepare<[string], FileRow>(file('where path = ? order by generation desc limit 1')),
    byRef: db.prepare<[string], FileRow>(file('where ref = ? order by generation desc')),
    ofSession: db.prepare<[string], FileRow>(
      file('where session_id = ? order by path, generation desc'),
    ),
    all: db.prepare<[], FileRow>(file('order by id')),
    members: db.prepare<[number, number, number], MemberRow>(
      members(
        'where file_id = ? and raw_offset + raw_length > ? and raw_offset < ? order by raw_offset',
      ),
    ),
    lastMember: db.prepare<[number], MemberRow>(
      members('where file_id = ? order by raw_offset desc limit 1'),
    ),
    insert: db.prepare<[object]>(
      `insert into kept_files (${COLUMNS}) values (${NAMES.map((name) => `:${name}`).join(', ')})`,
    ),
    update: db.prepare<[object]>(
      `update kept_files set ${NAMES.map((name) => `${name} = :${name}`).join(', ')} where id = :id`,
    ),
    remove: db.prepare<[number]>('delete from kept_files where id = ?'),
    addMember: db.prepare<[object]>(
      `insert or replace into members values
        (:fileId, :rawOffset, :rawLength, :part, :at, :packedLength, :crc)`,
    ),
    dropAll: db.prepare<[number]>('delete from members where file_id = ?'),
    dropPart: db.prepare<[number, string]>('delete from members where file_id = ? and part = ?'),
    note: db.prepare<[string], { value: number }>('select value from meta where name = ?'),
    setNote: db.prepare<[string, number]>('insert or replace into meta values (?, ?)'),
    sums: db.prepare<[], KeptSums>(`select
      count(*) filter (where raw_bytes > 0) as files,
      count(distinct session_id) filter (where raw_bytes > 0) as sessions,
      coalesce(sum(raw_bytes), 0) as rawBytes,
      coalesce(sum(sealed_bytes + tail_bytes), 0) as bytes,
      min(changed_at) filter (where raw_bytes > 0) as oldestAt,
      (select count(*) from (select min(gone) as all_gone from kept_files
        where raw_bytes > 0 and not superseded group by session_id) where all_gone) as onlyHere,
      count(distinct session_id) filter (where pruned) as prunedSessions
      from kept_files`),
  };
}
