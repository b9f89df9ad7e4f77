'use client';

import { X } from 'lucide-react';
import type { ReactNode } from 'react';
import { Button } from './Button';
import { Dialog } from './Dialog';

type Props = {
  title: string;
  onClose: () => void;
  children: ReactNode;
  /** Buttons, which stay in sight while the rest scrolls. */
  actions?: ReactNode;
  className?: string;
  /** For reading: the focus is on the text, not in the first field. */
  isText?: boolean;
};

/** A dialog with a title, a body that scrolls and its buttons below. */
export function DialogFrame(props: Props) {
  const { title, onClose, children, actions, className = 'max-w-2xl', isText = false } = props;
  return (
    <Dialog label={title} onClose={onClose} className={`max-sm:mt-2! sm:mt-[6dvh]! ${className}`}>
      <div className="flex max-h-[calc(100dvh-1.5rem)] flex-col sm:max-h-[86dvh]">
        <header className="flex items-center justify-between gap-2 border-b border-line py-2 pr-2 pl-4">
          <h2 className="min-w-0 truncate text-base font-semibold">{title}</h2>
          <Button look="quiet" size="small" aria-label="Close" onClick={onClose}>
            <X aria-hidden className="size-4" />
          </Button>
        </header>
        <div
          tabIndex={-1}
          data-first={isText ? '' : undefined}
          className="min-h-0 flex-1 space-y-3 overflow-y-auto p-4 outline-none"
        >
          {children}
        </div>
        {actions !== undefined && (
          <footer className="flex flex-wrap items-center justify-end gap-2 border-t border-line px-4 py-2.5">
            {actions}
          </footer>
        )}
      </div>
    </Dialog>
  );
}
