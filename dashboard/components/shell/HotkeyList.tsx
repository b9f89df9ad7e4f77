'use client';

import { X } from 'lucide-react';
import { Button } from '@/components/Button';
import { Dialog } from '@/components/Dialog';
import { useHotkeyList } from '@/lib/hotkeys/hotkeys';

const NAMES: Record<string, string> = {
  ' ': 'Space',
  Escape: 'Esc',
  'mod+k': '⌘K Ctrl+K',
  ArrowLeft: '←',
  ArrowRight: '→',
  'shift+ArrowLeft': 'Shift ←',
  'shift+ArrowRight': 'Shift →',
};

/** Every key that works on this page. */
export function HotkeyList({ onClose }: { onClose: () => void }) {
  const hotkeys = useHotkeyList();
  const here = hotkeys.filter(({ place }) => place === 'here');
  const everywhere = hotkeys.filter(
    ({ place, keys }) => place === 'everywhere' && !here.some((each) => each.keys === keys),
  );
  return (
    <Dialog label="Keyboard" onClose={onClose} className="max-w-sm">
      <div className="flex items-center justify-between border-b border-line py-2 pr-2 pl-4">
        <h2 className="font-semibold">Keyboard</h2>
        <Button look="quiet" size="small" aria-label="Close" onClick={onClose}>
          <X aria-hidden className="size-4" />
        </Button>
      </div>
      {here.length > 0 && <Keys name="On this page" hotkeys={here} />}
      <Keys name="Everywhere" hotkeys={everywhere} />
    </Dialog>
  );
}

type KeysProps = { name: string; hotkeys: readonly { keys: string; label: string }[] };

function Keys({ name, hotkeys }: KeysProps) {
  return (
    <section className="px-4 py-2">
      <h3 className="pb-1 text-2xs text-ink-3">{name}</h3>
      <dl>
        {hotkeys.map(({ keys, label }) => (
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
    </section>
  );
}
