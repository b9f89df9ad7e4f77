import { iso } from '@claude-optimizer/core/export';
import { OptimizerError, type ExportFormat, type ExportRequest } from '@claude-optimizer/protocol';
import { inPieces } from './in-pieces.js';
import { Exported } from './exported.js';
import type { Making } from './export-processes.js';
import { ExportSource, type ExportOrigin } from './export-source.js';
import { writeCsv } from './write-csv.js';
import { writeHtml } from './write-html.js';
import { writeJson } from './write-json.js';
import { writeMarkdown } from './write-markdown.js';

/** What each format is on the wire. */
export const EXPORT_TYPES: Record<ExportFormat, string> = {
  pdf: 'application/pdf',
  md: 'text/markdown; charset=utf-8',
  html: 'text/html; charset=utf-8',
  csv: 'text/csv; charset=utf-8; header=present',
  json: 'application/json; charset=utf-8',
};

/** Setting type takes its time, and reading whole transcripts does. */
const LONG: readonly ExportFormat[] = ['pdf', 'md', 'html'];
/** So do more sessions than these. */
const FEW = 20;

type Manner = { signal?: AbortSignal; isPreview?: boolean };
const NEVER = new AbortController().signal;

/** An export about to be written: nothing is read before its first piece is asked for. */
export type OpenExport = {
  contentType: string;
  /** Letters, digits, dots and hyphens alone; it tells nothing that may be left out. */
  fileName: string;
  pieces: AsyncIterable<Uint8Array>;
  /** How many sessions were begun by now; the last one of them perhaps in part. */
  passed: () => number;
};

/**
 * Opens an export. Throws `bad_request` for what can't be written so, `not_found` for unknown ids;
 * both before anything is written. `signal` ends it, also while it waits for its turn.
 */
export async function openExport(
  origin: ExportOrigin,
  request: ExportRequest,
  { signal = NEVER, isPreview = false }: Manner = {},
): Promise<OpenExport> {
  checkRequest(request);
  const source = new ExportSource(origin, request);
  await source.check();
  const now = origin.now();
  const { elsewhere } = origin;
  const takesLong = LONG.includes(request.format) || (await source.countAtMost()) > FEW;
  const making =
    elsewhere && takesLong
      ? elsewhere.make({ request, now }, signal, isPreview ? 'preview' : 'whole')
      : makeHere(source, request, now);
  return {
    contentType: EXPORT_TYPES[request.format],
    fileName: fileNameOf(request, now),
    ...making,
  };
}

/** How many sessions an export has. */
export function countExported(origin: ExportOrigin, request: ExportRequest): Promise<number> {
  return new ExportSource(origin, request).count();
}

function makeHere(source: ExportSource, request: ExportRequest, now: number): Making {
  const exported = new Exported(source, request.redact);
  return {
    pieces: inPieces(write(exported, request, iso(now))),
    passed: () => exported.passed,
  };
}

/** Throws `bad_request` where the format has no place for what is wanted. */
export function checkRequest({ format, what }: Pick<ExportRequest, 'format' | 'what'>): void {
  if (what === 'sessions' || format === 'csv' || format === 'json') return;
  throw new OptimizerError('bad_request', `what: ${what} can’t be written as ${format}.`, {
    fix: 'Take csv or json for single responses and tool calls; the other formats tell of sessions.',
  });
}

function write(
  exported: Exported,
  request: ExportRequest,
  exportedAt: string,
): AsyncIterable<string | Uint8Array> {
  switch (request.format) {
    case 'csv':
      return writeCsv(exported, request.what);
    case 'json':
      return writeJson(exported, request.what, exportedAt);
    case 'md':
      return writeMarkdown(exported, exportedAt);
    case 'html':
      return writeHtml(exported, exportedAt);
    case 'pdf':
      return pdf(exported, exportedAt);
  }
}

/** What sets type and knows fonts is loaded by those alone who want paper. */
async function* pdf(exported: Exported, exportedAt: string): AsyncGenerator<Uint8Array> {
  const { writePdf } = await import('./pdf/write-pdf.js');
  yield* writePdf(exported, exportedAt);
}

function fileNameOf({ ids, what, format }: ExportRequest, now: number): string {
  const [only = ''] = ids?.length === 1 ? ids : [];
  const which = only.replace(/[^\w-]/gu, '').slice(0, 8);
  const name =
    which === '' ? `claude-${what}` : `claude-${what === 'sessions' ? 'session' : what}-${which}`;
  return `${name}-${iso(now).slice(0, 10)}.${format}`;
}
