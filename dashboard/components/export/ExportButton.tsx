'use client';

import { Download } from 'lucide-react';
import { Suspense, useState } from 'react';
import { Button } from '@/components/Button';
import { useHotkeys } from '@/lib/hotkeys/hotkeys';
import { lazyView } from '@/lib/lazy-view';

const ExportDialog = lazyView(() =>
  import('./ExportDialog').then((module) => ({ default: module.ExportDialog })),
);

/** Opens the export of one session or several; its dialog is loaded then. */
export function ExportButton({ ids }: { ids: readonly string[] }) {
  const [isOpen, setOpen] = useState(false);
  useHotkeys([
    {
      keys: 'd',
      label: ids.length === 1 ? 'Export this session' : 'Export these sessions',
      run: () => setOpen(true),
    },
  ]);
  return (
    <>
      <Button size="small" aria-haspopup="dialog" onClick={() => setOpen(true)}>
        <Download aria-hidden className="size-3.5" />
        Export
      </Button>
      {isOpen && (
        <Suspense>
          <ExportDialog ids={ids} onClose={() => setOpen(false)} />
        </Suspense>
      )}
    </>
  );
}
