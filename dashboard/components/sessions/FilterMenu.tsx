'use client';

import { ChevronDown } from 'lucide-react';
import { useEffect, useId, useLayoutEffect, useRef, useState, type ReactNode } from 'react';

type Props = {
  name: string;
  /** What is chosen, in a few words; null when nothing is. */
  chosen?: string | null;
  children: ReactNode;
  icon?: ReactNode;
  /** On which side of the button it opens. */
  side?: 'left' | 'right';
};

/** A chip that opens what can be chosen; Esc and a click elsewhere close it. */
export function FilterMenu({ name, chosen = null, children, icon, side = 'left' }: Props) {
  const [isOpen, setOpen] = useState(false);
  const box = useRef<HTMLDivElement>(null);
  const button = useRef<HTMLButtonElement>(null);
  const panel = useRef<HTMLDivElement>(null);
  const id = useId();
  // Whenever something is drawn anew: what was chosen may have moved the chip.
  useLayoutEffect(() => {
    if (panel.current) keepInSight(panel.current);
  });
  useEffect(() => {
    if (!isOpen) return;
    const close = (event: PointerEvent) => {
      if (event.target instanceof Node && !box.current?.contains(event.target)) setOpen(false);
    };
    document.addEventListener('pointerdown', close);
    return () => document.removeEventListener('pointerdown', close);
  }, [isOpen]);
  return (
    <div
      ref={box}
      className="relative"
      onKeyDown={(event) => {
        if (event.key !== 'Escape' || !isOpen) return;
        event.preventDefault();
        setOpen(false);
        button.current?.focus();
      }}
    >
      <button
        ref={button}
        type="button"
        aria-expanded={isOpen}
        aria-controls={isOpen ? id : undefined}
        data-on={chosen === null ? undefined : ''}
        onClick={() => setOpen(!isOpen)}
        className="inline-flex h-8 max-w-64 items-center gap-1.5 rounded-sm border border-line px-2 text-xs text-ink-2 hover:bg-sunken hover:text-ink data-on:border-accent data-on:bg-accent-soft data-on:text-ink"
      >
        {icon}
        <span className="truncate">{chosen === null ? name : `${name}: ${chosen}`}</span>
        <ChevronDown aria-hidden className="size-3 shrink-0" />
      </button>
      {isOpen && (
        <div
          ref={panel}
          id={id}
          role="group"
          aria-label={name}
          className={`absolute top-9 z-30 max-h-[min(60dvh,26rem)] w-72 max-w-[calc(100vw-1.5rem)] overflow-y-auto rounded-md border border-line-strong bg-raised p-2 text-sm ${side === 'left' ? 'left-0' : 'right-0'}`}
        >
          {children}
        </div>
      )}
    </div>
  );
}

const MARGIN = 12;

// Of a chip at the edge of a phone, what opens would be half beyond it.
function keepInSight(panel: HTMLElement): void {
  panel.style.translate = 'none';
  const { left, right } = panel.getBoundingClientRect();
  const over = right - (document.documentElement.clientWidth - MARGIN);
  const shift = over > 0 ? -over : Math.max(0, MARGIN - left);
  if (shift !== 0) panel.style.translate = `${shift}px 0`;
}

type ChoiceProps = {
  label: ReactNode;
  title?: string;
  count?: number | undefined;
  isOn: boolean;
  onChange: (isOn: boolean) => void;
  type?: 'checkbox' | 'radio';
  /** Of a choice of one, its group. */
  group?: string;
};

/** One thing to choose, and how many sessions it would leave. */
export function Choice({ label, title, count, isOn, onChange, type, group }: ChoiceProps) {
  return (
    <label
      title={title}
      className="flex min-h-7 cursor-pointer items-center gap-2 rounded-sm px-1.5 hover:bg-sunken"
    >
      <input
        type={type ?? 'checkbox'}
        name={group}
        checked={isOn}
        onChange={(event) => onChange(event.target.checked)}
        className="size-3.5 shrink-0 accent-(--accent)"
      />
      <span className="min-w-0 flex-1 truncate">{label}</span>
      {count !== undefined && <span className="text-xs text-ink-3 tabular-nums">{count}</span>}
    </label>
  );
}
