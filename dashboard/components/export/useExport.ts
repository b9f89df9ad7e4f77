'use client';

import type { ExportPreview } from '@claude-optimizer/protocol';
import { useEffect, useRef, useState } from 'react';
import { downloadExport, previewExport, type Wanted } from '@/lib/export-api';

export type Preview = { of: string; answer: ExportPreview | null; error: Error | null };

/** How large the wanted export would be; asked again when something else is wanted. */
export function usePreview(wanted: Wanted): ExportPreview | Error | null {
  const key = JSON.stringify(wanted);
  const [preview, setPreview] = useState<Preview | null>(null);
  useEffect(() => {
    let isLate = false;
    const tell = (answer: ExportPreview | null, error: Error | null) => {
      if (!isLate) setPreview({ of: key, answer, error });
    };
    previewExport(JSON.parse(key) as Wanted).then(
      (answer) => tell(answer, null),
      (error: unknown) => tell(null, error instanceof Error ? error : new Error(String(error))),
    );
    return () => {
      isLate = true;
    };
  }, [key]);
  if (preview?.of !== key) return null;
  return preview.answer ?? preview.error;
}

/** The download: how much has come, what went wrong, and how to begin and break it off. */
export function useDownload(onDone: () => void) {
  const [bytes, setBytes] = useState<number | null>(null);
  const [error, setError] = useState<Error | null>(null);
  const ending = useRef<AbortController | null>(null);
  useEffect(() => () => ending.current?.abort(), []);
  const begin = (wanted: Wanted, fileName: string) => {
    const controller = new AbortController();
    ending.current = controller;
    setBytes(0);
    setError(null);
    downloadExport(wanted, fileName, { signal: controller.signal, onBytes: setBytes })
      .then(onDone, (cause: unknown) => {
        if (controller.signal.aborted) return;
        setError(cause instanceof Error ? cause : new Error(String(cause)));
      })
      .finally(() => setBytes(null));
  };
  return { bytes, error, begin, cancel: () => ending.current?.abort() };
}
