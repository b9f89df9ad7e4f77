import { fieldsAt, textAt, type Fields } from '../transcript/fields.js';
import { contentText } from '../transcript/prompt-text.js';
import { enclosedIn } from './enclosed.js';
import { notice, type Part } from './part.js';
import { partsOfText } from './user-parts.js';

/** What the client attaches for the model's eyes, as far as a reader wants to know of it. */
export function partsOfAttachment(record: Fields): Part[] {
  const attachment = fieldsAt(record, 'attachment');
  const type = textAt(attachment, 'type');
  switch (type) {
    case 'queued_command':
      return queued(attachment?.['prompt']);
    case 'edited_text_file':
      return [notice('Changed meanwhile', named(attachment))];
    case 'file':
    case 'directory':
      return [notice('Attached', named(attachment))];
    case 'nested_memory':
      return [notice('Memory', named(attachment))];
    case 'selected_lines_in_ide':
    case 'opened_file_in_ide':
      return [notice('In the editor', named(attachment))];
    case 'plan_mode':
      return [notice('Plan mode', 'on')];
    case 'plan_mode_exit':
      return [notice('Plan mode', 'off')];
    case 'date_change':
      return [notice('Date', textAt(attachment, 'newDate') ?? 'has changed')];
    case 'hook_blocking_error':
      return hook(attachment, textAt(fieldsAt(attachment, 'blockingError'), 'blockingError'));
    case 'hook_non_blocking_error':
      return hook(attachment, textAt(attachment, 'stderr') ?? textAt(attachment, 'stdout'));
    case 'hook_cancelled':
      return hook(attachment, 'cancelled');
    case 'hook_system_message':
      return [notice(hookName(attachment), textAt(attachment, 'content') ?? '')];
    case 'structured_output':
      return [notice('Structured output', JSON.stringify(attachment?.['data'] ?? null, null, 2))];
    default:
      // Reminders, listings and the like: written for the model at every turn.
      return [];
  }
}

function queued(prompt: unknown): Part[] {
  const text = contentText(prompt);
  const enclosed = enclosedIn(prompt);
  if (text.trim() === '' && enclosed.length === 0) return [];
  const parts = enclosed.length === 0 ? partsOfText(text) : null;
  return parts ?? [{ kind: 'prompt', source: 'queued', text, enclosed }];
}

function named(attachment: Fields | null): string {
  return (
    textAt(attachment, 'displayPath') ??
    textAt(attachment, 'filename') ??
    textAt(attachment, 'path') ??
    ''
  );
}

function hookName(attachment: Fields | null): string {
  return `Hook ${textAt(attachment, 'hookName') ?? textAt(attachment, 'hookEvent') ?? ''}`.trim();
}

function hook(attachment: Fields | null, words: string | null): Part[] {
  return [notice(hookName(attachment), words ?? 'failed', 'warning')];
}
