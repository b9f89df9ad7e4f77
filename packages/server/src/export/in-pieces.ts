import { setImmediate } from 'node:timers/promises';

const PIECE = 64 * 1024;

/**
 * Joins small texts to pieces worth sending, as UTF-8. Between two pieces everything else gets its
 * turn: reading a store takes none by itself.
 */
export async function* inPieces(
  texts: AsyncIterable<string | Uint8Array>,
): AsyncGenerator<Uint8Array> {
  let parts: string[] = [];
  let length = 0;
  for await (const text of texts) {
    if (typeof text !== 'string') {
      yield text;
      await setImmediate();
      continue;
    }
    parts.push(text);
    length += text.length;
    if (length < PIECE) continue;
    yield Buffer.from(parts.join(''));
    parts = [];
    length = 0;
    await setImmediate();
  }
  if (length > 0) yield Buffer.from(parts.join(''));
}
