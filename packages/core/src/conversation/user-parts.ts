import { fieldsAt, textAt, type Fields } from '../transcript/fields.js';
import { blocksOf, classifyPrompt, contentText } from '../transcript/prompt-text.js';
import { enclosedIn } from './enclosed.js';
import type { Part } from './part.js';
import type { Standing } from './parts-of-record.js';
import { resultPart } from './result-part.js';

/** What a user's record holds: results of tools, or a text by whoever wrote it. */
export function partsOfUser(record: Fields, standing: Standing): Part[] {
  const message = fieldsAt(record, 'message');
  const blocks = blocksOf(message, 'tool_result');
  const results = blocks.flatMap((block) => resultPart(record, block, blocks.length === 1) ?? []);
  const content = message?.['content'];
  const text = contentText(content);
  const enclosed = enclosedIn(content);
  if (text.trim() === '' && enclosed.length === 0) return results;
  if (record['isCompactSummary'] === true) return [...results, { kind: 'summary', text }];
  const parts = partsOfText(text);
  if (parts !== null && enclosed.length === 0) return [...results, ...parts];
  const source = sourceOf(record, standing);
  return [...results, { kind: 'prompt', source, text, enclosed }];
}

function sourceOf(record: Fields, { inAgent }: Standing): 'typed' | 'program' | 'agent' | 'client' {
  if (record['isMeta'] === true) return 'client';
  // In a subagent's thread only its call and the client speak; the call has no parent.
  if (inAgent) return textAt(record, 'parentUuid') === null ? 'agent' : 'client';
  return textAt(record, 'promptSource') === 'sdk' ? 'program' : 'typed';
}

/** What a text in a user's name is, by its envelope; null for one that is a prompt. */
export function partsOfText(raw: string): Part[] | null {
  const said = classifyPrompt(raw);
  switch (said.type) {
    case 'prompt':
      return null;
    case 'command':
      return [{ kind: 'command', shell: false, text: said.text }];
    case 'interrupted':
      return [{ kind: 'interruption', ofTool: raw.includes('for tool use') }];
    case 'notification': {
      const { status = null, summary, result } = said.fields;
      const words = [summary, result].filter((text) => text !== undefined && text !== '');
      const toolUseId = said.fields['tool-use-id'] ?? null;
      return [{ kind: 'notification', status, toolUseId, text: words.join('\n\n') }];
    }
    case 'local-output':
      return outputsIn(raw);
    case 'other':
      return envelopeParts(raw);
  }
}

function envelopeParts(raw: string): Part[] {
  const text = raw.trim();
  const [, command] = /^<bash-input>([\s\S]*?)<\/bash-input>/u.exec(text) ?? [];
  if (command !== undefined) {
    return [{ kind: 'command', shell: true, text: command }, ...outputsIn(text)];
  }
  if (/^<(bash|command)-std(out|err)\b/u.test(text)) return outputsIn(text);
  if (text.startsWith('<teammate-message')) return teammates(text);
  if (/^(<local-command-caveat|Caveat: The messages below)/u.test(text)) return [];
  if (text === '') return [];
  return [{ kind: 'prompt', source: 'client', text, enclosed: [] }];
}

const OUTPUT = /<((?:bash|command|local-command)-std(?:out|err))>([\s\S]*?)(?:<\/\1>|$)/gu;

function outputsIn(raw: string): Part[] {
  return [...raw.matchAll(OUTPUT)].flatMap(([, tag = '', text = '']) =>
    text.trim() === '' ? [] : [{ kind: 'output', failed: tag.endsWith('err'), text }],
  );
}

const TEAMMATE = /<teammate-message\b([^>]*)>([\s\S]*?)(?:<\/teammate-message>|$)/gu;

function teammates(raw: string): Part[] {
  return [...raw.matchAll(TEAMMATE)].map(([, attributes = '', text = '']) => ({
    kind: 'teammate',
    from: /teammate_id="([^"]{1,120})"/u.exec(attributes)?.[1] ?? 'a teammate',
    text: text.trim(),
  }));
}
