import { EXPORT_BOUNDS, MAIN } from '@claude-optimizer/core/conversation';
import {
  OptimizerError,
  type Conversation,
  type Passage,
  type Thread,
} from '@claude-optimizer/protocol';
import type { Conversations } from './conversations.js';

/**
 * A passage as it is told; or where the thread of a subagent begins, or where so many passages of an
 * abandoned branch are left out. `share`: how far it is.
 */
export type ToldPassage = { depth: number; share: number } & (
  { passage: Passage } | { thread: Thread } | { abandoned: number }
);

const PAGE = 40;
const DEEPEST = 6;

type Told = Pick<Conversations, 'outline' | 'passages'>;

/**
 * A session's conversation from its first passage to its last, a page at a time: those of a subagent
 * after the call that started it. Null where its transcripts are gone.
 */
export async function tellConversation(
  conversations: Told,
  sessionId: string,
): Promise<AsyncGenerator<ToldPassage> | null> {
  try {
    const outline = await conversations.outline(sessionId, { thread: MAIN });
    return new Telling(conversations, sessionId, outline).all();
  } catch (error) {
    if (error instanceof OptimizerError && error.code === 'not_found') return null;
    throw error;
  }
}

class Telling {
  readonly #conversations: Told;
  readonly #sessionId: string;
  readonly #outline: Conversation;
  readonly #threads: ReadonlyMap<string, Thread>;
  readonly #told = new Set<string>([MAIN]);
  #share = 0;

  constructor(conversations: Told, sessionId: string, outline: Conversation) {
    this.#conversations = conversations;
    this.#sessionId = sessionId;
    this.#outline = outline;
    // What the client asked for itself was said by nobody; an aside question is the person's.
    const told = outline.threads.filter(({ aside }) => aside === null || aside === 'question');
    this.#threads = new Map(told.map((thread) => [thread.id, thread]));
  }

  async *all(): AsyncGenerator<ToldPassage> {
    if (this.#outline.total > 0) yield* this.#main();
    // Those whose call is nowhere come last.
    for (const name of this.#threads.keys()) yield* this.#thread(name, 1);
  }

  /** The main thread as it was kept: without the branches that the person left. */
  async *#main(): AsyncGenerator<ToldPassage> {
    let from = 0;
    for (const branch of this.#outline.abandoned) {
      yield* this.#passages(MAIN, 0, from, branch.from);
      yield { abandoned: branch.count, depth: 0, share: this.#share };
      from = branch.from + branch.count;
    }
    yield* this.#passages(MAIN, 0, from);
  }

  async *#thread(name: string, depth: number): AsyncGenerator<ToldPassage> {
    const thread = this.#threads.get(name);
    if (thread === undefined || this.#told.has(name) || depth > DEEPEST) return;
    this.#told.add(name);
    yield { thread, depth, share: this.#share };
    yield* this.#passages(name, depth);
  }

  async *#passages(
    thread: string,
    depth: number,
    first = 0,
    end = Infinity,
  ): AsyncGenerator<ToldPassage> {
    for (let from = first, total = Infinity; from < Math.min(total, end);) {
      const query = { thread, from, limit: Math.min(PAGE, end - from) };
      const page = await this.#conversations.passages(this.#sessionId, query, EXPORT_BOUNDS);
      for (const passage of page.passages) {
        if (depth === 0) this.#share = (passage.index + 1) / page.total;
        yield { passage, depth, share: this.#share };
        if (passage.kind !== 'tool') continue;
        for (const name of passage.threads) yield* this.#thread(name, depth + 1);
      }
      from += page.passages.length;
      total = page.passages.length === 0 ? 0 : page.total;
    }
  }
}
