import { readFileSync } from 'node:fs';
import type { AgentNote } from '@claude-optimizer/core';
import * as z from 'zod';

const word = z.string().nullable().catch(null).default(null);
const noteSchema = z.object({ toolUseId: word, agentType: word, description: word });

/** What the client noted beside a subagent's transcript; null without a readable note. */
export function agentNoteOf(transcript: string): AgentNote | null {
  try {
    const text = readFileSync(transcript.replace(/\.jsonl$/u, '.meta.json'), 'utf8');
    return noteSchema.parse(JSON.parse(text));
  } catch {
    // Older clients write none, and what it says comes with the call's result too.
    return null;
  }
}
