'use client';

import { demoSpeeds } from '@claude-optimizer/protocol';
import { FlaskConical } from 'lucide-react';
import { Button } from '@/components/Button';
import { startDemo, stopDemo } from '@/lib/api';
import { useDemo } from '@/lib/feed/hooks';
import { useAction } from '@/hooks/useAction';

/** Says that a demo is on, how fast, and how to leave it. */
export function DemoBanner() {
  const { running, speed } = useDemo();
  const { run, isBusy, error } = useAction();
  if (!running) return null;
  return (
    <section
      aria-label="Demo"
      className="flex flex-wrap items-center gap-x-4 gap-y-1 border-b border-line bg-info-soft px-4 py-1 text-xs"
    >
      <p className="flex items-start gap-1.5">
        <FlaskConical aria-hidden className="mt-px size-3.5 shrink-0 text-info" />
        <span>
          <strong className="font-semibold">Demo.</strong> Made-up sessions, read the way real ones
          are. Your own history is untouched.
        </span>
      </p>
      <div className="ml-auto flex items-center gap-1">
        <span id="demo-speed" className="text-ink-2">
          Speed
        </span>
        <div role="group" aria-labelledby="demo-speed" className="flex">
          {demoSpeeds.map((each) => (
            <button
              key={each}
              type="button"
              aria-pressed={each === speed}
              onClick={() => run(() => startDemo(each))}
              className="h-6 rounded-sm px-2 text-ink-2 hover:text-ink aria-pressed:bg-surface aria-pressed:font-semibold aria-pressed:text-ink"
            >
              {each}×
            </button>
          ))}
        </div>
        <Button size="small" className="ml-2" disabled={isBusy} onClick={() => run(stopDemo)}>
          Stop the demo
        </Button>
      </div>
      {error && (
        <p role="alert" className="w-full text-danger">
          {error.message}
        </p>
      )}
    </section>
  );
}
