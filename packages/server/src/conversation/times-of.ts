import type { Outlined } from '@claude-optimizer/core/conversation';

/** When each passage came, in ms after `startsAt`; never less than the one before. */
export function timesOf(passages: readonly Outlined[], startsAt: number): number[] {
  let latest = 0;
  return passages.map(({ at }) => (latest = Math.max(latest, at === null ? 0 : at - startsAt)));
}
