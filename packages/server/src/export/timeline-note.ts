import type { Exported } from './exported.js';

/** Why a session's timeline stands where its conversation might be expected. */
export function timelineNote({ redactions }: Exported, sessions: number): string {
  const isMissing = sessions === 1 && !redactions.includes('prompts');
  return isMissing
    ? 'The transcript is gone: prompts and answers are those beginnings that were kept.'
    : '';
}
