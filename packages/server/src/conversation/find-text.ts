import {
  MAIN,
  partAt,
  textsOfPart,
  type FileOutline,
  type Place,
} from '@claude-optimizer/core/conversation';
import { parseLine } from '@claude-optimizer/core/transcript';
import type { RawTranscripts } from '../archive/raw-transcripts.js';
import type { ReadOutline } from './outlines.js';
import { readLinesOf } from './read-lines-of.js';

type Standing = { thread: string; index: number; place: Place };

/** Passages of a file that hold `words`, in whatever case; by their names within the file. */
export async function* findText(
  raw: Pick<RawTranscripts, 'read'>,
  file: { ref: string; outline: ReadOutline },
  words: string,
): AsyncGenerator<{ thread: string; index: number }, void> {
  const { ref, outline } = file;
  const places = byLine(outline);
  const needle = words.toLowerCase();
  // As it stands in JSON; who writes other letters as \u0000 isn't ruled out by their bytes.
  const written = JSON.stringify(needle).slice(1, -1);
  const isPlain = /^[\x20-\x7e]*$/u.test(needle);
  for await (const { bytes, byte } of readLinesOf(raw, ref, 0, outline.until)) {
    const here = places.get(byte);
    if (!here || bytes === null) continue;
    const line = bytes.toString('utf8');
    if (!line.toLowerCase().includes(written) && (isPlain || !line.includes('\\u'))) continue;
    const { records } = parseLine(line);
    for (const { thread, index, place } of here) {
      const part = partAt(records, place, outline.isAgent || thread !== MAIN);
      const texts = part ? textsOfPart(part) : [];
      if (texts.some((text) => text.toLowerCase().includes(needle))) yield { thread, index };
    }
  }
}

function byLine(outline: FileOutline): Map<number, Standing[]> {
  const lines = new Map<number, Standing[]>();
  const add = (standing: Standing) => {
    const known = lines.get(standing.place.byte);
    if (known) known.push(standing);
    else lines.set(standing.place.byte, [standing]);
  };
  for (const [thread, { passages }] of outline.threads) {
    passages.forEach(({ place, tool }, index) => {
      add({ thread, index, place });
      if (tool?.result) add({ thread, index, place: tool.result.place });
    });
  }
  return lines;
}
