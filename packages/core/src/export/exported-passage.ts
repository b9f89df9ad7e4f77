import {
  groupDigits,
  type Enclosure,
  type Passage,
  type PassageOf,
} from '@claude-optimizer/protocol';
import { iso } from './document.js';
import { toolInput, type ShownInput } from './tool-input.js';

/** What a tool was given and what came of it, both cut; `inputCut` and `resultLength` say so. */
export type ExportedTool = ShownInput & {
  name: string;
  file: string | null;
  outcome: string | null;
  durationMs: number | null;
  inputCut: boolean;
  result: string;
  resultLength: number;
};

/**
 * A piece of a conversation as it is handed on. `thread`: a subagent's begins, whose passages are
 * one deeper; `folded`: what is there to be unfolded; `note`: words of the client or of ours.
 */
export type ExportedPassage = {
  kind:
    'prompt' | 'answer' | 'thinking' | 'output' | 'folded' | 'note' | 'error' | 'tool' | 'thread';
  at: string | null;
  /** 0 in the main thread. */
  depth: number;
  /** Who speaks, or what it is. */
  who: string;
  /** Of a tool its label. */
  text: string;
  /** Of the whole text, which is given up to 400,000 characters. */
  length: number;
  enclosures: Pick<Enclosure, 'mediaType' | 'bytes' | 'name'>[];
  tool: ExportedTool | null;
};

const FROM: Record<PassageOf<'prompt'>['source'], string> = {
  typed: 'You',
  queued: 'You, while it worked',
  program: 'A program',
  agent: 'Asked of the subagent',
  client: 'Put in by Claude Code',
};

/** A passage as it is handed on; null for one that tells a reader nothing. */
export function exportedPassage(passage: Passage, depth: number): ExportedPassage | null {
  const at = passage.at === null ? null : iso(passage.at);
  const line = (
    kind: ExportedPassage['kind'],
    who: string,
    said: { text: string; length: number },
    enclosures: ExportedPassage['enclosures'] = [],
  ): ExportedPassage => ({ kind, at, depth, who, ...said, enclosures, tool: null });
  const ours = (text: string) => ({ text, length: text.length });
  switch (passage.kind) {
    case 'prompt': {
      const kind = passage.source === 'client' ? 'folded' : 'prompt';
      return line(kind, FROM[passage.source], passage.text, passage.enclosures);
    }
    case 'command':
      return line('prompt', passage.shell ? 'Shell command' : 'Command', passage.text);
    case 'output':
      return line('output', passage.failed ? 'Error output' : 'Output', passage.text);
    case 'text':
      return line('answer', passage.model ?? 'Answer', passage.text);
    case 'thinking':
      return passage.hidden ? null : line('thinking', 'Thinking', passage.text);
    case 'tool':
      return {
        ...line('tool', passage.name ?? 'A result without its call', ours(passage.label)),
        tool: exportedTool(passage),
      };
    case 'compaction':
      return line('note', 'Compacted', ours(compacted(passage)));
    case 'summary':
      return line('folded', 'Summary that the session went on with', passage.text);
    case 'interruption':
      return line('note', 'Interrupted', ours(passage.ofTool ? 'during a tool' : 'by the person'));
    case 'failure':
      return line('error', passage.fatal ? 'Failed' : 'Tried again', passage.text);
    case 'notification':
      return line('folded', 'Ended in the background', passage.text);
    case 'teammate':
      return line('prompt', `Teammate ${passage.from}`, passage.text);
    case 'notice':
      return line('folded', passage.label, passage.text);
    case 'unreadable':
      return line('note', 'Unreadable line', ours(passage.reason));
    case 'title':
    case 'other':
      return null;
  }
}

function exportedTool(passage: PassageOf<'tool'>): ExportedTool {
  const { result, at } = passage;
  const ended = result?.at ?? null;
  return {
    ...toolInput(passage),
    name: passage.name ?? '',
    outcome: result?.outcome ?? null,
    durationMs: ended === null || at === null ? null : Math.max(ended - at, 0),
    inputCut: passage.inputCut || (result?.hunksCut ?? false),
    result: result?.text.text ?? '',
    resultLength: result?.text.length ?? 0,
  };
}

function compacted({ trigger, preTokens, postTokens }: PassageOf<'compaction'>): string {
  const how = trigger === 'manual' ? 'by the person' : 'by itself';
  const from = preTokens === null ? '' : ` from ${groupDigits(preTokens)}`;
  const to = postTokens === null ? '' : ` to ${groupDigits(postTokens)}`;
  return from === '' ? how : `${how},${from}${to} tokens`;
}
