import { fieldsAt, listAt, textAt, type Fields } from '../transcript/fields.js';
import { partsOfAssistant } from './assistant-parts.js';
import { partsOfAttachment } from './attachment-parts.js';
import { notice, PULL_REQUEST, type Part } from './part.js';
import { partsOfSystem } from './system-parts.js';
import { partsOfUser } from './user-parts.js';

/** Records that keep the client's own books: nothing of them was said by anyone. */
const BOOKKEEPING = new Set(
  (
    'file-history-snapshot file-history-delta queue-operation last-prompt permission-mode mode ' +
    'agent-name agent-setting agent-color bridge-session atis-latch cost-state progress tag ' +
    'worktree-state content-replacement speculation-accept attribution-snapshot started'
  ).split(' '),
);

/** Where a record stands: in a subagent's thread, or in the main one. */
export type Standing = { inAgent: boolean };

/** What a record shows, in order; nothing for what nobody said. Never throws. */
export function partsOfRecord(record: Fields, standing: Standing): Part[] {
  const type = textAt(record, 'type');
  switch (type) {
    case 'user':
      return partsOfUser(record, standing);
    case 'assistant':
      return partsOfAssistant(record);
    case 'system':
      return partsOfSystem(record);
    case 'attachment':
      return partsOfAttachment(record);
    case 'ai-title':
      return titled(textAt(record, 'aiTitle'));
    case 'custom-title':
      return titled(textAt(record, 'customTitle'));
    case 'summary':
      return titled(textAt(record, 'summary'));
    case 'pr-link':
      return [notice(PULL_REQUEST, textAt(record, 'prUrl') ?? '')];
    case 'result':
      return journalResult(record);
    default:
      if (type !== null && BOOKKEEPING.has(type)) return [];
      return [{ kind: 'other', type: (type ?? 'no type').slice(0, 80) }];
  }
}

function titled(text: string | null): Part[] {
  return text === null ? [] : [{ kind: 'title', text }];
}

// A workflow's journal keeps what each of its agents answered.
function journalResult(record: Fields): Part[] {
  const answer = textAt(record, 'result') ?? textAt(fieldsAt(record, 'result'), 'text');
  if (answer !== null) return [notice('Result', answer)];
  return listAt(record, 'result').length > 0 || record['result'] !== undefined
    ? [notice('Result', JSON.stringify(record['result']))]
    : [];
}
