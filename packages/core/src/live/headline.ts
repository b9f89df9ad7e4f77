import type { Attention } from './attention.js';

/** How many sessions want what. */
export type AttentionCounts = Readonly<Record<Attention, number>>;

const count = (n: number, one: string, many: string) => `${String(n)} ${n === 1 ? one : many}`;

/** Whether something needs the person: the first page's first line. */
export function headline({ answer, failed }: AttentionCounts): string {
  if (answer > 0) return count(answer, 'session needs an answer', 'sessions need an answer');
  if (failed > 0) return count(failed, 'session has failed', 'sessions have failed');
  return 'Nothing needs you';
}

/** What else is active: the line below it. */
export function belowHeadline({ answer, failed, prompt, running, idle }: AttentionCounts): string {
  const rest = [
    ...(answer > 0 && failed > 0 ? [`${String(failed)} failed`] : []),
    ...(prompt > 0 ? [`${String(prompt)} your turn`] : []),
    ...(running > 0 ? [`${String(running)} running`] : []),
    ...(idle > 0 ? [`${String(idle)} idle`] : []),
  ];
  if (rest.length > 0) return rest.join(' · ');
  if (answer + failed > 0) return 'Nothing else is active';
  return 'No active session. Start Claude Code in a project and it appears here.';
}
