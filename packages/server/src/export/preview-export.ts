import type { ExportPreview, ExportRequest } from '@claude-optimizer/protocol';
import type { ExportOrigin } from './export-source.js';
import { countExported, openExport } from './open-export.js';

/** How much is written to know the size; most sessions take less. */
const MEASURED = 2 * 1024 * 1024;
/** Setting type takes its time. */
const MEASURED_PDF = 150 * 1024;

/**
 * How many sessions an export has and how large it is: written and counted while it's small, and
 * from the share that was written by then where it's more. Throws as `openExport` does.
 */
export async function previewExport(
  origin: ExportOrigin,
  request: ExportRequest,
  signal?: AbortSignal,
): Promise<ExportPreview> {
  const options = { isPreview: true, ...(signal && { signal }) };
  const { fileName, pieces, passed } = await openExport(origin, request, options);
  const sessions = await countExported(origin, request);
  let bytes = 0;
  let exact = true;
  for await (const piece of pieces) {
    bytes += piece.byteLength;
    if (bytes < (request.format === 'pdf' ? MEASURED_PDF : MEASURED)) continue;
    exact = false;
    break;
  }
  if (exact) return { sessions, bytes, exact, fileName };
  const share = Math.max(passed(), 0.001) / Math.max(sessions, 1);
  return { sessions, bytes: Math.round(bytes / Math.min(share, 1)), exact, fileName };
}
