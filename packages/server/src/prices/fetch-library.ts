import { LIBRARY_DATA_URL } from '@claude-optimizer/core';
import { OptimizerError } from '@claude-optimizer/protocol';
import * as z from 'zod';
import { listedSchema, type LibraryFile } from './library-file.js';

const PATIENCE_MS = 20_000;
const MOST_BYTES = 16_000_000;
const FIX = 'Check the connection and try again; the prices that you have still stand.';

/** Whom to ask; tests put a stand-in in their place. */
export type Source = { url: string; fetch: typeof fetch };

/**
 * Asks the library's own source for its data of Claude's models. Null when nothing has changed
 * since `etag`. Throws `internal`, saying why it can't be had. `now` in epoch ms.
 */
export async function fetchLibrary(
  etag: string | null,
  now: number,
  source: Source = { url: LIBRARY_DATA_URL, fetch },
): Promise<LibraryFile | null> {
  const signal = AbortSignal.timeout(PATIENCE_MS);
  try {
    const response = await source.fetch(source.url, {
      signal,
      // A redirect could lead to where nothing is encrypted.
      redirect: 'error',
      headers: etag === null ? {} : { 'if-none-match': etag },
    });
    if (response.status === 304) return null;
    if (!response.ok) throw new Error(`it answers ${String(response.status)}`);
    const provider = claudeOf(JSON.parse(await bounded(response)));
    return { source: source.url, fetchedAt: now, etag: response.headers.get('etag'), provider };
  } catch (cause) {
    throw new OptimizerError('internal', `${source.url} gives no prices: ${reason(cause)}.`, {
      fix: FIX,
      cause,
    });
  }
}

function claudeOf(data: unknown): LibraryFile['provider'] {
  const providers = z.array(z.looseObject({ id: z.string() })).parse(data);
  const found = providers.find(({ id }) => id === 'anthropic');
  if (found === undefined) throw new Error('it lists no Claude models');
  return listedSchema.parse(found);
}

async function bounded(response: Response): Promise<string> {
  const chunks: Uint8Array[] = [];
  let size = 0;
  for await (const chunk of response.body ?? []) {
    size += chunk.byteLength;
    if (size > MOST_BYTES) throw new Error(`it is larger than ${String(MOST_BYTES)} bytes`);
    chunks.push(chunk);
  }
  return Buffer.concat(chunks).toString('utf8');
}

function reason(cause: unknown): string {
  if (cause instanceof z.ZodError) {
    const [issue] = cause.issues;
    return `unexpected data at ${issue?.path.join('.') ?? ''}: ${issue?.message ?? ''}`;
  }
  if (!(cause instanceof Error)) return String(cause);
  if (cause.name === 'TimeoutError') return `no answer within ${String(PATIENCE_MS / 1_000)} s`;
  return cause.cause instanceof Error ? cause.cause.message : cause.message;
}
