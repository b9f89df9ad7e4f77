import type { KeptFile, Member } from './archive-index.js';

/** A kept file as the index has it. */
export type FileRow = {
  id: number;
  ref: string;
  path: string;
  generation: number;
  root: string;
  session_id: string;
  role: string;
  agent_id: string | null;
  raw_bytes: number;
  sealed_bytes: number;
  tail_bytes: number;
  source_size: number;
  source_modified_at: number;
  source_inode: string;
  changed_at: number;
  gone: number;
  superseded: number;
  pruned: number;
};

/** A member as the index has it. */
export type MemberRow = {
  raw_offset: number;
  raw_length: number;
  part: string;
  at: number;
  packed_length: number;
  crc: number;
};

export function keptFileOf(row: FileRow): KeptFile {
  return {
    id: row.id,
    ref: row.ref,
    path: row.path,
    generation: row.generation,
    root: row.root,
    sessionId: row.session_id,
    role: row.role as KeptFile['role'],
    agentId: row.agent_id,
    rawBytes: row.raw_bytes,
    sealedBytes: row.sealed_bytes,
    tailBytes: row.tail_bytes,
    sourceSize: row.source_size,
    sourceModifiedAt: row.source_modified_at,
    sourceInode: row.source_inode,
    changedAt: row.changed_at,
    gone: row.gone === 1,
    superseded: row.superseded === 1,
    pruned: row.pruned === 1,
  };
}

export function fileRow(file: Omit<KeptFile, 'id'> & { id: number | null }) {
  return {
    id: file.id,
    ref: file.ref,
    path: file.path,
    generation: file.generation,
    root: file.root,
    session_id: file.sessionId,
    role: file.role,
    agent_id: file.agentId,
    raw_bytes: file.rawBytes,
    sealed_bytes: file.sealedBytes,
    tail_bytes: file.tailBytes,
    source_size: file.sourceSize,
    source_modified_at: file.sourceModifiedAt,
    source_inode: file.sourceInode,
    changed_at: Math.floor(file.changedAt),
    gone: file.gone ? 1 : 0,
    superseded: file.superseded ? 1 : 0,
    pruned: file.pruned ? 1 : 0,
  };
}

export function memberOf(row: MemberRow): Member {
  return {
    rawOffset: row.raw_offset,
    rawLength: row.raw_length,
    part: row.part as Member['part'],
    at: row.at,
    packedLength: row.packed_length,
    crc: row.crc,
  };
}
