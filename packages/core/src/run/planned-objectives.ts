import type { Objective } from '@claude-optimizer/protocol';

/** Which of the planned objectives the session has completed, by their words. In planned order. */
export function completedOf(
  planned: readonly string[],
  seen: readonly Pick<Objective, 'text' | 'status'>[],
): boolean[] {
  const done = seen.filter(({ status }) => status === 'completed').map(({ text }) => plain(text));
  return planned.map((objective) => {
    const words = plain(objective);
    return words !== '' && done.some((text) => text === words || text.startsWith(`${words} `));
  });
}

/** Letters and digits alone: models vary in case, quotes and full stops. */
function plain(text: string): string {
  return text
    .toLowerCase()
    .replace(/[^\p{L}\p{N}]+/gu, ' ')
    .trim();
}
