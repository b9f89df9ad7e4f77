import { History } from 'lucide-react';
import { Button } from '@/components/Button';
import { useHotkeys } from '@/lib/hotkeys/hotkeys';

/** Begins a replay of the session from its first event. */
export function ReplayButton({ onStart }: { onStart: () => void }) {
  useHotkeys([{ keys: 'p', label: 'Replay this session', run: onStart }]);
  return (
    <Button size="small" onClick={onStart}>
      <History aria-hidden className="size-3.5" />
      Replay
    </Button>
  );
}
