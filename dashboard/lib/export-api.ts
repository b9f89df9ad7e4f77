import {
  exportPreviewSchema,
  TOKEN_HEADER,
  tokenSchema,
  type ExportFormat,
  type ExportPart,
  type ExportPreview,
  type Redaction,
} from '@claude-optimizer/protocol';
import * as z from 'zod';
import { parseAnswer, request, send } from './api';

/** What is exported: these sessions, so. */
export type Wanted = {
  ids: readonly string[];
  format: ExportFormat;
  what: ExportPart;
  redact: readonly Redaction[];
};

const PATH = '/api/sessions/export';

/** How large it would be. Throws an `OptimizerError` for what can't be exported. */
export function previewExport(wanted: Wanted): Promise<ExportPreview> {
  return send(exportPreviewSchema, 'POST', `${PATH}/preview`, wanted);
}

/**
 * Fetches an export whole and hands it to the browser as a file, so that a failure on the way is
 * seen here and leaves no half of a file. `onBytes` is told how much has come.
 */
export async function downloadExport(
  wanted: Wanted,
  fileName: string,
  { signal, onBytes }: { signal: AbortSignal; onBytes: (bytes: number) => void },
): Promise<void> {
  const { token } = await request(tokenSchema, '/api/token');
  const response = await fetch(PATH, {
    method: 'POST',
    headers: { 'content-type': 'application/json', [TOKEN_HEADER]: token },
    body: JSON.stringify(wanted),
    signal,
  });
  if (!response.ok || !response.body) {
    await parseAnswer(z.never(), response);
    return;
  }
  const parts: BlobPart[] = [];
  let bytes = 0;
  const reader = response.body.getReader();
  for (let read = await reader.read(); !read.done; read = await reader.read()) {
    parts.push(read.value);
    bytes += read.value.byteLength;
    onBytes(bytes);
  }
  keep(new Blob(parts, { type: response.headers.get('content-type') ?? '' }), fileName);
}

function keep(file: Blob, name: string): void {
  const address = URL.createObjectURL(file);
  const link = document.createElement('a');
  link.href = address;
  link.download = name;
  link.click();
  // The browser has taken hold of it by then.
  setTimeout(() => URL.revokeObjectURL(address), 60_000);
}
