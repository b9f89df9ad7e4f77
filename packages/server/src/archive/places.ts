import { createHash } from 'node:crypto';
import path from 'node:path';
import type { ArchivePart, KeptFile } from '@claude-optimizer/store';

/** The archive's folder within the data folder. */
export function archiveFolder(dataDir: string): string {
  return path.join(dataDir, 'archive');
}

/** The index of what is kept; it can be made anew from the kept files. */
export function indexFile(folder: string): string {
  return path.join(folder, 'index.db');
}

/** A short name for a transcript's path, fit for addresses. */
export function refOf(transcript: string): string {
  return createHash('sha256').update(transcript).digest('base64url').slice(0, 22);
}

/** Where a part of a kept file lies: its sealed members, or those that will be packed together. */
export function partFile(
  folder: string,
  { ref, generation }: Pick<KeptFile, 'ref' | 'generation'>,
  part: ArchivePart,
): string {
  const bucket = createHash('sha256').update(ref).digest('hex').slice(0, 2);
  return path.join(folder, bucket, `${ref}.${String(generation)}.${part}`);
}

/** Which generation's part a file of the archive is; null for any other file. */
export function partOf(
  name: string,
): { ref: string; generation: number; part: ArchivePart } | null {
  const [, ref, generation, part] = /^([\w-]{22})\.(\d+)\.(sealed|tail)$/u.exec(name) ?? [];
  if (ref === undefined || generation === undefined) return null;
  return { ref, generation: Number(generation), part: part === 'tail' ? 'tail' : 'sealed' };
}
