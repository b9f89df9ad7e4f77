'use client';

import { Check, Copy, X } from 'lucide-react';
import { useEffect, useState } from 'react';

const SHOWN_MS = 1_500;

const SAID = {
  ready: { icon: Copy, words: '' },
  copied: { icon: Check, words: 'Copied' },
  refused: { icon: X, words: 'The browser refused to copy' },
};

/** Copies a text; says for a moment whether it did. */
export function CopyButton({ text, label }: { text: string; label: string }) {
  const [outcome, setOutcome] = useState<keyof typeof SAID>('ready');
  useEffect(() => {
    if (outcome === 'ready') return;
    const timer = setTimeout(() => setOutcome('ready'), SHOWN_MS);
    return () => clearTimeout(timer);
  }, [outcome]);
  const copy = async () => {
    try {
      await navigator.clipboard.writeText(text);
      setOutcome('copied');
    } catch {
      // Browsers refuse it without a secure context or the person's leave.
      setOutcome('refused');
    }
  };
  const { icon: Icon, words } = SAID[outcome];
  return (
    <>
      <button
        type="button"
        aria-label={label}
        title={words || label}
        onClick={() => void copy()}
        className="-my-0.5 rounded-sm p-1.5 text-ink-3 hover:bg-sunken hover:text-ink"
      >
        <Icon aria-hidden className="size-3.5" />
      </button>
      <span role="status" className="sr-only">
        {words}
      </span>
    </>
  );
}
