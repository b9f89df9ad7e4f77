'use client';

import { Play } from 'lucide-react';
import { Button } from '@/components/Button';
import { useAction } from '@/hooks/useAction';
import { startDemo } from '@/lib/api';

/** Starts the demo at four times the speed of life. */
export function DemoButton() {
  const { run, isBusy, error } = useAction();
  return (
    <>
      <Button look="primary" disabled={isBusy} onClick={() => run(() => startDemo(4))}>
        <Play aria-hidden className="size-4" />
        Watch the demo
      </Button>
      {error && (
        <p role="alert" className="w-full text-danger">
          {error.message}
        </p>
      )}
    </>
  );
}
