'use client';

import type { SessionDetail } from '@claude-optimizer/protocol';
import { useEffect, useRef, useState, useSyncExternalStore } from 'react';
import type { Moment } from '@/components/session/moment';
import { ErrorState } from '@/components/ErrorState';
import { changeAddressQuery } from '@/hooks/useAddressQuery';
import { useSessionEvents } from '@/hooks/useSessionEvents';
import { Player } from '@/lib/replay/player';
import { momentWords } from '@/lib/replay/moment-words';
import { formatMoment } from '@/lib/format';
import { ReplayControls, type ChosenStep } from './ReplayControls';
import { Scrubber } from './Scrubber';
import { useReplayKeys } from './useReplayKeys';

/** The address follows so much later: browsers refuse it for every step. */
const ADDRESS_MS = 300;

type Props = {
  id: string;
  slotMs: number;
  /** The event that the address names. */
  seq: number;
  /** Called with the session as it was whenever the moment is another. */
  onShow: (past: { detail: SessionDetail; moment: Moment } | null) => void;
};

/** The replay's controls, below the page: they decide which moment all of it shows. */
export function ReplayBar({ id, slotMs, seq, onShow }: Props) {
  const { kind, events, error, reload } = useSessionEvents(id);
  const [player] = useState(() => new Player(id, slotMs, seq));
  const state = useSyncExternalStore(player.watch, () => player.state);
  const [stepKind, setStepKind] = useState<ChosenStep>('objective');
  useShown(player, onShow);
  useEffect(() => {
    if (events.length > 0) player.use(events, kind === 'ready');
  }, [player, events, kind]);
  useEffect(() => {
    if (kind === 'failed' && player.state.detail === null) onShow(null);
  }, [player, kind, onShow]);
  useAddress(player, seq);
  useFrames(player, state.isPlaying);
  useOpening(player, state.detail !== null, seq);
  const onKeyDown = useReplayKeys(player, stepKind);
  const event = events[state.count - 1];
  const what = event ? momentWords(event) : '';
  const turn = state.marks.filter((mark) => mark.kind === 'turn' && mark.count <= state.count);
  return (
    <section
      aria-label="Replay"
      className="sticky bottom-0 z-10 mt-auto border-t border-line-strong bg-raised px-3 pt-1 pb-2 sm:px-4"
    >
      {error && <ErrorState error={error} onRetry={reload} className="my-2" />}
      <Scrubber
        length={events.length}
        count={state.count}
        marks={state.marks}
        words={`Event ${state.count} of ${events.length}, ${formatMoment(state.at)}. ${what}`}
        onSeek={(count) => player.seek(count)}
        onKeyDown={onKeyDown}
      />
      <ReplayControls
        player={player}
        state={state}
        stepKind={stepKind}
        onStepKind={setStepKind}
        turn={turn.length}
        what={what}
      />
    </section>
  );
}

/** Hands the session as it was on, and takes it back at the end. */
function useShown(player: Player, onShow: Props['onShow']): void {
  useEffect(() => {
    const stop = player.watch(() => {
      const { detail, seq, at } = player.state;
      if (detail) onShow({ detail, moment: { seq, at } });
    });
    return () => {
      stop();
      onShow(null);
    };
  }, [player, onShow]);
}

/** The address names the moment, and going back in it goes back here. */
function useAddress(player: Player, asked: number): void {
  const written = useRef(asked);
  useEffect(() => {
    if (asked === written.current) return;
    written.current = asked;
    player.seekSeq(asked);
  }, [player, asked]);
  useEffect(() => {
    let timer: ReturnType<typeof setTimeout> | null = null;
    const write = () => {
      timer = null;
      const { seq } = player.state;
      // Whoever has just left for live has left.
      if (!new URLSearchParams(window.location.search).has('seq')) return;
      written.current = seq;
      changeAddressQuery({ seq: String(seq) }, 'replace');
    };
    const stop = player.watch(() => {
      const { detail, seq } = player.state;
      if (detail !== null && seq !== written.current) timer ??= setTimeout(write, ADDRESS_MS);
    });
    return () => {
      stop();
      if (timer !== null) clearTimeout(timer);
    };
  }, [player]);
}

/** Lets time pass while it plays. */
function useFrames(player: Player, isPlaying: boolean): void {
  useEffect(() => {
    if (!isPlaying) return;
    let last = performance.now();
    let frame = requestAnimationFrame(function draw(now) {
      player.pass(now - last);
      last = now;
      frame = requestAnimationFrame(draw);
    });
    return () => cancelAnimationFrame(frame);
  }, [player, isPlaying]);
}

/** Who asked for a replay from the start wants to see it play, unless they mind motion. */
function useOpening(player: Player, isThere: boolean, asked: number): void {
  const fromStart = useRef(asked === 0);
  useEffect(() => {
    if (!isThere || !fromStart.current) return;
    fromStart.current = false;
    if (!matchMedia('(prefers-reduced-motion: reduce)').matches) player.play();
  }, [player, isThere]);
}
