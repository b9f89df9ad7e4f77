import type { AbandonedBranch, Located } from '@claude-optimizer/protocol';
import { locatePassage } from './conversation-api';
import { countUntil, rowsOf, type Rows } from './rows';
import { ThreadStore } from './thread-store';

/** A conversation as the page has it: its threads, which are open, and what is unfolded. */
export class ConversationStore {
  readonly sessionId: string;
  readonly #threads = new Map<string, ThreadStore>();
  readonly #open = new Map<string, Located | null>();
  /** Abandoned branches that are open, by their first passage. */
  readonly #openBranches = new Set<number>();
  readonly #unfolded = new Map<string, boolean>();
  readonly #listeners = new Set<() => void>();
  #version = 0;
  #until: number | null = null;
  #rows: { version: number; rows: Rows } | null = null;

  constructor(sessionId: string) {
    this.sessionId = sessionId;
  }

  readonly watch = (listener: () => void): (() => void) => {
    this.#listeners.add(listener);
    return () => this.#listeners.delete(listener);
  };

  /** Another number whenever something has changed. */
  readonly version = (): number => this.#version;

  readonly #changed = () => {
    this.#version += 1;
    for (const listener of this.#listeners) listener();
  };

  thread(id: string): ThreadStore {
    const known = this.#threads.get(id);
    if (known) return known;
    const thread = new ThreadStore(this.sessionId, id, this.#changed);
    this.#threads.set(id, thread);
    return thread;
  }

  get main(): ThreadStore {
    return this.thread('main');
  }

  /** Asks of every thread that is shown what is new. */
  async refresh(): Promise<void> {
    const shown = [this.main, ...[...this.#open.keys()].map((id) => this.thread(id))];
    await Promise.all(shown.map((thread) => thread.refresh()));
  }

  /** Shows what there was at a moment (epoch ms); null: all that there is. */
  showUntil(at: number | null): void {
    if (this.#until === at) return;
    this.#until = at;
    this.#changed();
  }

  get until(): number | null {
    return this.#until;
  }

  /** How many passages of a thread are shown. */
  count(id: string): number {
    const thread = this.thread(id);
    if (this.#until === null) return thread.total;
    return countUntil(thread.times, this.#until - thread.startsAt);
  }

  rows(): Rows {
    if (this.#rows?.version !== this.#version) {
      const rows = rowsOf({
        open: this.#open,
        lines: this.#lines(),
        abandoned: this.main.abandoned,
        openBranches: this.#openBranches,
        countOf: (id) => this.count(id),
      });
      this.#rows = { version: this.#version, rows };
    }
    return this.#rows.rows;
  }

  /** Threads that no call started, where they began. */
  #lines(): { thread: string; after: number }[] {
    const { threads, times, startsAt } = this.main;
    return threads.flatMap(({ id, toolUseId, startedAt }) => {
      if (toolUseId !== null) return [];
      if (startedAt === null) return [{ thread: id, after: times.length }];
      const isLater = this.#until !== null && startedAt > this.#until;
      return isLater ? [] : [{ thread: id, after: countUntil(times, startedAt - startsAt) }];
    });
  }

  isBranchOpen({ from }: AbandonedBranch): boolean {
    return this.#openBranches.has(from);
  }

  /** Shows what the person went back behind, or folds it away. */
  toggleBranch({ from }: AbandonedBranch): void {
    if (!this.#openBranches.delete(from)) this.#openBranches.add(from);
    this.#changed();
  }

  isOpen(thread: string): boolean {
    return this.#open.has(thread);
  }

  /** Opens a thread under the passage that started it, or closes it. */
  toggleThread(thread: string, at: Located | null): void {
    if (this.#open.delete(thread)) {
      this.#changed();
      return;
    }
    this.#open.set(thread, at);
    this.#changed();
    void this.thread(thread).refresh();
  }

  isUnfolded(key: string, byDefault: boolean): boolean {
    return this.#unfolded.get(key) ?? byDefault;
  }

  unfold(key: string, isUnfolded: boolean): void {
    this.#unfolded.set(key, isUnfolded);
    this.#changed();
  }

  /** Makes a passage one that is shown: opens its thread, and those that it hangs under. */
  async reveal({ thread, index }: Located): Promise<void> {
    // It may stand in what is still being read.
    if (!this.main.isWhole) await this.main.refresh();
    await this.#openThread(thread, 0);
    if (thread === 'main') this.#openBranchOf(index);
    await this.thread(thread).load(index);
  }

  async #openThread(thread: string, depth: number): Promise<void> {
    if (thread === 'main' || this.#open.has(thread) || depth > 6) return;
    const call = this.main.threads.find(({ id }) => id === thread)?.toolUseId ?? null;
    const at = call === null ? null : await this.locate({ tool: call });
    if (at) await this.#openThread(at.thread, depth + 1);
    if (at?.thread === 'main') this.#openBranchOf(at.index);
    this.#open.set(thread, at);
    await this.thread(thread).refresh();
  }

  /** The abandoned branch that a passage of the main thread stands in. */
  branchOf(index: number): AbandonedBranch | null {
    const isWithin = ({ from, count }: AbandonedBranch) => index >= from && index < from + count;
    return this.main.abandoned.find(isWithin) ?? null;
  }

  #openBranchOf(index: number): void {
    const branch = this.branchOf(index);
    if (!branch || this.#openBranches.has(branch.from)) return;
    this.#openBranches.add(branch.from);
    this.#changed();
  }

  /** Where a record or a call stands; null where it is in no file that is there. */
  async locate(what: { record: string } | { tool: string }): Promise<Located | null> {
    return locatePassage(this.sessionId, what).catch(() => null);
  }
}

/** Under which a passage's fold is remembered. */
export const foldKey = ({ thread, index }: Located): string => `${thread} ${index}`;
