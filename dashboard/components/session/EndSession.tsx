'use client';

import { useState } from 'react';
import { Button } from '@/components/Button';
import { Dialog } from '@/components/Dialog';
import { ErrorState } from '@/components/ErrorState';
import { useAction } from '@/hooks/useAction';
import { endSession } from '@/lib/api';

/** Marks a session as ended, after a question; Claude Code itself is not stopped. */
export function EndSession({ id }: { id: string }) {
  const [isOpen, setOpen] = useState(false);
  const { run, isBusy, error } = useAction();
  return (
    <>
      <Button size="small" onClick={() => setOpen(true)}>
        End session
      </Button>
      {isOpen && (
        <Dialog label="End this session?" onClose={() => setOpen(false)} className="max-w-md">
          <div className="space-y-3 p-4">
            <h2 className="text-lg font-semibold">End this session?</h2>
            <p className="text-ink-2">
              It is marked as completed here. Claude Code itself isn’t stopped: when it goes on, the
              session opens again.
            </p>
            {error && <ErrorState error={error} />}
            <div className="flex justify-end gap-2">
              <Button onClick={() => setOpen(false)}>Keep it open</Button>
              <Button
                look="primary"
                disabled={isBusy}
                onClick={() =>
                  run(async () => {
                    await endSession(id);
                    setOpen(false);
                  })
                }
              >
                End session
              </Button>
            </div>
          </div>
        </Dialog>
      )}
    </>
  );
}
