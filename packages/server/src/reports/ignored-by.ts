import type { StoreReader } from '@claude-optimizer/store/reader';
import { Ignored } from '../transcripts/ignored.js';
import { transcriptOf } from '../transcripts/transcript-path.js';

/** Tells which files aren't to be counted: those of sessions that the person has deleted. */
export function ignoredBy(
  claudeDirs: readonly string[],
  reader: Pick<StoreReader, 'deleted'> | null,
): (file: string) => boolean {
  const deleted = reader?.deleted() ?? [];
  if (deleted.length === 0) return () => false;
  const ignored = new Ignored();
  for (const session of deleted) ignored.add(session);
  const ownerOf = (file: string) => transcriptOf(claudeDirs, file)?.sessionId ?? null;
  return (file) => ignored.hasFile(file, ownerOf);
}
