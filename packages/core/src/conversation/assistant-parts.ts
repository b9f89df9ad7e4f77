import { asFields, fieldsAt, listAt, numberAt, textAt, type Fields } from '../transcript/fields.js';
import { contentText } from '../transcript/prompt-text.js';
import { FAILURE } from '../transcript/read-assistant.js';
import { labelOf } from '../transcript/tool-call.js';
import { notice, type Part } from './part.js';
import { resultPart } from './result-part.js';

const NO_INPUT: Fields = {};

/** The blocks of an assistant's record; the client's own words where it speaks for the model. */
export function partsOfAssistant(record: Fields): Part[] {
  const message = fieldsAt(record, 'message');
  const content = message?.['content'];
  if (textAt(message, 'model') === '<synthetic>' || record['isApiErrorMessage'] === true) {
    return partsOfSynthetic(record, contentText(content));
  }
  if (typeof content === 'string') return textPart(content);
  return listAt(message, 'content').flatMap((block) => partsOfBlock(record, asFields(block)));
}

function textPart(text: string): Part[] {
  return text.trim() === '' ? [] : [{ kind: 'text', text }];
}

function partsOfBlock(record: Fields, block: Fields | null): Part[] {
  const type = textAt(block, 'type');
  if (block === null || type === null) return [];
  switch (type) {
    case 'text':
      return textPart(textAt(block, 'text') ?? '');
    case 'thinking': {
      const text = textAt(block, 'thinking') ?? '';
      return [{ kind: 'thinking', hidden: text.trim() === '', text }];
    }
    case 'redacted_thinking':
      return [{ kind: 'thinking', hidden: true, text: '' }];
    case 'tool_use':
    case 'server_tool_use':
    case 'mcp_tool_use':
      return toolPart(block);
    default: {
      // What the server's own tools answered stands among the model's words.
      const result = type.endsWith('_tool_result') ? resultPart(record, block, false) : null;
      return [result ?? { kind: 'other', type: `block/${type}`.slice(0, 80) }];
    }
  }
}

function toolPart(block: Fields): Part[] {
  const toolUseId = textAt(block, 'id');
  const name = textAt(block, 'name');
  if (toolUseId === null || name === null) return [{ kind: 'other', type: 'block/tool_use' }];
  const input = fieldsAt(block, 'input');
  return [{ kind: 'tool', toolUseId, name, label: labelOf(name, input), input: input ?? NO_INPUT }];
}

function partsOfSynthetic(record: Fields, text: string): Part[] {
  if (text.trim() === '') return [];
  if (record['isApiErrorMessage'] !== true && !FAILURE.test(text)) {
    return [notice('Claude Code', text)];
  }
  const status = numberAt(record, 'apiErrorStatus');
  const whole = status === null ? null : Math.trunc(status);
  return [{ kind: 'failure', text, status: whole, fatal: true }];
}
