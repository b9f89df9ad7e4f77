/** A stretch of time and where it stands on the axis, both in ms. */
type Piece = { from: number; shownFrom: number; ms: number; shownMs: number };

/** A time axis on which long waits are short: what is shown of it has a length of its own. */
export type Axis = {
  /** How long the axis is, in ms of working time. */
  length: number;
  toShown: (at: number) => number;
  toTime: (shown: number) => number;
};

/** A long wait takes this share of the axis's working time, at least 10 seconds. */
const WAIT_SHARE = 0.03;
const LEAST_SHOWN_MS = 10_000;

/**
 * The axis from `from` to `to` (epoch ms) on which each of `waits`, in order and apart from one
 * another, takes a bounded share; without waits it is time itself.
 */
export function timeAxis(
  from: number,
  to: number,
  waits: readonly { from: number; to: number }[],
): Axis {
  const waited = waits.reduce((sum, wait) => sum + wait.to - wait.from, 0);
  const most = Math.max(LEAST_SHOWN_MS, (to - from - waited) * WAIT_SHARE);
  const pieces: Piece[] = [];
  let [at, shown] = [from, 0];
  const add = (until: number, shownMs: number) => {
    if (until <= at) return;
    pieces.push({ from: at, shownFrom: shown, ms: until - at, shownMs });
    at = until;
    shown += shownMs;
  };
  for (const wait of waits) {
    add(wait.from, wait.from - at);
    add(wait.to, Math.min(wait.to - at, most));
  }
  add(to, to - at);
  return {
    length: shown,
    toShown: (time) => {
      const piece = pieceAt(pieces, (one) => one.from <= time);
      return piece ? piece.shownFrom + ((time - piece.from) * piece.shownMs) / piece.ms : 0;
    },
    toTime: (place) => {
      const piece = pieceAt(pieces, (one) => one.shownFrom <= place);
      return piece ? piece.from + ((place - piece.shownFrom) * piece.ms) / piece.shownMs : from;
    },
  };
}

// The last piece that has begun, or the first.
function pieceAt(pieces: readonly Piece[], hasBegun: (piece: Piece) => boolean) {
  let [low, high] = [0, pieces.length];
  while (low < high) {
    const middle = (low + high) >> 1;
    const piece = pieces[middle];
    if (piece && hasBegun(piece)) low = middle + 1;
    else high = middle;
  }
  return pieces[Math.max(0, low - 1)];
}
