'use client';

import { X } from 'lucide-react';
import { Button } from '@/components/Button';
import { Dialog } from '@/components/Dialog';
import { useHotkeyList } from '@/lib/hotkeys/hotkeys';

const NAMES: Record<string, string> = { Escape: 'Esc', 'mod+k': '⌘ K' };

/** Every key that works on this page. */
export function HotkeyList({ onClose }: { onClose: () => void }) {
  const hotkeys = useHotkeyList();
  // The latest registered wins, and stands where the first one stood.
  const byKeys = new Map(hotkeys.map((hotkey) => [hotkey.keys, hotkey.label]));
  const rows = [...byKeys, ['Enter', 'Open the session in focus'] as const];
  return (
    <Dialog label="Keyboard" onClose={onClose} className="max-w-sm">
      <div className="flex items-center justify-between border-b border-line py-2 pr-2 pl-4">
        <h2 className="font-semibold">Keyboard</h2>
        <Button look="quiet" className="w-8 px-0" aria-label="Close" onClick={onClose}>
          <X aria-hidden className="size-4" />
        </Button>
      </div>
      <dl className="px-4 py-2">
        {rows.map(([keys, label]) => (
          <div key={keys} className="flex items-center justify-between gap-4 py-1">
            <dt className="text-ink-2">{label}</dt>
            <dd className="flex gap-1">
              {(NAMES[keys] ?? keys).split(' ').map((key) => (
                <kbd
                  key={key}
                  className="min-w-5 rounded-sm border border-line-strong bg-sunken px-1 text-center font-mono text-2xs leading-5"
                >
                  {key}
                </kbd>
              ))}
            </dd>
          </div>
        ))}
      </dl>
    </Dialog>
  );
}
