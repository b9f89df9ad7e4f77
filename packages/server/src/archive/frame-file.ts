import {
  closeSync,
  existsSync,
  fdatasyncSync,
  fstatSync,
  ftruncateSync,
  mkdirSync,
  openSync,
  readSync,
  rmSync,
  truncateSync,
  writeSync,
} from 'node:fs';
import path from 'node:path';
import type { ArchiveMember, ArchivePart } from '@claude-optimizer/store';
import { HEAD_BYTES, packFrame, readHead, unpack, type FrameHead, type Packed } from './frame.js';

/** What a kept file says of itself, so that the index can be made anew from it. */
export type About = {
  path: string;
  root: string;
  sessionId: string;
  role: 'main' | 'agent' | 'aside';
  agentId: string | null;
};

/** A frame and where it begins. */
export type Found = FrameHead & { at: number };

/** Makes a part, for its owner alone, with what it is as its first frame; gives its length. */
export function beginPart(file: string, about: About): number {
  mkdirSync(path.dirname(file), { recursive: true, mode: 0o700 });
  const { frame } = packFrame(Buffer.from(JSON.stringify(about)), 0, 'about');
  const fd = openSync(file, 'w', 0o600);
  try {
    writeSync(fd, frame);
  } finally {
    closeSync(fd);
  }
  return frame.length;
}

/** Writes frames from `at` on, whatever a write that was cut off has left there; gives the end. */
export function appendFrames(
  file: string,
  at: number,
  frames: readonly Packed[],
  { sync = false } = {},
): number {
  const fd = openSync(file, 'r+');
  try {
    if (fstatSync(fd).size > at) ftruncateSync(fd, at);
    let end = at;
    for (const { frame } of frames) end += writeSync(fd, frame, 0, frame.length, end);
    if (sync) fdatasyncSync(fd);
    return end;
  } finally {
    closeSync(fd);
  }
}

/** The whole frames of a part in order, and where they end. Their contents aren't looked at. */
export function frames(file: string): { about: About | null; found: Found[]; end: number } {
  if (!existsSync(file)) return { about: null, found: [], end: 0 };
  const fd = openSync(file, 'r');
  try {
    const { size } = fstatSync(fd);
    const found: Found[] = [];
    let about: About | null = null;
    let at = 0;
    for (let head = headAt(fd, at); head; head = headAt(fd, at)) {
      const end = at + HEAD_BYTES + head.packedLength;
      if (end > size) break;
      if (head.kind === 'about') about = aboutAt(fd, at, head);
      else found.push({ ...head, at });
      at = end;
    }
    return { about, found, end: at };
  } finally {
    closeSync(fd);
  }
}

function headAt(fd: number, at: number): FrameHead | null {
  const bytes = Buffer.alloc(HEAD_BYTES);
  return readHead(bytes.subarray(0, readSync(fd, bytes, 0, HEAD_BYTES, at)));
}

function aboutAt(fd: number, at: number, head: FrameHead): About | null {
  const packed = Buffer.alloc(head.packedLength);
  readSync(fd, packed, 0, packed.length, at + HEAD_BYTES);
  const raw = unpack(packed, head);
  return raw ? (JSON.parse(raw.toString()) as About) : null;
}

/** The bytes of a member in its part; null where they are damaged. */
export function readMember(file: string, member: ArchiveMember): Buffer | null {
  if (!existsSync(file)) return null;
  const fd = openSync(file, 'r');
  try {
    const packed = Buffer.alloc(member.packedLength);
    readSync(fd, packed, 0, packed.length, member.at + HEAD_BYTES);
    return unpack(packed, member);
  } finally {
    closeSync(fd);
  }
}

/** Cuts off what stands behind `end`. */
export function cutOff(file: string, end: number): void {
  if (end === 0) rmSync(file, { force: true });
  else if (existsSync(file)) truncateSync(file, end);
}

/** A frame as the index notes it. */
export function memberOf(head: FrameHead, part: ArchivePart, at: number): ArchiveMember {
  const { rawOffset, rawLength, packedLength, crc } = head;
  return { rawOffset, rawLength, part, at, packedLength, crc };
}
