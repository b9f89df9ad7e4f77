import { randomUUID } from 'node:crypto';
import { OptimizerError, type Ask, type AskAnswer } from '@claude-optimizer/protocol';
import type { Announcer } from '../feed/announcer.js';
import { checkAnswer } from './check-answer.js';

/** How a question ended: by the person, by its time, or because nobody needs an answer any more. */
export type AskEnd = AskAnswer | 'expired' | 'withdrawn';
export type NewAsk = Omit<Ask, 'id' | 'askedAt'>;
type Opened = { ask: Ask; answered: Promise<AskEnd> };
type Waiting = { ask: Ask; end: (how: AskEnd) => void; timer: NodeJS.Timeout | null };

/** Of so many that have ended it is known how, for those who answer late. */
const REMEMBERED = 200;
/** What a timer of Node can wait at most. */
const LONGEST_WAIT_MS = 2 ** 31 - 1;

type Options = {
  announcer: Announcer;
  now: () => number;
  /** Called with each new question, after the pages were told. */
  onOpen?: (ask: Ask) => void;
};

/** The questions that wait for the person. Each change tells every page the whole list. */
export class Asks {
  readonly #options: Options;
  readonly #waiting = new Map<string, Waiting>();
  readonly #ended = new Map<string, string>();

  constructor(options: Options) {
    this.#options = options;
  }

  /** Asks; `answered` resolves once and never rejects. Past `expiresAt` it is 'expired'. */
  open(asked: NewAsk): Opened {
    const ask: Ask = { ...asked, id: randomUUID(), askedAt: this.#options.now() };
    const answered = new Promise<AskEnd>((resolve) => {
      this.#waiting.set(ask.id, { ask, end: resolve, timer: null });
    });
    this.#expireInTime(ask.id);
    this.#announce();
    if (this.#waiting.has(ask.id)) this.#options.onOpen?.(ask);
    return { ask, answered };
  }

  /** Takes the question back; nothing happens to one that has ended. */
  withdraw(id: string): void {
    this.#end(id, 'withdrawn', 'is not waiting any more: it was answered elsewhere');
  }

  /** Gives the person's answer. Throws `not_found`, `conflict` (ended) and `bad_request`. */
  answer(id: string, answer: AskAnswer): void {
    const waiting = this.#waiting.get(id);
    if (!waiting) throw this.#missing(id);
    checkAnswer(waiting.ask, answer);
    this.#end(id, answer, 'was answered already');
  }

  /** Those that are open, oldest first. */
  list(): Ask[] {
    return [...this.#waiting.values()].map(({ ask }) => ask);
  }

  /** Withdraws all of them. */
  close(): void {
    for (const id of [...this.#waiting.keys()]) this.withdraw(id);
  }

  // The clock may have been set in the meantime: what is due is seen by it, not by the timer.
  #expireInTime(id: string): void {
    const waiting = this.#waiting.get(id);
    const { expiresAt } = waiting?.ask ?? { expiresAt: null };
    if (!waiting || expiresAt === null) return;
    const left = expiresAt - this.#options.now();
    if (left <= 0) this.#end(id, 'expired', 'has expired');
    else {
      const wait = Math.min(left, LONGEST_WAIT_MS);
      waiting.timer = setTimeout(() => this.#expireInTime(id), wait);
    }
  }

  #end(id: string, how: AskEnd, why: string): void {
    const waiting = this.#waiting.get(id);
    if (!waiting) return;
    this.#waiting.delete(id);
    if (waiting.timer) clearTimeout(waiting.timer);
    this.#ended.set(id, why);
    const [oldest] = this.#ended.keys();
    if (this.#ended.size > REMEMBERED && oldest !== undefined) this.#ended.delete(oldest);
    waiting.end(how);
    this.#announce();
  }

  #announce(): void {
    this.#options.announcer.announce('asks', this.list());
  }

  #missing(id: string): OptimizerError {
    const why = this.#ended.get(id);
    const fix = 'GET /api/asks lists those that are open.';
    return why === undefined
      ? new OptimizerError('not_found', `There is no question ${JSON.stringify(id)}.`, { fix })
      : new OptimizerError('conflict', `This question ${why}.`, { fix });
  }
}
