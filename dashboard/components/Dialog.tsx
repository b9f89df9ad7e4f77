'use client';

import { useLayoutEffect, useRef, type ReactNode } from 'react';

type Props = { label: string; onClose: () => void; children: ReactNode; className?: string };

/** A modal dialog while it is mounted: the browser's own, with its focus trap and Esc. */
export function Dialog({ label, onClose, children, className = '' }: Props) {
  const ref = useRef<HTMLDialogElement>(null);
  const isLeaving = useRef(false);
  // Closed while it is still in the page, the browser gives the focus back to where it was.
  useLayoutEffect(() => {
    const dialog = ref.current;
    dialog?.showModal();
    const first = dialog?.querySelector<HTMLElement>('[data-first]');
    (first ?? dialog?.querySelector<HTMLElement>('input, select, textarea'))?.focus();
    isLeaving.current = false;
    return () => {
      isLeaving.current = true;
      dialog?.close();
    };
  }, []);
  return (
    <dialog
      ref={ref}
      aria-label={label}
      onClose={() => {
        // Said of a dialog that another has taken the place of, it would close that one.
        if (!isLeaving.current) onClose();
      }}
      onClick={(event) => {
        // The backdrop belongs to the dialog element itself.
        if (event.target === event.currentTarget) onClose();
      }}
      className={`mx-auto mt-[12dvh] mb-auto w-[calc(100vw-2rem)] rounded-md border border-line-strong bg-raised p-0 text-ink backdrop:bg-[var(--scrim)] ${className}`}
    >
      {children}
    </dialog>
  );
}
