import type { Enclosure, Passage, PassageResult, ShownText } from '@claude-optimizer/protocol';
import type { Fields } from '../transcript/fields.js';
import { boundHunks, boundValue, type Bounds } from './bounds.js';
import type { Outlined, Place } from './outline.js';
import type { Enclosed, Part, ResultPart } from './part.js';
import { partsOfRecord } from './parts-of-record.js';
import { spokenRecord } from './spoken-record.js';

/** A line of more bytes is given as it stands, piece by piece: parsed, it would hold up everything. */
export const LONGEST_SHOWN = 32 * 1024 * 1024;

/** The part at a place of a line's records; null where the line holds no such part (any more). */
export function partAt(records: readonly Fields[], place: Place, inAgent: boolean): Part | null {
  const whole = records[place.record];
  if (whole === undefined) return null;
  return partsOfRecord(spokenRecord(whole).record, { inAgent })[place.part] ?? null;
}

/** What a passage is made of: its own part, and its result where it has one. */
export type Gathered = { part: Part | null; result: ResultPart | null; threads: string[] };

/** A passage with its texts, none longer than `bounds` allow. */
export function passageOf(
  outlined: Outlined,
  index: number,
  { part, result, threads }: Gathered,
  bounds: Bounds,
): Passage {
  const { at, recordId, place, messageId, model, opens, tool } = outlined;
  const base = { index, at, recordId, byte: place.byte, bytes: place.bytes };
  const answer = { messageId, model, opens };
  const shown = (text: string) => shownText(text, bounds.text);
  if (tool) {
    const input = boundValue(part?.kind === 'tool' ? part.input : {}, bounds);
    return {
      ...base,
      ...answer,
      kind: 'tool',
      toolUseId: tool.id,
      name: tool.name,
      label: tool.label,
      input: input.value as Record<string, unknown>,
      inputCut: input.cut,
      result: result && resultOf(result, tool.result?.at ?? null, bounds),
      threads,
    };
  }
  switch (part?.kind) {
    case 'prompt':
      return {
        ...base,
        kind: 'prompt',
        source: part.source,
        text: shown(part.text),
        enclosures: enclosures(part.enclosed),
      };
    case 'text':
    case 'thinking':
      return { ...base, ...answer, ...part, text: shown(part.text) };
    case 'command':
    case 'output':
    case 'summary':
    case 'failure':
    case 'notification':
    case 'teammate':
    case 'notice':
    case 'title':
      return { ...base, ...part, text: shown(part.text) };
    case 'compaction':
    case 'interruption':
    case 'other':
      return { ...base, ...part };
    default: {
      // What was there when the outline was made isn't there any more, or couldn't be read then.
      const gone = place.bytes > LONGEST_SHOWN ? 'too long to be read at once' : 'no longer there';
      const reason = outlined.kind === 'unreadable' ? outlined.label : gone;
      return { ...base, kind: 'unreadable', reason };
    }
  }
}

function resultOf(result: ResultPart, at: number | null, bounds: Bounds): PassageResult {
  const hunks = result.hunks && boundHunks(result.hunks, bounds.lines);
  return {
    at,
    outcome: result.outcome,
    text: shownText(result.text, bounds.result),
    enclosures: enclosures(result.enclosed),
    hunks: hunks?.hunks ?? null,
    hunksCut: hunks?.cut ?? false,
    twin: boundValue(withoutTexts(result.twin), { ...bounds, input: bounds.twin }).value,
  };
}

/** Of the twin, what the text and the input don't say already. */
function withoutTexts(twin: unknown): unknown {
  if (typeof twin !== 'object' || twin === null || Array.isArray(twin)) return null;
  const kept = Object.entries(twin as Fields).filter(([key]) => !SAID_ELSEWHERE.has(key));
  return Object.fromEntries(kept);
}

const SAID_ELSEWHERE = new Set(
  'structuredPatch originalFile originalFileContents oldString newString content stdout stderr file edits oldTodos prompt'.split(
    ' ',
  ),
);

function shownText(text: string, limit: number): ShownText {
  if (text.length <= limit) return { text, length: text.length };
  const cut = text.slice(0, limit);
  const whole = /[\uD800-\uDBFF]$/u.test(cut) ? cut.slice(0, -1) : cut;
  return { text: whole, length: text.length };
}

function enclosures(enclosed: readonly Enclosed[]): Enclosure[] {
  return enclosed.map(({ mediaType, data, name }, n) => ({
    n,
    mediaType,
    bytes: Math.floor(((data?.length ?? 0) * 3) / 4),
    name: name?.slice(0, 300) ?? null,
  }));
}
