import { textAt, type Fields } from '@claude-optimizer/core';
import { askSchema } from '@claude-optimizer/protocol';
import { oneLine } from '../notices/one-line.js';
import type { NewAsk } from './asks.js';
import { permissionScope } from './permission-scope.js';
import { shownInput } from './shown-input.js';

const LABEL_LENGTH = 300;
/** What it does before what it is said to do: the model writes the description. */
const LABEL_FIELDS = [
  'command',
  'file_path',
  'notebook_path',
  'url',
  'query',
  'pattern',
  'path',
  'plan',
  'prompt',
  'description',
] as const;

type Call = Pick<
  NewAsk,
  'sessionId' | 'runId' | 'project' | 'toolUseId' | 'agentId' | 'expiresAt'
> & { toolName: string; input: Fields };

/**
 * The question that a tool call is to the person: its permission, or (AskUserQuestion) what it
 * asks. Null for an AskUserQuestion that can't be read.
 */
export function askOfTool({ toolName, input, ...call }: Call): NewAsk | null {
  if (toolName === 'AskUserQuestion') return questionOf({ toolName, input, ...call });
  return {
    ...call,
    kind: 'permission',
    toolName,
    label: labelOf(toolName, input),
    input: shownInput(input),
    questions: [],
    covers: permissionScope(toolName, input).words,
  };
}

function questionOf({ toolName, input, ...call }: Call): NewAsk | null {
  const read = askSchema.shape.questions.safeParse(input['questions']);
  const first = read.data?.[0];
  if (!read.success || first === undefined) return null;
  const label = oneLine(first.question, LABEL_LENGTH);
  return { ...call, kind: 'question', toolName, label, input: {}, questions: read.data };
}

function labelOf(toolName: string, input: Fields): string {
  const text = LABEL_FIELDS.map((field) => textAt(input, field)).find((found) => found !== null);
  return oneLine(text ?? toolName, LABEL_LENGTH);
}
