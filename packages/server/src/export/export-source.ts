import { sessionStatus } from '@claude-optimizer/core';
import type { ExportMaterial } from '@claude-optimizer/core/export';
import { usagePeriods } from '@claude-optimizer/core/report';
import { OptimizerError, type ExportRequest, type SessionEvent } from '@claude-optimizer/protocol';
import type {
  ExportReads,
  LedgerRow,
  SessionSelection,
  StoredSession,
  ToolCall,
} from '@claude-optimizer/store';
import { tellConversation, type ToldPassage } from '../conversation/tell-conversation.js';
import type { ExportProcesses } from './export-processes.js';

/** Where exports come from. `between`: all that `work` reads is of one moment. */
export type ExportOrigin = {
  reads: ExportReads;
  between: <T>(work: () => Promise<T>) => Promise<T>;
  /** Epoch ms. */
  now: () => number;
  /** Makes conversations readable; null where there are no transcripts. */
  conversations?: () => Told | null;
  /** Makes what takes long; null where nobody else can read the store, or this is it. */
  elsewhere: ExportProcesses | null;
};

/** What a conversation is told from. */
type Told = Parameters<typeof tellConversation>[0];

/** Sessions read at once: a daemon's live lines wait for no more than that. */
const SESSIONS = 8;
const ROWS = 1_000;
const SLOTS = 120;

type Wanted = Pick<
  ExportRequest,
  'ids' | 'since' | 'until' | 'timezone' | 'project' | 'model' | 'status'
>;

/** The sessions that an export asks for, read page after page and never held together. */
export class ExportSource {
  readonly #origin: ExportOrigin;
  readonly #wanted: Wanted;
  readonly #selection: SessionSelection;

  /** Throws `bad_request` for days or a zone amiss. */
  constructor(origin: ExportOrigin, wanted: Wanted) {
    this.#origin = origin;
    this.#wanted = wanted;
    this.#selection = selectionOf(wanted, origin.now());
  }

  /** Throws `not_found` for ids that aren't known, before anything is written. */
  async check(): Promise<void> {
    const { ids } = this.#wanted;
    if (!ids) return;
    const known = await this.#origin.between(() => this.#origin.reads.knownIds(ids));
    const missing = ids.filter((id) => !known.has(id));
    if (missing.length === 0) return;
    const named = missing
      .slice(0, 3)
      .map((id) => JSON.stringify(id))
      .join(', ');
    const more = missing.length > 3 ? ` and ${String(missing.length - 3)} more` : '';
    throw new OptimizerError('not_found', `There is no session ${named}${more}.`, {
      fix: 'claude-optimizer sessions list (GET /api/sessions) shows those that there are.',
    });
  }

  /** How many sessions there are at most, whatever their status. */
  countAtMost(): Promise<number> {
    return this.#origin.between(() => this.#origin.reads.countSelected(this.#selection));
  }

  /** How many sessions there are; where a status is wanted, all are looked at. */
  async count(): Promise<number> {
    if (!this.#wanted.status) return this.countAtMost();
    let count = 0;
    for await (const _session of this.sessions()) count += 1;
    return count;
  }

  /** Sessions oldest first, with their state as it was when each was read. */
  async *sessions(): AsyncGenerator<StoredSession> {
    const { reads, now } = this.#origin;
    const { status } = this.#wanted;
    const all = this.#pages<StoredSession>(SESSIONS, (last) =>
      reads.selected(
        this.#selection,
        last && { startedAt: last.state.summary.startedAt, key: last.key },
        SESSIONS,
      ),
    );
    for await (const { key, state } of all) {
      const summary = { ...state.summary, status: sessionStatus(state.summary, now()) };
      if (!status || status.includes(summary.status)) yield { key, state: { ...state, summary } };
    }
  }

  /** What an export says of a session besides its timeline. */
  material({ state }: StoredSession): Promise<ExportMaterial> {
    const { reads, between } = this.#origin;
    const { id } = state.summary;
    return between(async () => ({
      ...(await reads.usageOverTime(id, SLOTS)),
      usageByModel: await reads.usageByModel(id),
      state,
    }));
  }

  events({ key }: StoredSession): AsyncGenerator<SessionEvent> {
    const { reads } = this.#origin;
    return this.#pages(ROWS, (last) => reads.eventsOf(key, last?.seq ?? 0, ROWS));
  }

  /** What was said in the session; null where its transcripts are gone. */
  async conversation({ state }: StoredSession): Promise<AsyncGenerator<ToldPassage> | null> {
    const conversations = this.#origin.conversations?.() ?? null;
    return conversations && tellConversation(conversations, state.summary.id);
  }

  /** The session's responses in the wanted time and of the wanted model. */
  responses({ key }: StoredSession): AsyncGenerator<LedgerRow> {
    const { reads } = this.#origin;
    return this.#pages(ROWS, (last) => reads.responsesOf(key, this.#selection, last, ROWS));
  }

  toolCalls({ key }: StoredSession): AsyncGenerator<ToolCall> {
    const { reads } = this.#origin;
    return this.#pages(ROWS, (last) =>
      reads.toolCallsOf(key, this.#selection, last?.seq ?? 0, ROWS),
    );
  }

  /** Page after page, each loaded after the last row of the one before. */
  async *#pages<T>(
    rows: number,
    load: (last: T | null) => Promise<T[]>,
  ): AsyncGenerator<T, void, void> {
    let last: T | null = null;
    for (;;) {
      const after: T | null = last;
      const page: T[] = await this.#origin.between(() => load(after));
      yield* page;
      last = page.at(-1) ?? null;
      if (last === null || page.length < rows) return;
    }
  }
}

function selectionOf(wanted: Wanted, now: number): SessionSelection {
  const { ids, since, until, timezone, project, model } = wanted;
  const periods =
    since === undefined && until === undefined && timezone === undefined
      ? []
      : usagePeriods(
          { ...(since !== undefined && { since }), ...(until !== undefined && { until }) },
          timezone ?? null,
          now,
        );
  const from = since === undefined ? undefined : periods[0]?.from;
  const to = until === undefined ? undefined : periods.at(-1)?.to;
  return {
    ...(ids && { ids }),
    ...(from !== undefined && { from }),
    ...(to !== undefined && { to }),
    ...(project !== undefined && { project }),
    ...(model !== undefined && { model }),
  };
}
