import { fieldsAt, listAt, numberAt, textAt, type Fields } from '../transcript/fields.js';
import { retryMessage } from '../transcript/read-system.js';
import { notice, type Part } from './part.js';
import { partsOfText } from './user-parts.js';

/** What the client says by itself: compaction, retries, echoes of commands, recaps. */
export function partsOfSystem(record: Fields): Part[] {
  const subtype = textAt(record, 'subtype');
  const content = textAt(record, 'content') ?? '';
  switch (subtype) {
    case 'compact_boundary':
      return [compaction(fieldsAt(record, 'compactMetadata'), 'postTokens')];
    case 'microcompact_boundary':
      return [compaction(fieldsAt(record, 'microcompactMetadata'), null)];
    case 'api_error': {
      const status = wholeAt(fieldsAt(record, 'error'), 'status');
      return [{ kind: 'failure', text: retryMessage(record), status, fatal: false }];
    }
    case 'local_command':
      return content === '' ? [] : (partsOfText(content) ?? [notice('Command', content)]);
    case 'stop_hook_summary':
      return hookTrouble(record);
    case 'turn_duration':
      return [];
    case 'away_summary':
      return said('Recap', content);
    case 'scheduled_task_fire':
      return said('Scheduled prompt', content);
    case null:
    case 'informational':
    case 'bridge_status':
    case 'end':
      return said('Claude Code', content, textAt(record, 'level') === 'warning');
    default:
      return content === ''
        ? [{ kind: 'other', type: `system/${subtype}`.slice(0, 80) }]
        : said(subtype.replaceAll('_', ' ').slice(0, 60), content);
  }
}

function said(label: string, content: string, warns = false): Part[] {
  return content.trim() === '' ? [] : [notice(label, content, warns ? 'warning' : 'plain')];
}

function compaction(metadata: Fields | null, after: 'postTokens' | null): Part {
  return {
    kind: 'compaction',
    trigger: textAt(metadata, 'trigger') ?? 'auto',
    preTokens: wholeAt(metadata, 'preTokens'),
    postTokens: after === null ? null : wholeAt(metadata, after),
  };
}

function hookTrouble(record: Fields): Part[] {
  const errors = listAt(record, 'hookErrors').filter((error) => typeof error === 'string');
  const reason = record['preventedContinuation'] === true ? textAt(record, 'stopReason') : null;
  const words = [...errors, ...(reason === null ? [] : [reason])].join('\n');
  return words === '' ? [] : [notice('Stop hook', words, 'warning')];
}

function wholeAt(fields: Fields | null, key: string): number | null {
  const value = numberAt(fields, key);
  return value === null ? null : Math.trunc(value);
}
