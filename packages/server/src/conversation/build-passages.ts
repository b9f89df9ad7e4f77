import {
  partAt,
  passageOf,
  type Bounds,
  type Outlined,
  type Part,
  type Place,
  type ResultPart,
} from '@claude-optimizer/core/conversation';
import type { Passage } from '@claude-optimizer/protocol';
import type { RawTranscripts } from '../archive/raw-transcripts.js';
import { readRecords } from './read-records.js';
import type { FoundThread, SessionThreads } from './session-threads.js';

/** The parts that a passage is made of, whole. */
export type Gathered = { part: Part | null; result: ResultPart | null };

/** Reads the parts of some passages of a thread from their file. */
export async function gather(
  raw: Pick<RawTranscripts, 'read'>,
  thread: FoundThread,
  outlined: readonly Outlined[],
): Promise<Gathered[]> {
  const places = outlined.flatMap(({ place, tool }) =>
    tool?.result ? [place, tool.result.place] : [place],
  );
  const records = await readRecords(raw, thread.file.ref, places);
  const at = (place: Place) => partAt(records.get(place.byte) ?? [], place, thread.inAgent);
  return outlined.map(({ place, tool }) => {
    const result = tool?.result ? at(tool.result.place) : null;
    return { part: at(place), result: result?.kind === 'result' ? result : null };
  });
}

/** Passages `from` … of a thread with their texts, at most `limit` of them. */
export async function buildPassages(
  raw: Pick<RawTranscripts, 'read'>,
  threads: SessionThreads,
  thread: FoundThread,
  { from, limit, bounds }: { from: number; limit: number; bounds: Bounds },
): Promise<Passage[]> {
  const outlined = thread.passages.slice(from, from + limit);
  const gathered = await gather(raw, thread, outlined);
  return outlined.map((each, n) => {
    const parts = gathered[n] ?? { part: null, result: null };
    const started = each.tool ? threads.startedBy(each.tool) : [];
    return passageOf(each, from + n, { ...parts, threads: started }, bounds);
  });
}
