'use client';

import type { TouchedFile } from '@claude-optimizer/protocol';
import { memo, useId, useMemo, useState } from 'react';
import { Button } from '@/components/Button';
import { formatExact } from '@/lib/format';

const FEW = 5;
const byEdits = (a: TouchedFile, b: TouchedFile) => b.edits - a.edits || (a.path < b.path ? -1 : 1);

/** The files that were edited, most edited first. */
export const TouchedFiles = memo(function TouchedFiles({ files }: { files: TouchedFile[] }) {
  const [isOpen, setOpen] = useState(false);
  const id = useId();
  const sorted = useMemo(() => [...files].sort(byEdits), [files]);
  if (files.length === 0) return null;
  const shown = isOpen ? sorted : sorted.slice(0, FEW);
  return (
    <div className="border-t border-line px-3 py-2">
      <h3 className="mb-1 text-2xs text-ink-3">Files edited · {formatExact(files.length)}</h3>
      <ul id={id} className="space-y-0.5 text-xs">
        {shown.map((file) => (
          <li key={file.path} className="flex items-baseline gap-3">
            <span
              className="min-w-0 flex-1 truncate text-left font-mono text-2xs"
              title={file.path}
              dir="rtl"
            >
              <bdi dir="ltr">{file.path}</bdi>
            </span>
            <span className="shrink-0 text-2xs text-ink-3 tabular-nums">
              {formatExact(file.edits)} {file.edits === 1 ? 'edit' : 'edits'}{' '}
              <span className="text-good">+{formatExact(file.linesAdded)}</span>{' '}
              <span className="text-danger">−{formatExact(file.linesRemoved)}</span>
            </span>
          </li>
        ))}
      </ul>
      {sorted.length > FEW && (
        <Button
          size="small"
          look="quiet"
          className="mt-1 -ml-2"
          aria-expanded={isOpen}
          aria-controls={id}
          onClick={() => setOpen(!isOpen)}
        >
          {isOpen ? 'Show fewer' : `Show all ${formatExact(sorted.length)}`}
        </Button>
      )}
    </div>
  );
});
