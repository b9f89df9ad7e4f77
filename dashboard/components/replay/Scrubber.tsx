import type { Mark, MarkKind } from '@claude-optimizer/core/replay';
import { memo, type KeyboardEvent } from 'react';

type Props = {
  length: number;
  count: number;
  marks: readonly Mark[];
  /** The moment in words, for those who can't see where the thumb is. */
  words: string;
  onSeek: (count: number) => void;
  onKeyDown: (event: KeyboardEvent) => void;
};

/** The session from its first event to its last; each event is as wide as any other. */
export function Scrubber({ length, count, marks, words, onSeek, onKeyDown }: Props) {
  const share = length > 1 ? (count - 1) / (length - 1) : 1;
  return (
    <div className="relative h-9">
      <Marks marks={marks} length={length} />
      {/* The track is inset by half a thumb, as the thumb's middle is what points. */}
      <div aria-hidden className="absolute inset-x-2 bottom-2 h-1 rounded-full bg-line-strong">
        <div className="h-full rounded-full bg-accent" style={{ width: `${share * 100}%` }} />
      </div>
      <input
        type="range"
        aria-label="Moment of the session"
        aria-valuetext={words}
        min={1}
        max={Math.max(1, length)}
        step={1}
        value={count}
        disabled={length === 0}
        onChange={(event) => onSeek(Number(event.target.value))}
        onKeyDown={onKeyDown}
        className="replay-range absolute inset-x-0 bottom-0 h-5 w-full"
      />
    </div>
  );
}

const LOOKS: Record<MarkKind, { color: string; path: (x: number) => string }> = {
  // Told apart by shape and place as well as by colour.
  turn: { color: 'var(--ink-3)', path: (x) => `M${x} 1V13` },
  objective: { color: 'var(--good)', path: (x) => `M${x} 1l4 4l-4 4l-4 -4z` },
  error: { color: 'var(--danger)', path: (x) => `M${x} 1l4 7h-8z` },
  compaction: {
    color: 'var(--info)',
    path: (x) => `M${x - 3.5} 2h7l-3.5 3.5zM${x - 3.5} 9h7l-3.5 -3.5z`,
  },
  budget: { color: 'var(--warning)', path: (x) => `M${x - 3} 2h6v6h-6z` },
};

/** One mark by itself, for the words beside it. */
export function MarkSign({ kind }: { kind: MarkKind }) {
  const { color, path } = LOOKS[kind];
  return (
    <svg aria-hidden viewBox="0 0 14 14" className="size-3.5 shrink-0">
      <path d={path(7)} fill={color} stroke={color} strokeWidth={1} />
    </svg>
  );
}

/** What is worth going to, above the track; to be seen only: keys and buttons lead there. */
const Marks = memo(function Marks({ marks, length }: { marks: readonly Mark[]; length: number }) {
  return (
    <div aria-hidden className="absolute inset-x-2 top-0 h-4">
      {placed(marks, length).map(({ kind, share, label, seq }) => (
        <svg
          key={`${seq} ${kind}`}
          viewBox="0 0 14 14"
          className="absolute top-0 size-3.5 -translate-x-1/2"
          style={{ left: `${share * 100}%` }}
        >
          <title>{label}</title>
          <path
            d={LOOKS[kind].path(7)}
            fill={LOOKS[kind].color}
            stroke={LOOKS[kind].color}
            strokeWidth={1}
          />
        </svg>
      ))}
    </div>
  );
});

/** Marks nearer to one another than this share of the track can't be told apart. */
const NEAREST = 1 / 400;

/** The marks that can be told apart on the track, and where they are; of turns the most give way. */
function placed(marks: readonly Mark[], length: number): (Mark & { share: number })[] {
  const lastOf = new Map<MarkKind, number>();
  return marks.flatMap((mark) => {
    const share = length > 1 ? (mark.count - 1) / (length - 1) : 1;
    if (share - (lastOf.get(mark.kind) ?? -1) < NEAREST) return [];
    lastOf.set(mark.kind, share);
    return [{ ...mark, share }];
  });
}
