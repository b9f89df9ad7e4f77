import { inflateSync } from 'node:zlib';

const WOFF = 0x774f4646;
const HEADER = 44;
const ENTRY = 20;

/**
 * A font in WOFF as the plain font that it holds; any other file as it is. What reads fonts
 * inflates a table of a WOFF each time that it looks into it, for each letter anew.
 */
export function unpackWoff(file: Buffer): Buffer {
  if (file.length < HEADER || file.readUInt32BE(0) !== WOFF) return file;
  const count = file.readUInt16BE(12);
  const power = Math.floor(Math.log2(count));
  const head = Buffer.alloc(12 + count * 16);
  head.writeUInt32BE(file.readUInt32BE(4), 0);
  head.writeUInt16BE(count, 4);
  head.writeUInt16BE(2 ** power * 16, 6);
  head.writeUInt16BE(power, 8);
  head.writeUInt16BE(count * 16 - 2 ** power * 16, 10);
  const parts: Buffer[] = [head];
  let offset = head.length;
  for (let table = 0; table < count; table += 1) {
    const entry = HEADER + table * ENTRY;
    const at = file.readUInt32BE(entry + 4);
    const [packed, length] = [file.readUInt32BE(entry + 8), file.readUInt32BE(entry + 12)];
    const raw = file.subarray(at, at + packed);
    const body = packed < length ? inflateSync(raw) : raw;
    const record = 12 + table * 16;
    file.copy(head, record, entry, entry + 4);
    head.writeUInt32BE(file.readUInt32BE(entry + 16), record + 4);
    head.writeUInt32BE(offset, record + 8);
    head.writeUInt32BE(length, record + 12);
    const padding = (4 - (length % 4)) % 4;
    parts.push(body, Buffer.alloc(padding));
    offset += length + padding;
  }
  return Buffer.concat(parts);
}
