import { statSync } from 'node:fs';
import type { ArchiveIndex, ArchiveMember, ArchivePart, KeptFile } from '@claude-optimizer/store';
import { HEAD_BYTES, MEMBER_BYTES, packFrame, type Packed } from './frame.js';
import {
  appendFrames,
  beginPart,
  cutOff,
  frames,
  memberOf,
  readMember,
  type Found,
} from './frame-file.js';
import { partFile } from './places.js';

/** Writes into kept files, each step so that a crash behind it leaves a whole file. */
export class KeptBytes {
  readonly #folder: string;
  readonly #index: ArchiveIndex;

  constructor(folder: string, index: ArchiveIndex) {
    this.#folder = folder;
    this.#index = index;
  }

  /**
   * Appends bytes that follow those kept; `still`: no more are expected soon, so that all of it is
   * packed for good. What a person writes now is kept in small members first, packed later.
   */
  append(file: KeptFile, raw: Buffer, still: boolean): KeptFile {
    const tail = this.#index.members(file.id).filter(({ part }) => part === 'tail');
    const inTail = tail.reduce((sum, { rawLength }) => sum + rawLength, 0);
    if (inTail > 0 && inTail + raw.length < MEMBER_BYTES && !still) return this.#grow(file, raw);
    const before = inTail > 0 ? this.#rawOf(file, tail) : Buffer.alloc(0);
    // A damaged tail stays as it is, behind it goes on.
    if (before === null) return this.#grow(file, raw);
    const all = before.length > 0 ? Buffer.concat([before, raw]) : raw;
    const whole = still ? all.length : all.length - (all.length % MEMBER_BYTES);
    const sealed = whole > 0 ? this.#seal(file, all.subarray(0, whole), before.length) : file;
    const rest = all.subarray(whole);
    if (rest.length === 0) return sealed;
    // Without a sealed part the tail stood already as it is.
    return this.#grow(sealed, whole > 0 ? rest : raw);
  }

  /** Packs what is in small members together: the transcript has come to rest. */
  settle(file: KeptFile): KeptFile {
    return file.tailBytes > 0 ? this.append(file, Buffer.alloc(0), true) : file;
  }

  /** A member's bytes; null where they are damaged. */
  read(file: KeptFile, member: ArchiveMember): Buffer | null {
    return readMember(partFile(this.#folder, file, member.part), member);
  }

  /** Removes the file's bytes from disk; the index isn't touched. */
  drop(file: KeptFile): void {
    cutOff(partFile(this.#folder, file, 'tail'), 0);
    cutOff(partFile(this.#folder, file, 'sealed'), 0);
  }

  /**
   * Brings index and disk in line after a crash: whole members that the index doesn't know are
   * taken in, what was cut off goes. Most files are as the index says, which costs two looks.
   */
  mend(file: KeptFile): KeptFile {
    if (file.pruned || this.#isAsNoted(file)) return file;
    const sealed = frames(partFile(this.#folder, file, 'sealed'));
    const tail = frames(partFile(this.#folder, file, 'tail'));
    const packed = inRow(sealed.found, 0);
    const small = inRow(tail.found, packed.end);
    const mended = {
      ...file,
      rawBytes: small.end,
      sealedBytes: packed.row.length === sealed.found.length ? sealed.end : endOf(packed.row),
      tailBytes: small.row.length === 0 ? 0 : endOf(small.row),
      // Looked at anew: how much of it is kept may be less than was thought.
      sourceModifiedAt: 0,
    };
    cutOff(partFile(this.#folder, file, 'sealed'), mended.sealedBytes);
    cutOff(partFile(this.#folder, file, 'tail'), mended.tailBytes);
    const members = [
      ...packed.row.map((frame) => memberOf(frame, 'sealed', frame.at)),
      ...small.row.map((frame) => memberOf(frame, 'tail', frame.at)),
    ];
    this.#index.update(mended, { drop: 'all', add: members });
    return mended;
  }

  #isAsNoted(file: KeptFile): boolean {
    return (
      sizeOf(partFile(this.#folder, file, 'sealed')) === file.sealedBytes &&
      sizeOf(partFile(this.#folder, file, 'tail')) === file.tailBytes
    );
  }

  #seal(file: KeptFile, raw: Buffer, replaced: number): KeptFile {
    const place = partFile(this.#folder, file, 'sealed');
    const start = file.rawBytes - replaced;
    const packed = chunks(raw).map(({ bytes, at }) => packFrame(bytes, start + at));
    const from = file.sealedBytes > 0 ? file.sealedBytes : beginPart(place, file);
    // What replaces small members must be on the disk before they go.
    const sealedBytes = appendFrames(place, from, packed, { sync: replaced > 0 });
    const rawBytes = start + raw.length;
    const next = { ...file, sealedBytes, tailBytes: 0, rawBytes };
    this.#index.update(next, { drop: 'tail', add: membersOf(packed, 'sealed', from) });
    if (file.tailBytes > 0) cutOff(partFile(this.#folder, file, 'tail'), 0);
    return next;
  }

  #grow(file: KeptFile, raw: Buffer): KeptFile {
    const place = partFile(this.#folder, file, 'tail');
    const packed = chunks(raw).map(({ bytes, at }) => packFrame(bytes, file.rawBytes + at));
    const from = file.tailBytes > 0 ? file.tailBytes : beginPart(place, file);
    const tailBytes = appendFrames(place, from, packed);
    const rawBytes = file.rawBytes + raw.length;
    const next = { ...file, tailBytes, rawBytes };
    this.#index.update(next, { add: membersOf(packed, 'tail', from) });
    return next;
  }

  #rawOf(file: KeptFile, members: readonly ArchiveMember[]): Buffer | null {
    const parts = members.map((member) => this.read(file, member));
    return parts.every((part) => part !== null) ? Buffer.concat(parts) : null;
  }
}

/** Those that follow one another from `start` on; what an earlier one covers is left out. */
function inRow(found: readonly Found[], start: number): { row: Found[]; end: number } {
  const row: Found[] = [];
  let end = start;
  for (const frame of found) {
    if (frame.rawOffset + frame.rawLength <= end) continue;
    if (frame.rawOffset !== end) break;
    row.push(frame);
    end += frame.rawLength;
  }
  return { row, end };
}

function endOf(row: readonly Found[]): number {
  const last = row.at(-1);
  return last ? last.at + HEAD_BYTES + last.packedLength : 0;
}

function chunks(raw: Buffer): { bytes: Buffer; at: number }[] {
  const cut: { bytes: Buffer; at: number }[] = [];
  for (let at = 0; at < raw.length; at += MEMBER_BYTES) {
    cut.push({ bytes: raw.subarray(at, at + MEMBER_BYTES), at });
  }
  return cut;
}

function membersOf(packed: readonly Packed[], part: ArchivePart, from: number): ArchiveMember[] {
  let at = from;
  return packed.map(({ head, frame }) => {
    const member = memberOf(head, part, at);
    at += frame.length;
    return member;
  });
}

function sizeOf(file: string): number {
  return statSync(file, { throwIfNoEntry: false })?.size ?? 0;
}
