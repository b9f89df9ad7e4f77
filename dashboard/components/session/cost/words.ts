import {
  FINDING_RULES,
  type About,
  type FindingKind,
  type Origin,
  type Purpose,
} from '@claude-optimizer/core/story';
import { formatDuration, formatExact, formatTokens, modelName, toolName } from '@/lib/format';

/** What a response asked for, or what made a context grow, as people call it. */
export function purposeName(purpose: Purpose | Origin): string {
  switch (purpose.kind) {
    case 'tool':
      return toolName(purpose.name);
    case 'mixed':
      return 'Several tools';
    case 'answer':
      return 'Answers';
    case 'client':
      return 'Claude Code itself';
    case 'prompt':
      return 'Prompts';
    case 'beginning':
      return 'The beginning';
    case 'shrunk':
      return 'Shrunk';
  }
}

/** What a purpose or an origin is, where its name doesn't say it. */
export function purposeNote(purpose: Purpose | Origin): string | null {
  switch (purpose.kind) {
    case 'tool':
      return null;
    case 'mixed':
      return 'different tools called at once';
    case 'answer':
      return 'text and thinking without a tool';
    case 'client':
      return 'compaction, warm-ups, suggestions';
    case 'prompt':
      return 'what was typed between responses';
    case 'beginning':
      return 'system prompt, tools, first prompt';
    case 'shrunk':
      return 'compacted or taken out';
  }
}

const { longContext, largeResult, repeatedReads, smallOutput } = FINDING_RULES;

type Words = { title: string; text: string; tokens: string };

/** What a finding says, and what its tokens are. */
export const FINDING_WORDS: Record<FindingKind, Words> = {
  'miss-after-hour': {
    title: 'Cache gone after more than an hour',
    text: 'The context was sent and written anew, as no cache lasts that long. A fresh session, or a compaction before the pause, would have sent less.',
    tokens: 'sent anew',
  },
  'miss-after-pause': {
    title: 'Cache missed after a pause',
    text: 'After more than 5 minutes the short cache is gone, and the context was sent anew.',
    tokens: 'sent anew',
  },
  miss: {
    title: 'Cache missed without a long pause',
    text: 'The context was sent anew: another model has a cache of its own, and what changes the beginning of the context makes all behind it new.',
    tokens: 'sent anew',
  },
  'long-context': {
    title: 'Long contexts',
    text: `Responses with ${formatTokens(longContext)} tokens or more in front of the model.`,
    tokens: 'in front of the model',
  },
  'repeated-reads': {
    title: 'Files read again and again',
    text: `Read ${repeatedReads} times or more; tokens where a read came alone.`,
    tokens: 'brought',
  },
  'large-results': {
    title: 'Large tool results',
    text: `Brought ${formatTokens(largeResult)} tokens or more into the context at once, and stayed there.`,
    tokens: 'brought',
  },
  'top-model': {
    title: 'A top model on small work',
    text: `Turns with at most ${formatExact(smallOutput)} tokens of output that changed no file.`,
    tokens: 'of output',
  },
  'failed-calls': {
    title: 'Calls that failed',
    text: 'Responses all of whose calls failed or were denied.',
    tokens: 'of output',
  },
};

/** What a case of a finding is about. */
export function aboutText(about: About): string {
  switch (about.type) {
    case 'pause':
      return `after ${formatDuration(about.ms)}`;
    case 'model':
      return `${modelName(about.from)} → ${modelName(about.to)}`;
    case 'context':
      return 'response';
    case 'file':
      return `${about.file}, ${formatExact(about.reads)} times`;
    case 'calls':
      return about.calls.map(({ name, label }) => `${toolName(name)} ${label}`.trim()).join(' · ');
    case 'turn':
      return `Turn ${about.number}: ${about.prompt ?? 'no text'}`;
  }
}
