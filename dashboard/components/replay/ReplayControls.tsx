import { SPEEDS, type Speed } from '@claude-optimizer/core/replay';
import { ChevronLeft, ChevronRight, Pause, Play, Radio } from 'lucide-react';
import { Button } from '@/components/Button';
import { CopyButton } from '@/components/session/CopyButton';
import { changeAddressQuery } from '@/hooks/useAddressQuery';
import { formatExact, formatMoment } from '@/lib/format';
import type { Player, PlayerState } from '@/lib/replay/player';
import { MarkSign } from './Scrubber';

/** What the step buttons, and `.` and `,`, go by. */
export const STEP_KINDS = ['event', 'turn', 'objective', 'error'] as const;
export type ChosenStep = (typeof STEP_KINDS)[number];

const SPEED_WORDS: Record<`${Speed}`, string> = {
  1: '1×',
  10: '10×',
  60: '60×',
  skip: 'Skip waiting',
};
const STEP_WORDS: Record<ChosenStep, string> = {
  event: 'Event',
  turn: 'Turn',
  objective: 'Objective',
  error: 'Error',
};
const CHOICE =
  'h-7 rounded-sm border border-control-line bg-surface px-1.5 text-xs text-ink max-sm:h-9';
const PRESS = 'max-sm:h-9 max-sm:min-w-9';

type Props = {
  player: Player;
  state: PlayerState;
  stepKind: ChosenStep;
  onStepKind: (kind: ChosenStep) => void;
  /** How many turns have begun. */
  turn: number;
  /** What happens at the moment. */
  what: string;
};

/** Play, speed, steps, the clock, and the way back to live. */
export function ReplayControls(props: Props) {
  const { player, state, stepKind, onStepKind, turn, what } = props;
  const { events, marks, count, at, isPlaying, speed, isLate } = state;
  const here = marks.find((mark) => mark.count === count);
  const has = (direction: 1 | -1) =>
    stepKind === 'event'
      ? count + direction >= 1 && count + direction <= events.length
      : marks.some((mark) => mark.kind === stepKind && (mark.count - count) * direction > 0);
  return (
    <div className="flex flex-wrap items-center gap-x-2 gap-y-1.5 lg:gap-x-4">
      <div className="flex items-center gap-2 max-lg:order-4">
        <Button
          look="primary"
          aria-label={isPlaying ? 'Pause' : 'Play'}
          title={isPlaying ? 'Pause (Space)' : 'Play (Space)'}
          disabled={events.length === 0}
          onClick={() => (isPlaying ? player.pause() : player.play())}
          className="size-8 px-0! max-sm:size-9"
        >
          {isPlaying ? (
            <Pause aria-hidden className="size-4" />
          ) : (
            <Play aria-hidden className="size-4" />
          )}
        </Button>
        <select
          aria-label="Speed"
          value={String(speed)}
          onChange={({ target }) =>
            player.setSpeed(SPEEDS.find((each) => String(each) === target.value) ?? speed)
          }
          className={CHOICE}
        >
          {SPEEDS.map((each) => (
            <option key={each} value={String(each)}>
              {SPEED_WORDS[each]}
            </option>
          ))}
        </select>
      </div>
      <div role="group" aria-label="Steps" className="flex items-center gap-1 max-lg:order-5">
        <Button
          size="small"
          look="quiet"
          aria-label={`To the ${stepKind} before`}
          title={`To the ${stepKind} before (,)`}
          aria-disabled={!has(-1)}
          onClick={() => player.step(stepKind, -1)}
          className={`${PRESS} aria-disabled:opacity-50`}
        >
          <ChevronLeft aria-hidden className="size-4" />
        </Button>
        <select
          aria-label="Step by"
          value={stepKind}
          onChange={({ target }) =>
            onStepKind(STEP_KINDS.find((each) => each === target.value) ?? stepKind)
          }
          className={CHOICE}
        >
          {STEP_KINDS.map((each) => (
            <option key={each} value={each}>
              {STEP_WORDS[each]}
            </option>
          ))}
        </select>
        <Button
          size="small"
          look="quiet"
          aria-label={`To the next ${stepKind}`}
          title={`To the next ${stepKind} (.)`}
          aria-disabled={!has(1)}
          onClick={() => player.step(stepKind, 1)}
          className={`${PRESS} aria-disabled:opacity-50`}
        >
          <ChevronRight aria-hidden className="size-4" />
        </Button>
      </div>
      <p className="flex items-baseline gap-x-2 max-lg:order-1">
        <time
          dateTime={new Date(at).toISOString()}
          className="text-base font-semibold whitespace-nowrap"
        >
          {count === 0 ? '–' : formatMoment(at)}
        </time>
        <span className="text-xs whitespace-nowrap text-ink-3 tabular-nums">
          {formatExact(count)} of {formatExact(events.length)}
          <span className="max-sm:sr-only">
            {' events'}
            {turn > 0 && ` · turn ${formatExact(turn)}`}
          </span>
        </span>
      </p>
      <p
        // Read out when the person has gone somewhere, not for everything that plays.
        role={isPlaying ? undefined : 'status'}
        className="flex min-w-0 flex-1 basis-60 items-center gap-1.5 text-xs text-ink-2 max-lg:order-3 max-lg:w-full max-lg:flex-none"
      >
        {here && <MarkSign kind={here.kind} />}
        <span className="truncate" title={what}>
          {isLate && <span className="text-warning">Read later than it happened · </span>}
          {what}
        </span>
      </p>
      <div className="ml-auto flex items-center gap-2 max-lg:order-2">
        <CopyButton text={linkTo(state.seq)} label="Copy a link to this moment" />
        <Button size="small" onClick={() => changeAddressQuery({ seq: null })} className={PRESS}>
          <Radio aria-hidden className="size-3.5" />
          Live
        </Button>
      </div>
    </div>
  );
}

/** The page's address with this moment, its tab included. */
function linkTo(seq: number): string {
  const url = new URL(window.location.href);
  url.searchParams.set('seq', String(seq));
  return url.toString();
}
