import { createHash } from 'node:crypto';
import path from 'node:path';
import { promisify } from 'node:util';
import { brotliCompress, constants, gzip } from 'node:zlib';
import { pagePolicy } from '../security-headers.js';

export type Encoding = 'br' | 'gzip' | 'identity';

const COMPRESSIBLE = new Set(['.html', '.js', '.css', '.txt', '.svg', '.json']);
const WORTH_IT_BYTES = 1_024;
const INLINE_SCRIPT = /<script\b(?![^>]*\ssrc=)[^>]*>([\s\S]*?)<\/script>/g;
const FOR_EVER = 'public, max-age=31536000, immutable';

const compress = {
  // 6 of 11: more would save 3 % of the bytes and take the first visit five times as long.
  br: promisify((content: Buffer, done: (error: Error | null, result: Buffer) => void) =>
    brotliCompress(content, { params: { [constants.BROTLI_PARAM_QUALITY]: 6 } }, done),
  ),
  gzip: promisify(gzip),
};

/** One file of the exported dashboard, held in memory, compressed when first asked for. */
export class ExportedFile {
  readonly extension: string;
  readonly headers: Readonly<Record<string, string>>;
  private readonly bodies = new Map<Encoding, Promise<Buffer>>();

  constructor(
    name: string,
    readonly content: Buffer,
  ) {
    this.extension = path.posix.extname(name);
    this.headers = {
      'Cache-Control': name.startsWith('_next/static/') ? FOR_EVER : 'no-cache',
      ETag: `W/"${sha256(content, 'base64url')}"`,
      Vary: 'Accept-Encoding',
      ...(this.extension === '.html' && {
        'Content-Security-Policy': pagePolicy(inlineScriptHashes(content.toString())),
      }),
    };
  }

  /** The best of the accepted encodings that is worth it for this file. */
  encodingFor(accepted: readonly string[]): Encoding {
    if (this.content.length < WORTH_IT_BYTES || !COMPRESSIBLE.has(this.extension)) {
      return 'identity';
    }
    return (['br', 'gzip'] as const).find((encoding) => accepted.includes(encoding)) ?? 'identity';
  }

  body(encoding: Encoding): Promise<Buffer> {
    const known = this.bodies.get(encoding);
    if (known) return known;
    const body =
      encoding === 'identity' ? Promise.resolve(this.content) : compress[encoding](this.content);
    this.bodies.set(encoding, body);
    return body;
  }
}

/** What `script-src` must name for a page's inline scripts to run. */
export function inlineScriptHashes(html: string): string[] {
  const hashes = [...html.matchAll(INLINE_SCRIPT)].map(
    ([, script = '']) => `sha256-${sha256(Buffer.from(script), 'base64')}`,
  );
  return [...new Set(hashes)];
}

function sha256(content: Buffer, as: 'base64' | 'base64url'): string {
  return createHash('sha256').update(content).digest(as);
}
