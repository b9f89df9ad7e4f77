import type { PassageKind, PassageResult } from '@claude-optimizer/protocol';
import { asFields, fieldsAt, preview, textAt, timeAt, type Fields } from '../transcript/fields.js';
import { contentText } from '../transcript/prompt-text.js';
import { PROMPT_HEAD, startsAgent } from '../transcript/tool-call.js';
import { PULL_REQUEST, type Part, type ResultPart } from './part.js';
import { partsOfRecord } from './parts-of-record.js';
import { emptyTree, growTree, type RecordTree } from './record-tree.js';
import { spokenRecord } from './spoken-record.js';

/** Where a part stands: its line in the file, which record of the line, which part of the record. */
export type Place = { byte: number; bytes: number; record: number; part: number };

/** A passage without its texts. */
export type Outlined = {
  kind: PassageKind;
  at: number | null;
  recordId: string | null;
  place: Place;
  messageId: string | null;
  model: string | null;
  opens: boolean;
  tool: OutlinedTool | null;
  /** About how many lines it takes. */
  weight: number;
  /** First words of what is worth going to. */
  label: string;
};

export type OutlinedTool = {
  id: string;
  name: string | null;
  label: string;
  result: {
    place: Place;
    at: number | null;
    recordId: string | null;
    outcome: PassageResult['outcome'];
  } | null;
  /** Subagents that the result names, and the workflow's run. */
  agentIds: string[];
  run: string | null;
};

/** The passages of one thread, and which of them have changed after they came. */
export type OutlinedThread = { passages: Outlined[]; changes: number[]; answers: Set<string> };

/** What is known of one file after its lines so far; `main` is its own thread. */
export type FileOutline = {
  threads: Map<string, OutlinedThread>;
  /** Whether the file is a subagent's own. */
  isAgent: boolean;
  tools: Map<string, { thread: string; index: number; promptHead: string | null }>;
  sidechains: Map<string, string>;
  recent: string[];
  title: string | null;
  pullRequest: string | null;
  /** Of the main thread; null for a subagent's file, in which nobody goes back. */
  tree: RecordTree | null;
};

export const MAIN = 'main';
/** The number of a record that has no place in the tree. */
const UNPLACED = -1;
const RECENT = 64;
const LABEL = 120;
const MOST_LINES = 40;

/** An outline of nothing yet. */
export function emptyOutline(isAgent: boolean): FileOutline {
  return {
    threads: new Map([[MAIN, newThread()]]),
    isAgent,
    tools: new Map(),
    sidechains: new Map(),
    recent: [],
    title: null,
    pullRequest: null,
    tree: isAgent ? null : emptyTree(),
  };
}

/** Takes one line into the outline: what it holds, and what couldn't be read of it. */
export function outlineLine(
  outline: FileOutline,
  { records, malformed }: { records: readonly Fields[]; malformed: string | null },
  line: { byte: number; bytes: number },
): void {
  records.forEach((whole, record) => {
    const uuid = textAt(whole, 'uuid');
    if (uuid !== null && isRepeated(outline, uuid)) return;
    takeRecord(outline, whole, { ...line, record });
  });
  if (malformed === null) return;
  const place = { ...line, record: records.length, part: 0 };
  push(outline, MAIN, { ...plain('unreadable', null, null, place), label: malformed }, UNPLACED);
}

function isRepeated(outline: FileOutline, uuid: string): boolean {
  if (outline.recent.includes(uuid)) return true;
  outline.recent.push(uuid);
  if (outline.recent.length > RECENT) outline.recent.shift();
  return false;
}

function takeRecord(outline: FileOutline, whole: Fields, where: Omit<Place, 'part'>): void {
  const { record, agentId } = spokenRecord(whole);
  const thread = agentId ?? threadOf(outline, record);
  const parts = partsOfRecord(record, { inAgent: outline.isAgent || thread !== MAIN });
  const { tree } = outline;
  const number = tree !== null && thread === MAIN ? growTree(tree, record, parts) : UNPLACED;
  const at = timeAt(record, 'timestamp');
  const recordId = textAt(record, 'uuid');
  const message = textAt(record, 'type') === 'assistant' ? fieldsAt(record, 'message') : null;
  const messageId = message && (textAt(message, 'id') ?? recordId);
  const model = textAt(message, 'model');
  parts.forEach((part, n) => {
    const place = { ...where, part: n };
    if (part.kind === 'result') {
      takeResult(outline, thread, part, plain('tool', at, recordId, place), number);
      return;
    }
    if (isSaidAgain(outline, part)) return;
    const passage = { ...plain(part.kind, at, recordId, place), ...sketch(part) };
    if (part.kind === 'text' || part.kind === 'thinking' || part.kind === 'tool') {
      Object.assign(passage, { messageId, model, opens: opensAnswer(outline, thread, messageId) });
    }
    const index = push(outline, thread, passage, number);
    if (part.kind !== 'tool') return;
    const asked = startsAgent(part.name) ? textAt(part.input, 'prompt') : null;
    const promptHead = asked === null ? null : preview(asked, PROMPT_HEAD);
    outline.tools.set(part.toolUseId, { thread, index, promptHead });
  });
}

// Titles and links are written again with every turn.
function isSaidAgain(outline: FileOutline, part: Part): boolean {
  const { title, pullRequest } = outline;
  if (part.kind === 'title') {
    outline.title = part.text;
    return part.text === title;
  }
  if (part.kind !== 'notice' || part.label !== PULL_REQUEST) return false;
  outline.pullRequest = part.text;
  return part.text === pullRequest;
}

function takeResult(
  outline: FileOutline,
  thread: string,
  part: ResultPart,
  passage: Outlined,
  number: number,
): void {
  const call = outline.tools.get(part.toolUseId);
  const { place, at, recordId } = passage;
  const result = { place, at, recordId, outcome: part.outcome };
  const twin = asFields(part.twin);
  const named = textAt(twin, 'agentId') ?? textAt(twin, 'agent_id');
  const agentIds = named === null ? [] : [named];
  const run = textAt(twin, 'runId');
  const its = call && outline.threads.get(call.thread);
  const asked = call && its?.passages[call.index];
  if (asked?.tool && its) {
    // Told twice (a copied line), the first one stands.
    if (asked.tool.result !== null) return;
    Object.assign(asked.tool, { result, agentIds, run });
    its.changes.push(call.index);
    return;
  }
  const tool = { id: part.toolUseId, name: null, label: '', result, agentIds, run };
  const index = push(outline, thread, { ...passage, tool }, number);
  outline.tools.set(part.toolUseId, { thread, index, promptHead: null });
}

// Old clients wrote subagents' threads into the main file: the first record has no parent and
// repeats the prompt of the call, the others hang on it.
function threadOf(outline: FileOutline, record: Fields): string {
  if (outline.isAgent || record['isSidechain'] !== true) return MAIN;
  const uuid = textAt(record, 'uuid');
  const parent = textAt(record, 'parentUuid');
  const known = parent === null ? undefined : outline.sidechains.get(parent);
  const thread =
    known ?? callOf(outline, record) ?? textAt(record, 'agentId') ?? `side:${uuid ?? 'unnamed'}`;
  if (uuid !== null) outline.sidechains.set(uuid, thread);
  return thread;
}

function callOf(outline: FileOutline, record: Fields): string | undefined {
  const prompt = preview(contentText(fieldsAt(record, 'message')?.['content']), PROMPT_HEAD);
  if (prompt === '') return undefined;
  for (const [id, { promptHead, thread, index }] of outline.tools) {
    const waits = outline.threads.get(thread)?.passages[index]?.tool?.result === null;
    if (promptHead === prompt && waits) return `use:${id}`;
  }
  return undefined;
}

function opensAnswer(outline: FileOutline, thread: string, messageId: string | null): boolean {
  if (messageId === null) return true;
  const { answers } = threadIn(outline, thread);
  if (answers.has(messageId)) return false;
  answers.add(messageId);
  return true;
}

function push(outline: FileOutline, thread: string, passage: Outlined, record: number): number {
  if (thread === MAIN) outline.tree?.passages.push(record);
  return threadIn(outline, thread).passages.push(passage) - 1;
}

function threadIn(outline: FileOutline, name: string): OutlinedThread {
  const known = outline.threads.get(name);
  if (known) return known;
  const thread = newThread();
  outline.threads.set(name, thread);
  return thread;
}

function newThread(): OutlinedThread {
  return { passages: [], changes: [], answers: new Set() };
}

function plain(
  kind: PassageKind,
  at: number | null,
  recordId: string | null,
  place: Place,
): Outlined {
  const none = { messageId: null, model: null, opens: false, tool: null };
  return { kind, at, recordId, place, ...none, weight: 1, label: '' };
}

function sketch(part: Exclude<Part, ResultPart>): Partial<Outlined> {
  switch (part.kind) {
    case 'prompt': {
      const label = preview(part.text, LABEL) || `[${part.enclosed[0]?.mediaType ?? 'nothing'}]`;
      // What the client put in is folded, a picture takes its place.
      const weight = part.source === 'client' ? 1 : linesOf(part.text) + part.enclosed.length * 8;
      return { label: part.source === 'client' ? '' : label, weight };
    }
    case 'command':
      return { label: preview(part.text, LABEL) };
    case 'failure':
      return { label: preview(part.text, LABEL), weight: 2 };
    case 'text':
    case 'output':
    case 'teammate':
      return { weight: linesOf(part.text) };
    case 'tool': {
      const { toolUseId, name, label } = part;
      const tool = { id: toolUseId, name, label, result: null, agentIds: [], run: null };
      return { tool, weight: 2 };
    }
    default:
      return {};
  }
}

function linesOf(text: string): number {
  let lines = 1 + Math.floor(text.length / 110);
  for (
    let at = text.indexOf('\n');
    at !== -1 && lines < MOST_LINES;
    at = text.indexOf('\n', at + 1)
  )
    lines += 1;
  return Math.min(lines, MOST_LINES);
}
