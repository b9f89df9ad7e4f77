'use client';

import type { ExportFormat, ExportPart, Redaction } from '@claude-optimizer/protocol';
import { Download } from 'lucide-react';
import { useState } from 'react';
import { Button } from '@/components/Button';
import { DialogFrame } from '@/components/DialogFrame';
import { ErrorState } from '@/components/ErrorState';
import { formatBytes } from '@/lib/bytes';
import { ChoiceList } from './ChoiceList';
import { FORMATS, hasParts, PARTS, REDACTIONS } from './choices';
import { useDownload, usePreview } from './useExport';

type Props = {
  /** The sessions to take along; one or any number. */
  ids: readonly string[];
  onClose: () => void;
};

/** Asks in which format, with what and without what sessions are exported, and downloads them. */
export function ExportDialog({ ids, onClose }: Props) {
  const [format, setFormat] = useState<ExportFormat>('pdf');
  const [part, setPart] = useState<ExportPart>('sessions');
  const [redact, setRedact] = useState<readonly Redaction[]>([]);
  const what = hasParts(format) ? part : 'sessions';
  const wanted = { ids, format, what, redact };
  const preview = usePreview(wanted);
  const { bytes, error, begin, cancel } = useDownload(onClose);
  const known = preview instanceof Error ? null : preview;
  const failed = error ?? (preview instanceof Error ? preview : null);
  return (
    <DialogFrame
      title={ids.length === 1 ? 'Export this session' : `Export ${String(ids.length)} sessions`}
      onClose={onClose}
      actions={
        <>
          <p role="status" className="mr-auto min-w-0 truncate text-xs text-ink-2 tabular-nums">
            {said(bytes, known, failed !== null)}
          </p>
          {bytes === null ? (
            <Button onClick={onClose}>Close</Button>
          ) : (
            <Button onClick={cancel}>Cancel download</Button>
          )}
          <Button
            look="primary"
            disabled={known === null || bytes !== null}
            onClick={() => known && begin(wanted, known.fileName)}
          >
            <Download aria-hidden className="size-4" />
            Download
          </Button>
        </>
      }
    >
      <ChoiceList
        legend="Format"
        choices={FORMATS}
        chosen={[format]}
        onChange={([chosen]) => chosen && setFormat(chosen)}
      />
      {hasParts(format) && (
        <ChoiceList
          legend="Rows"
          choices={PARTS}
          chosen={[part]}
          onChange={([chosen]) => chosen && setPart(chosen)}
        />
      )}
      <ChoiceList
        legend="Leave out, for sharing"
        choices={REDACTIONS}
        chosen={redact}
        isMany
        onChange={setRedact}
      />
      {failed && <ErrorState error={failed} />}
    </DialogFrame>
  );
}

function said(
  bytes: number | null,
  known: { bytes: number; exact: boolean } | null,
  hasFailed: boolean,
): string {
  if (hasFailed) return '';
  if (known === null)
    return bytes === null ? 'Working out its size…' : `${formatBytes(bytes)} so far…`;
  const size = formatBytes(known.bytes);
  if (bytes === null) return known.exact ? size : `About ${size}`;
  return `${formatBytes(bytes)} of ${known.exact ? '' : 'about '}${size}…`;
}
