import {
  abandonedBranches,
  MAIN,
  PAGE_BOUNDS,
  WHOLE_BOUNDS,
  type Bounds,
  type Outlined,
  type OutlinedThread,
} from '@claude-optimizer/core/conversation';
import {
  BEGINNING,
  OptimizerError,
  type AnswerFigure,
  type Conversation,
  type Found,
  type Located,
  type Passage,
  type PassagePage,
  type RawPassage,
  type Thread,
  type ToolUse,
} from '@claude-optimizer/protocol';
import type { RawTranscripts } from '../archive/raw-transcripts.js';
import { buildPassages, gather } from './build-passages.js';
import { findText } from './find-text.js';
import { landmarksOf } from './landmarks.js';
import { Outlines } from './outlines.js';
import { pictureOf, type Picture } from './picture.js';
import { rawPiece } from './raw-piece.js';
import { SessionFacts, type Facts, type FactSource } from './session-facts.js';
import { SessionThreads, type FoundThread } from './session-threads.js';
import { ThreadHeads } from './thread-heads.js';
import { timesOf } from './times-of.js';

type Raw = Pick<RawTranscripts, 'files' | 'read'>;
type Opened = { threads: SessionThreads; facts: Facts };

/** A page of passages stays below it; one passage alone may be bigger. */
const PAGE_BYTES = 180_000;
const READ_AT_ONCE = 10;
const MOST_HITS = 2_000;

/** Makes readable conversations of a history's transcripts, wherever these are kept. */
export class Conversations {
  readonly #raw: Raw;
  readonly #outlines: Outlines;
  readonly #facts: SessionFacts;
  readonly #heads: ThreadHeads;

  constructor(raw: Raw, history: FactSource) {
    this.#raw = raw;
    this.#outlines = new Outlines(raw);
    this.#facts = new SessionFacts(history);
    this.#heads = new ThreadHeads(raw);
  }

  /** Outlines a session that may soon be read (`enough` of it), so that it is there. Never throws. */
  async prepare(sessionId: string, enough?: number): Promise<void> {
    // Whoever asks for the conversation itself hears what is wrong with it.
    await this.#open(sessionId, enough).catch(() => undefined);
  }

  /** What there is of a thread, without its texts; with `since`, what has changed of it. */
  async outline(
    sessionId: string,
    query: { thread: string; since?: string; enough?: number },
  ): Promise<Conversation> {
    const enough = query.thread === MAIN && query.since === undefined ? query.enough : undefined;
    const { threads, facts } = await this.#open(sessionId, enough);
    const thread = await threads.find(query.thread);
    if (!thread) return this.#withoutMain(query.thread, threads);
    const { passages, changes, outline } = thread;
    const { from, known } = since(query.since, outline.generation, thread);
    const fresh = passages.slice(from);
    const startsAt = passages.find(({ at }) => at !== null)?.at ?? 0;
    const changed = [...new Set(changes.slice(known))].filter((index) => index < from);
    const answers = query.thread === MAIN ? facts.answers : new Map<never, never>();
    return {
      thread: query.thread,
      revision: [outline.generation, passages.length, changes.length].join('.'),
      whole: outline.isWhole,
      total: passages.length,
      from,
      changed,
      startsAt,
      times: timesOf(passages, startsAt).slice(from),
      weights: fresh.map(({ weight }) => weight),
      landmarks: landmarksOf(passages, answers),
      abandoned:
        query.thread === MAIN && outline.tree !== null ? abandonedBranches(outline.tree) : [],
      threads: await this.#list(threads),
    };
  }

  /** Passages of a thread with their texts, each cut; fewer than asked where they're big. */
  async passages(
    sessionId: string,
    query: { thread: string; from: number; limit: number },
    bounds: Bounds = PAGE_BOUNDS,
  ): Promise<PassagePage> {
    // Not just as far as those go: of a last call the result would be missing, and nobody told of it.
    const isFirst = query.thread === MAIN && query.from + query.limit <= BEGINNING;
    const enough = isFirst ? BEGINNING : undefined;
    const { threads, facts } = await this.#open(sessionId, enough);
    const thread = await this.#thread(threads, query.thread);
    const passages: Passage[] = [];
    let size = 0;
    for (let done = 0; done < query.limit && size < PAGE_BYTES; done += READ_AT_ONCE) {
      const limit = Math.min(READ_AT_ONCE, query.limit - done);
      const from = query.from + done;
      const some = await buildPassages(this.#raw, threads, thread, {
        ...{ from, limit, bounds },
      });
      for (const passage of some) {
        size += JSON.stringify(passage).length;
        if (passages.length > 0 && size > PAGE_BYTES) break;
        passages.push(passage);
      }
      if (some.length < limit) break;
    }
    const answers = answersOf(passages, facts);
    return { thread: query.thread, total: thread.passages.length, passages, answers };
  }

  /** One passage in full, each text up to so many characters. */
  async passage(sessionId: string, at: Located & { upTo?: number }): Promise<Passage> {
    const { threads } = await this.#open(sessionId);
    const thread = await this.#thread(threads, at.thread);
    return this.#whole(threads, thread, at);
  }

  /** Its records as they stand in the file, of each a piece from byte `from` of it on. */
  async raw(sessionId: string, at: Located & { from?: number }): Promise<RawPassage> {
    const { threads } = await this.#open(sessionId);
    const thread = await this.#thread(threads, at.thread);
    const { place, tool } = this.#passageAt(thread, at);
    const places = tool?.result ? [place, tool.result.place] : [place];
    const unique = [...new Map(places.map((each) => [each.byte, each])).values()];
    const { from = 0 } = at;
    const lines = unique
      .filter(({ bytes }) => from < bytes)
      .map((each) => rawPiece(this.#raw, thread.file.ref, each, from));
    return { lines: await Promise.all(lines) };
  }

  /** The `n`th picture of a passage, those of its result after its own. */
  async picture(sessionId: string, at: Located & { n: number }): Promise<Picture> {
    const { threads } = await this.#open(sessionId);
    const thread = await this.#thread(threads, at.thread);
    const [parts] = await gather(this.#raw, thread, [this.#passageAt(thread, at)]);
    const own =
      parts?.part?.kind === 'prompt' ? parts.part.enclosed : (parts?.result?.enclosed ?? []);
    return pictureOf(own[at.n]);
  }

  /** Passages that hold `words`, thread by thread; ends early once `signal` says so. */
  async find(sessionId: string, words: string, signal: AbortSignal): Promise<Found> {
    const { threads } = await this.#open(sessionId);
    const hits = new Map<string, Located>();
    const searched = new Set<string>();
    for (const name of threads.names()) {
      const thread = await threads.find(name);
      if (!thread || searched.has(thread.file.ref)) continue;
      searched.add(thread.file.ref);
      const { outline, file } = thread;
      for await (const hit of findText(this.#raw, { ref: file.ref, outline }, words)) {
        if (signal.aborted) return { hits: [], more: false };
        const named = hit.thread === MAIN ? name : hit.thread;
        hits.set(`${String(hit.index)} ${named}`, { thread: named, index: hit.index });
        if (hits.size > MOST_HITS) return { hits: [...hits.values()].slice(0, -1), more: true };
      }
    }
    return { hits: inOrder([...hits.values()], threads.names()), more: false };
  }

  /** Where a record stands, by its uuid, or a tool call by its id. Throws `not_found`. */
  async locate(sessionId: string, what: { record?: string; tool?: string }): Promise<Located> {
    const { threads } = await this.#open(sessionId);
    for (const name of threads.names()) {
      const thread = await threads.find(name);
      const index = thread?.passages.findIndex((passage) => isIt(passage, what)) ?? -1;
      if (index >= 0) return { thread: name, index };
    }
    throw nowhere('record', what.record ?? what.tool ?? '');
  }

  /** A tool call with its input and result. Throws `not_found`. */
  async toolUse(sessionId: string, toolUseId: string): Promise<ToolUse> {
    const at = await this.locate(sessionId, { tool: toolUseId });
    const passage = await this.passage(sessionId, at);
    if (passage.kind !== 'tool') throw nowhere('tool call', toolUseId);
    return { thread: at.thread, passage };
  }

  async #whole(
    threads: SessionThreads,
    thread: FoundThread,
    at: Located & { upTo?: number },
  ): Promise<Passage> {
    this.#passageAt(thread, at);
    const { upTo = WHOLE_BOUNDS.text } = at;
    const bounds = { ...WHOLE_BOUNDS, text: upTo, result: upTo };
    const only = { from: at.index, limit: 1, bounds };
    const [passage] = await buildPassages(this.#raw, threads, thread, only);
    if (!passage) throw nowhere('passage', String(at.index));
    return passage;
  }

  async #open(sessionId: string, enough?: number): Promise<Opened> {
    const facts = await this.#facts.of(sessionId);
    if (!facts) {
      throw new OptimizerError('not_found', `There is no session ${JSON.stringify(sessionId)}.`, {
        fix: 'GET /api/sessions lists those that there are.',
      });
    }
    const files = await this.#raw.files(sessionId);
    if (files.length === 0) {
      throw new OptimizerError('not_found', 'The transcript of this session is gone.', {
        fix: 'Claude Code deleted it before it was kept here. Its figures stay.',
      });
    }
    return { facts, threads: await SessionThreads.open(this.#outlines, facts, files, enough) };
  }

  // Of a session whose main file is gone there are its subagents.
  async #withoutMain(name: string, threads: SessionThreads): Promise<Conversation> {
    if (name !== MAIN) throw nowhere('thread', name);
    const nothing = {
      whole: true,
      from: 0,
      total: 0,
      changed: [],
      startsAt: 0,
      times: [],
      weights: [],
    };
    return {
      ...{ thread: name, revision: '', ...nothing },
      ...{ landmarks: [], abandoned: [], threads: await this.#list(threads) },
    };
  }

  #list(threads: SessionThreads): Promise<Thread[]> {
    return threads.list((file) => this.#heads.of(file));
  }

  async #thread(threads: SessionThreads, name: string): Promise<FoundThread> {
    const thread = await threads.find(name);
    if (!thread) throw nowhere('thread', name);
    return thread;
  }

  #passageAt(thread: FoundThread, { index }: Located): Outlined {
    const passage = thread.passages[index];
    if (!passage) throw nowhere('passage', String(index));
    return passage;
  }
}

function since(
  revision: string | undefined,
  generation: string,
  { passages, changes }: OutlinedThread | FoundThread,
): { from: number; known: number } {
  const [made, total, known] = revision?.split('.') ?? [];
  const from = Number(total);
  const changed = Number(known);
  const isOurs = made === generation && from <= passages.length && changed <= changes.length;
  return isOurs ? { from, known: changed } : { from: 0, known: changes.length };
}

function answersOf(passages: readonly Passage[], facts: Facts): Record<string, AnswerFigure> {
  const answers: Record<string, AnswerFigure> = {};
  for (const passage of passages) {
    if (!('messageId' in passage) || passage.messageId === null) continue;
    const known = facts.answers.get(passage.messageId);
    if (known)
      answers[passage.messageId] = { model: known.model, basis: known.basis, usage: known.usage };
  }
  return answers;
}

function isIt({ recordId, tool }: Outlined, what: { record?: string; tool?: string }): boolean {
  if (what.tool !== undefined) return tool?.id === what.tool;
  return recordId === what.record || tool?.result?.recordId === what.record;
}

function inOrder(hits: Located[], names: readonly string[]): Located[] {
  const place = new Map(names.map((name, index) => [name, index]));
  const of = ({ thread }: Located) => place.get(thread) ?? names.length;
  return hits.sort((a, b) => of(a) - of(b) || a.index - b.index);
}

function nowhere(what: string, name: string): OptimizerError {
  return new OptimizerError('not_found', `There is no ${what} ${JSON.stringify(name)}.`, {
    fix: 'It may have been in a transcript that is gone; open the conversation anew.',
  });
}
