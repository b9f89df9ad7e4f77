import {
  CostRounding,
  exportedHead,
  iso,
  Redactor,
  timelineEntry,
} from '@claude-optimizer/core/export';
import type {
  ExportedHead,
  ExportedResponse,
  ExportedToolCall,
  Redaction,
  TimelineEntry,
} from '@claude-optimizer/protocol';
import type { StoredSession, ToolCall } from '@claude-optimizer/store';
import type { ExportSource } from './export-source.js';

/** A session of an export, what is left out of it gone already; its timeline comes as it is read. */
export type ExportedChapter = { head: ExportedHead; timeline: () => AsyncIterable<TimelineEntry> };

/** What formats are written of. All that it gives has gone through the one redactor. */
export class Exported {
  readonly #source: ExportSource;
  readonly #redactor: Redactor;
  readonly redactions: readonly Redaction[];
  #passed = 0;

  constructor(source: ExportSource, redactions: readonly Redaction[]) {
    this.#source = source;
    this.redactions = redactions;
    this.#redactor = new Redactor(redactions);
  }

  /** How many sessions were begun. */
  get passed(): number {
    return this.#passed;
  }

  /** Sessions with all of their state. */
  async *chapters(): AsyncGenerator<ExportedChapter> {
    for await (const session of this.#sessions()) {
      const head = exportedHead(await this.#source.material(session));
      yield { head: this.#redactor.session(head), timeline: () => this.#timeline(session) };
    }
  }

  /** Sessions without what takes a look at each of their responses. */
  async *heads(): AsyncGenerator<ExportedHead> {
    for await (const { state } of this.#sessions()) {
      const head = exportedHead({ state, slotMs: 0, usage: [], usageByModel: [] });
      yield this.#redactor.session(head);
    }
  }

  async *responses(): AsyncGenerator<ExportedResponse> {
    for await (const session of this.#sessions()) {
      const costs = new CostRounding();
      const { project } = session.state.summary;
      for await (const row of this.#source.responses(session)) {
        const { inputTokens, outputTokens, cacheReadTokens, ...usage } = row.usage;
        yield this.#redactor.response({
          ...{ at: iso(row.at), sessionId: row.sessionId, project, model: row.model },
          ...{ agentId: row.agentId, inputTokens, outputTokens },
          cacheWrite5mTokens: usage.cacheWrite5mTokens,
          cacheWrite1hTokens: usage.cacheWrite1hTokens,
          cacheReadTokens,
          costMicrodollars: costs.round(row.costPicodollars),
          priceBasis: row.basis,
        });
      }
    }
  }

  async *toolCalls(): AsyncGenerator<ExportedToolCall> {
    for await (const session of this.#sessions()) {
      for await (const call of this.#source.toolCalls(session)) {
        yield this.#redactor.toolCall(exportedCall(session, call));
      }
    }
  }

  async *#timeline(session: StoredSession): AsyncGenerator<TimelineEntry> {
    for await (const event of this.#source.events(session)) {
      const entry = timelineEntry(event);
      if (entry !== null) yield this.#redactor.entry(entry);
    }
  }

  async *#sessions(): AsyncGenerator<StoredSession> {
    await this.#learn();
    for await (const session of this.#source.sessions()) {
      this.#passed += 1;
      yield session;
    }
  }

  // A text may name a project whose session comes later.
  async #learn(): Promise<void> {
    if (!this.redactions.includes('paths')) return;
    for await (const { state } of this.#source.sessions()) this.#redactor.learn(state.summary);
  }
}

function exportedCall({ state }: StoredSession, call: ToolCall): ExportedToolCall {
  return {
    ...{ endedAt: iso(call.endedAt), sessionId: state.summary.id },
    ...{ project: state.summary.project, tool: call.name, agentId: call.agentId },
    outcome: call.outcome as ExportedToolCall['outcome'],
    ...{ durationMs: call.durationMs, file: call.file },
    ...{ linesAdded: call.linesAdded, linesRemoved: call.linesRemoved },
  };
}
