import type { Hunk } from '@claude-optimizer/protocol';
import { asFields, listAt, numberAt, textAt, type Fields } from '../transcript/fields.js';
import { contentText } from '../transcript/prompt-text.js';
import { outcomeOf, toolResultOf } from '../transcript/tool-result.js';
import { enclosedIn } from './enclosed.js';
import type { ResultPart } from './part.js';

/** A tool's result in `block` of `record`; the twin belongs to it only where it stands alone. */
export function resultPart(record: Fields, block: Fields, alone: boolean): ResultPart | null {
  const result = toolResultOf(record, block, alone);
  if (result === null) return null;
  return {
    kind: 'result',
    toolUseId: result.toolUseId,
    outcome: outcomeOf(result),
    // An outline asks for none of these: reading them would take longer than all else of the line.
    get text() {
      return textOf(block['content']);
    },
    get enclosed() {
      return enclosedIn(block['content']);
    },
    get hunks() {
      return hunksOf(asFields(result.twin));
    },
    twin: result.twin,
  };
}

function textOf(content: unknown): string {
  const inner = asFields(content);
  return inner ? (textAt(inner, 'text') ?? JSON.stringify(inner)) : contentText(content);
}

function hunksOf(twin: Fields | null): Hunk[] | null {
  const hunks = listAt(twin, 'structuredPatch').flatMap((value) => {
    const hunk = asFields(value);
    const lines = listAt(hunk, 'lines').filter((line) => typeof line === 'string');
    if (lines.length === 0) return [];
    return [
      {
        oldStart: Math.trunc(numberAt(hunk, 'oldStart') ?? 1),
        newStart: Math.trunc(numberAt(hunk, 'newStart') ?? 1),
        lines,
      },
    ];
  });
  return hunks.length === 0 ? null : hunks;
}
