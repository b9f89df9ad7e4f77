import {
  TEXT_PIECE,
  PASSAGES_PER_PAGE,
  type AbandonedBranch,
  type AnswerFigure,
  type Conversation,
  type Landmark,
  type Passage,
  type Thread,
} from '@claude-optimizer/protocol';
import { fetchConversation, fetchPassage, fetchPassages } from './conversation-api';

/** Passages of one thread that are kept; those farthest from the last page go first. */
const MOST_KEPT = 1_200;

/** One thread of a conversation: its outline, and those of its passages that have been asked for. */
export class ThreadStore {
  readonly id: string;
  readonly #sessionId: string;
  readonly #changed: () => void;
  readonly passages = new Map<number, Passage>();
  readonly answers = new Map<string, AnswerFigure>();
  /** Passages that were asked for in full, and up to how many characters a text. */
  readonly #whole = new Map<number, number>();
  readonly #underway = new Map<number, number>();
  /** What couldn't be had isn't asked for again before something has changed. */
  readonly #failed = new Set<number>();
  #revision: string | null = null;
  #refreshing: Promise<void> | null = null;
  #isWanted = false;
  isKnown = false;
  /** False while only the beginning of a long one is there; the rest is on its way. */
  isWhole = false;
  error: Error | null = null;
  total = 0;
  startsAt = 0;
  times: number[] = [];
  weights: number[] = [];
  landmarks: Landmark[] = [];
  abandoned: AbandonedBranch[] = [];
  threads: Thread[] = [];

  constructor(sessionId: string, id: string, changed: () => void) {
    this.#sessionId = sessionId;
    this.id = id;
    this.#changed = changed;
  }

  /** Asks what there is; called while it's being asked, asks once more afterwards. */
  refresh(): Promise<void> {
    this.#isWanted = true;
    this.#refreshing ??= this.#refreshWanted().finally(() => {
      this.#refreshing = null;
    });
    return this.#refreshing;
  }

  async #refreshWanted(): Promise<void> {
    while (this.#isWanted) {
      this.#isWanted = false;
      await this.#refresh();
    }
  }

  async #refresh(): Promise<void> {
    try {
      const news = await fetchConversation(this.#sessionId, this.id, this.#revision);
      this.#take(news);
      this.error = null;
      if (!news.whole) {
        // Drawn together with its first passages, before the rest is read.
        await this.load(0);
        this.#isWanted = true;
      }
    } catch (cause) {
      this.error = cause instanceof Error ? cause : new Error(String(cause));
    }
    this.#changed();
  }

  #take(news: Conversation): void {
    if (news.from === 0) {
      this.passages.clear();
      this.#whole.clear();
    }
    this.#failed.clear();
    this.#revision = news.revision;
    this.isKnown = true;
    this.isWhole = news.whole;
    this.total = news.total;
    this.startsAt = news.startsAt;
    this.times = this.times.slice(0, news.from).concat(news.times);
    this.weights = this.weights.slice(0, news.from).concat(news.weights);
    this.landmarks = news.landmarks;
    this.abandoned = news.abandoned;
    this.threads = news.threads;
    // What has changed is shown as it was until it has come anew.
    const stale = news.changed.filter((index) => this.passages.has(index));
    for (const index of stale) {
      if (this.#whole.has(index)) void this.#wholeAgain(index);
      else void this.#load(index, 1);
    }
  }

  /** Asks for the page around a passage unless it is there or on its way. */
  async load(index: number): Promise<void> {
    if (index < 0 || index >= this.total || this.passages.has(index)) return;
    if (this.#failed.has(index)) return;
    for (const [from, end] of this.#underway) if (index >= from && index < end) return;
    let from = index;
    while (from > 0 && index - from < PASSAGES_PER_PAGE / 2 && !this.passages.has(from - 1))
      from -= 1;
    await this.#load(from, PASSAGES_PER_PAGE);
    if (!this.passages.has(index) && this.error === null)
      await this.#load(index, PASSAGES_PER_PAGE);
    if (!this.passages.has(index)) this.#failed.add(index);
  }

  /** Asks for the whole of a passage that the page has only the beginning of. */
  async loadWhole(index: number, upTo = TEXT_PIECE): Promise<void> {
    const { passage } = await fetchPassage(this.#sessionId, { thread: this.id, index }, upTo);
    this.#whole.set(index, upTo);
    this.passages.set(index, passage);
    this.#changed();
  }

  /** Asks for the whole of a passage of which only a part is there. */
  async complete(index: number): Promise<void> {
    const passage = this.passages.get(index);
    if (passage && isCut(passage)) await this.#wholeAgain(index);
  }

  async #wholeAgain(index: number): Promise<void> {
    await this.loadWhole(index, this.#whole.get(index)).catch((cause: unknown) => {
      this.error = cause instanceof Error ? cause : new Error(String(cause));
      this.#changed();
    });
  }

  async #load(from: number, limit: number): Promise<void> {
    this.#underway.set(from, from + limit);
    try {
      const page = await fetchPassages(this.#sessionId, this.id, from, limit);
      for (const passage of page.passages) {
        this.passages.set(passage.index, passage);
        this.#whole.delete(passage.index);
      }
      for (const [id, figure] of Object.entries(page.answers)) this.answers.set(id, figure);
      this.#forget(from);
      this.error = null;
    } catch (cause) {
      this.error = cause instanceof Error ? cause : new Error(String(cause));
    } finally {
      this.#underway.delete(from);
    }
    this.#changed();
  }

  #forget(near: number): void {
    if (this.passages.size <= MOST_KEPT) return;
    for (const index of this.passages.keys()) {
      if (Math.abs(index - near) > MOST_KEPT / 3) this.passages.delete(index);
    }
  }
}

function isCut(passage: Passage): boolean {
  const isShort = ({ text, length }: { text: string; length: number }) => text.length < length;
  if (passage.kind === 'tool') {
    const { inputCut, result } = passage;
    return inputCut || (result !== null && (result.hunksCut || isShort(result.text)));
  }
  return 'text' in passage && isShort(passage.text);
}
