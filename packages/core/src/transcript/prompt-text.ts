import { asFields, listAt, textAt, type Fields } from './fields.js';

/** The texts of a message's content (a string or blocks), joined; empty when it has none. */
export function contentText(content: unknown): string {
  if (typeof content === 'string') return content;
  if (!Array.isArray(content)) return '';
  return content
    .map((block) => textAt(asFields(block), 'text'))
    .filter((text) => text !== null)
    .join('\n');
}

/** Blocks of the given type in a message's content. */
export function blocksOf(message: Fields | null, type: string): Fields[] {
  return listAt(message, 'content')
    .map(asFields)
    .filter((block) => block !== null)
    .filter((block) => block['type'] === type);
}

// What editors and the client glue in front of a true prompt.
const GLUED = /^\s*<(ide_opened_file|ide_selection|system-reminder)>[\s\S]*?<\/\1>/u;
const ENVELOPE =
  /^<(local-command-stdout|local-command-stderr|local-command-caveat|bash-input|bash-stdout|bash-stderr|system-reminder|task-notification|user-prompt-submit-hook|teammate-message|command-stdout)\b/u;

/** What a user record's text is. `other` is injected text that nobody typed. */
export type PromptText =
  | { type: 'prompt'; text: string }
  | { type: 'command'; text: string; hasArguments: boolean }
  | { type: 'local-output' }
  | { type: 'interrupted' }
  | { type: 'notification'; fields: Record<string, string> }
  | { type: 'other' };

/** Sorts a user record's text by its leading tag (format: envelopes that are not prompts). */
export function classifyPrompt(raw: string): PromptText {
  let text = raw.trimStart();
  while (GLUED.test(text)) text = text.replace(GLUED, '').trimStart();
  if (text === '') return { type: 'other' };
  if (text.startsWith('[Request interrupted by user')) return { type: 'interrupted' };
  if (/^<command-(name|message)>/u.test(text)) return classifyCommand(text);
  if (/^<local-command-std(out|err)>/u.test(text)) return { type: 'local-output' };
  if (text.startsWith('<task-notification>')) {
    return { type: 'notification', fields: tagsOf(text) };
  }
  if (ENVELOPE.test(text) || text.startsWith('Caveat: The messages below')) {
    return { type: 'other' };
  }
  return { type: 'prompt', text };
}

function classifyCommand(text: string): PromptText {
  const tags = tagsOf(text);
  const name = tags['command-name'] ?? tags['command-message'] ?? '';
  const slashed = name.startsWith('/') ? name : `/${name}`;
  // What was typed may hold angle brackets itself.
  const args = /<command-args>([\s\S]*?)<\/command-args>/u.exec(text)?.[1]?.trim() ?? '';
  return { type: 'command', text: `${slashed} ${args}`.trim(), hasArguments: args !== '' };
}

function tagsOf(text: string): Record<string, string> {
  const found: Record<string, string> = {};
  for (const [, tag, body] of text.matchAll(/<([a-z-]{1,40})>([^<]*)<\/\1>/gu)) {
    if (tag !== undefined && body !== undefined) found[tag] ??= body.trim();
  }
  return found;
}
