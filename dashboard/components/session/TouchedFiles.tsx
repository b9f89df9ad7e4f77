'use client';

import type { TouchedFile } from '@claude-optimizer/protocol';
import { useState } from 'react';
import { Button } from '@/components/Button';
import { formatExact } from '@/lib/format';

const FEW = 5;

/** The files that were edited, most edited first. */
export function TouchedFiles({ files }: { files: TouchedFile[] }) {
  const [isOpen, setOpen] = useState(false);
  if (files.length === 0) return null;
  const sorted = [...files].sort((a, b) => b.edits - a.edits);
  const shown = isOpen ? sorted : sorted.slice(0, FEW);
  return (
    <div className="border-t border-line px-3 py-2">
      <h3 className="mb-1 text-2xs text-ink-3">Files edited</h3>
      <ul className="space-y-0.5 text-xs">
        {shown.map((file) => (
          <li key={file.path} className="flex items-baseline gap-3">
            <span
              className="min-w-0 flex-1 truncate font-mono text-2xs"
              title={file.path}
              dir="rtl"
            >
              <bdi dir="ltr">{file.path}</bdi>
            </span>
            <span className="shrink-0 text-2xs text-ink-3 tabular-nums">
              {formatExact(file.edits)}×{' '}
              <span className="text-good">+{formatExact(file.linesAdded)}</span>{' '}
              <span className="text-danger">−{formatExact(file.linesRemoved)}</span>
            </span>
          </li>
        ))}
      </ul>
      {sorted.length > FEW && (
        <Button size="small" look="quiet" className="mt-1" onClick={() => setOpen(!isOpen)}>
          {isOpen ? 'Show fewer' : `Show all ${formatExact(sorted.length)}`}
        </Button>
      )}
    </div>
  );
}
