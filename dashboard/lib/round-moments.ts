const SECOND = 1_000;
const MINUTE = 60 * SECOND;
const HOUR = 60 * MINUTE;
const DAY = 24 * HOUR;
const STEPS = [
  ...[100, 200, 500, SECOND, 2 * SECOND, 5 * SECOND, 10 * SECOND, 15 * SECOND, 30 * SECOND],
  ...[MINUTE, 2 * MINUTE, 5 * MINUTE, 10 * MINUTE, 15 * MINUTE, 30 * MINUTE],
  ...[HOUR, 2 * HOUR, 3 * HOUR, 6 * HOUR, 12 * HOUR, DAY, 2 * DAY, 7 * DAY, 14 * DAY, 28 * DAY],
];

/** The shortest step between moments to write (ms) that is at least `least` long, or the longest. */
export function roundStep(least: number): number {
  return STEPS.find((step) => step >= least) ?? 28 * DAY;
}

/** The first moment at or after `at` (epoch ms) at which the reader's clock shows a round `step`. */
export function roundMoment(at: number, step: number): number {
  const isRound = (moment: number) => (moment + ahead(moment)) % step === 0;
  const shown = Math.ceil((at + ahead(at)) / step) * step;
  const moment = shown - ahead(at);
  if (isRound(moment)) return moment;
  // The clock was put forward or back on the way: it shows this earlier or later, or not at all.
  const corrected = shown - ahead(moment);
  return corrected >= at && isRound(corrected) ? corrected : corrected + step;
}

/** How far the reader's clock is ahead of UTC at a moment (ms). */
function ahead(at: number): number {
  return -new Date(at).getTimezoneOffset() * MINUTE;
}

/** Round moments from `from` to `to` (epoch ms), at most `most` and one of them. */
export function roundMoments(from: number, to: number, most: number): number[] {
  const step = roundStep((to - from) / most);
  const moments: number[] = [];
  for (let at = roundMoment(from, step); at <= to; at = roundMoment(at + 1, step)) moments.push(at);
  return moments;
}
