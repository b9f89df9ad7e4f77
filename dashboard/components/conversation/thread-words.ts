import type { AsideKind, Thread } from '@claude-optimizer/protocol';

/** What an aside is, as it stands before its words. */
export const ASIDE_WORDS: Record<AsideKind, string> = {
  question: 'Asked by the way',
  compaction: 'Compaction’s own call',
  suggestion: 'Prompt suggestion',
  'warm-up': 'Warm-up',
};

/** What a thread is about. */
export function threadWords({ id, agentType, description, aside }: Thread): string {
  // What the client asks for itself begins the same each time.
  if (aside !== null && aside !== 'question') return '';
  const words = [agentType, description].filter((word) => word !== null && word !== '');
  return words.length > 0 ? words.join(' · ') : id;
}
