import type { StepKind } from '@claude-optimizer/core/replay';
import type { KeyboardEvent } from 'react';
import { changeAddressQuery } from '@/hooks/useAddressQuery';
import { useHotkeys } from '@/lib/hotkeys/hotkeys';
import type { Player } from '@/lib/replay/player';

/**
 * The keys of a replay, on the whole page. Returns what handles them on the scrubber, whose own
 * keys (arrows, Home, End) are the browser's.
 */
export function useReplayKeys(player: Player, kind: StepKind): (event: KeyboardEvent) => void {
  const togglePlay = () => (player.state.isPlaying ? player.pause() : player.play());
  const step = (by: StepKind, direction: 1 | -1) => () => void player.step(by, direction);
  const keys = [
    { keys: ' ', label: 'Play or pause', run: togglePlay },
    { keys: 'ArrowRight', label: 'One event on', run: step('event', 1) },
    { keys: 'ArrowLeft', label: 'One event back', run: step('event', -1) },
    { keys: 'shift+ArrowRight', label: 'To the next turn', run: step('turn', 1) },
    { keys: 'shift+ArrowLeft', label: 'To the turn before', run: step('turn', -1) },
    { keys: '.', label: `To the next ${kind}`, run: step(kind, 1) },
    { keys: ',', label: `To the ${kind} before`, run: step(kind, -1) },
    { keys: 'Home', label: 'To the first event', run: () => player.seek(1) },
    { keys: 'End', label: 'To the last event', run: () => player.seek(player.state.events.length) },
    { keys: 'Escape', label: 'Back to live', run: () => changeAddressQuery({ seq: null }) },
  ];
  useHotkeys(keys);
  return (event) => {
    const name = event.shiftKey && event.key.length > 1 ? `shift+${event.key}` : event.key;
    const found = keys.find((key) => key.keys === name);
    if (!found || event.metaKey || event.ctrlKey || event.altKey) return;
    event.preventDefault();
    found.run();
  };
}
