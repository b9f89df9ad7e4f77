import {
  CostRounding,
  exportedHead,
  exportedPassage,
  iso,
  Redactor,
  timelineEntry,
  type ExportedPassage,
} from '@claude-optimizer/core/export';
import type {
  ExportedHead,
  ExportedResponse,
  ExportedToolCall,
  Redaction,
  TimelineEntry,
} from '@claude-optimizer/protocol';
import type { StoredSession, ToolCall } from '@claude-optimizer/store';
import type { ToldPassage } from '../conversation/tell-conversation.js';
import type { ExportSource } from './export-source.js';

/** A session of an export, what is left out of it gone already; its timeline comes as it is read. */
export type ExportedChapter = {
  head: ExportedHead;
  timeline: () => AsyncIterable<TimelineEntry>;
  /** All that was said; null where its words are left out or its transcripts are gone. */
  conversation: () => Promise<AsyncIterable<ExportedPassage> | null>;
};

/** What formats are written of. All that it gives has gone through the one redactor. */
export class Exported {
  readonly #source: ExportSource;
  readonly #redactor: Redactor;
  readonly redactions: readonly Redaction[];
  #passed = 0;
  /** How far the conversation that is being told is; 1 where none is. */
  #share = 1;

  constructor(source: ExportSource, redactions: readonly Redaction[]) {
    this.#source = source;
    this.redactions = redactions;
    this.#redactor = new Redactor(redactions);
  }

  /** How many sessions were begun, of one whose conversation is told the share that was. */
  get passed(): number {
    return this.#passed - 1 + this.#share;
  }

  /** Sessions with all of their state. */
  async *chapters(): AsyncGenerator<ExportedChapter> {
    this.#passed = 0;
    for await (const session of this.#sessions()) {
      const head = exportedHead(await this.#source.material(session));
      yield {
        head: this.#redactor.session(head),
        timeline: () => this.#timeline(session),
        conversation: () => this.#conversation(session),
      };
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

  async #conversation(session: StoredSession): Promise<AsyncGenerator<ExportedPassage> | null> {
    if (this.redactions.includes('prompts')) return null;
    const told = await this.#source.conversation(session);
    return told && this.#passages(told);
  }

  async *#passages(told: AsyncIterable<ToldPassage>): AsyncGenerator<ExportedPassage> {
    for await (const one of told) {
      this.#share = one.share;
      const passage = 'passage' in one ? exportedPassage(one.passage, one.depth) : headOf(one);
      if (passage !== null) yield this.#redactor.passage(passage);
    }
    this.#share = 1;
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

function headOf(told: Exclude<ToldPassage, { passage: unknown }>): ExportedPassage {
  const { depth } = told;
  const line = (kind: 'thread' | 'note', who: string, text: string) => ({
    ...{ kind, who, text, length: text.length, depth },
    ...{ at: null, enclosures: [], tool: null },
  });
  if ('abandoned' in told) {
    const count = told.abandoned;
    return line(
      'note',
      'Left out',
      `${String(count)} ${count === 1 ? 'message' : 'messages'} of an abandoned branch`,
    );
  }
  const { agentType, description, id, aside } = told.thread;
  const words = [agentType, description].filter((word) => word !== null);
  return line(
    'thread',
    aside === null ? 'Subagent' : 'Asked by the way',
    words.length === 0 ? id : words.join(' · '),
  );
}
