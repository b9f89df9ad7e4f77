import {
  decide,
  decideHeard,
  emptyState,
  foldOn,
  settleStatus,
  tokensEvent,
  type Heard,
  type ObservationOf,
} from '@claude-optimizer/core';
import type { SessionEvent, Unnumbered } from '@claude-optimizer/protocol';
import type {
  Checkpoint,
  Commit,
  EventSource,
  LedgerRow,
  StoredSession,
} from '@claude-optimizer/store';
import { basesAfter } from '../prices/repriced.js';
import { lossOf, type Ledger } from './ledger.js';
import { asLate, callAt, causeOf, dependsOnState, wasTold } from './repetitions.js';
import type { FileBatch, Sighting } from './scan-file.js';
import { callOf, changeOf, type Touched } from './session-change.js';
import { Told } from './told.js';

/** What hooks or telemetry said of one session, in order. */
export type HeardOf = {
  sessionId: string;
  said: readonly Heard[];
  /** Only of use where no transcript is read, which says more and mostly comes first. */
  untold?: true;
};

/** One commit in the making: numbers events, folds them, and collects what is to be written. */
export class Draft {
  readonly events: { event: SessionEvent; source: EventSource | null }[] = [];
  readonly #sessions = new Map<string, Touched>();
  readonly #known: ReadonlyMap<string, StoredSession>;
  readonly #told: ReadonlyMap<string, Told>;
  readonly #ledger: Ledger;
  /** Results whose call was told by a hook: what else their line says was told with it. */
  readonly #repeated = new Set<string>();
  #seq: number;
  #sessionKey: number;

  constructor(start: {
    seq: number;
    sessionKey: number;
    known: ReadonlyMap<string, StoredSession>;
    told: ReadonlyMap<string, Told>;
    ledger: Ledger;
  }) {
    this.#seq = start.seq;
    this.#sessionKey = start.sessionKey;
    this.#known = start.known;
    this.#told = start.told;
    this.#ledger = start.ledger;
  }

  get seq(): number {
    return this.#seq;
  }

  get sessionKey(): number {
    return this.#sessionKey;
  }

  /** Takes in what a stretch of a file said. */
  read(batch: FileBatch): void {
    const { sessionId, checkpoint } = batch;
    if (sessionId === null) return;
    for (const sighting of batch.sightings) this.#see(sessionId, checkpoint, sighting);
  }

  /** Takes in what hooks or telemetry said, unless its transcript has said it. */
  hear(heard: HeardOf): void {
    const { sessionId } = heard;
    const told = this.#told.get(sessionId) ?? new Told([], 0);
    const inTranscript = (this.#state(sessionId)?.summary.version ?? null) !== null;
    const said =
      heard.untold && inTranscript
        ? heard.said.filter(({ kind }) => kind === 'answered')
        : heard.said;
    const [first] = said;
    if (first === undefined) return;
    if (this.#state(sessionId) === null) {
      if (said.every(({ kind }) => kind === 'exit' || kind === 'answered')) return;
      const project = first.kind === 'info' ? (first.info.project ?? null) : null;
      this.#start(sessionId, first.at, null, project);
    }
    if (this.#state(sessionId)?.summary.live !== true) {
      this.#add({ type: 'session:info', sessionId, timestamp: first.at, live: true }, null);
    }
    for (const one of said) if (!this.#hearOne(sessionId, told, one)) return;
  }

  /** False when the rest of what was said with it has been told, too. */
  #hearOne(sessionId: string, told: Told, heard: Heard): boolean {
    const state = this.#state(sessionId);
    if (state === null) return false;
    if (heard.kind === 'objectives' && wasTold(told, heard)) return true;
    if (heard.kind === 'tool' && heard.phase === 'end' && !told.hasStarted(heard.toolUseId)) {
      const { toolUseId, name, label, agentId, durationMs = 0 } = heard;
      const timestamp = heard.at - durationMs;
      const call = { toolUseId, name, label, agentId };
      this.#add({ type: 'session:tool', sessionId, timestamp, phase: 'start', ...call }, null);
    }
    for (const event of decideHeard(sessionId, this.#state(sessionId) ?? state, heard)) {
      if (told.hasSeen(event)) return false;
      this.#add(event, null);
    }
    return true;
  }

  /** Gives responses of the ledger, of whole sessions, the prices of now. */
  reprice(rows: readonly LedgerRow[]): void {
    const bases = basesAfter(rows);
    for (const row of rows) {
      const news = this.#ledger.reprice(row, bases.get(row.sessionId) ?? row.basis);
      if (news === null) continue;
      const event = tokensEvent(news.sessionId, this.#state(news.sessionId), news.entry);
      if (event) this.#add(event, null);
    }
  }

  /** Takes responses from the sessions that they were counted for. */
  lose(rows: readonly LedgerRow[]): void {
    for (const row of rows) {
      const { sessionId, entry } = lossOf(row);
      const event = tokensEvent(sessionId, this.#state(sessionId), entry);
      if (event) this.#add(event, null);
    }
  }

  /** Adds an event that no line said (the person's own doing). */
  say(event: Unnumbered): void {
    this.#add(event, null);
  }

  #see(
    sessionId: string,
    { id: fileId, bornAt, repeats }: Checkpoint,
    { byteOffset, observation }: Sighting,
  ): void {
    const source = { fileId, byteOffset };
    const told = this.#told.get(sessionId);
    const live = told !== undefined && this.#state(sessionId)?.summary.live === true;
    if (observation.kind === 'usage') {
      this.#count(sessionId, bornAt, observation, source);
      return;
    }
    if (told && repeats && dependsOnState(observation) && observation.at <= told.until) return;
    const before = this.#state(sessionId);
    // The client's last sum alone makes no session.
    if (before === null && observation.kind === 'exit') return;
    if (before === null) {
      const project = observation.kind === 'info' ? (observation.info.project ?? null) : null;
      this.#start(sessionId, observation.at, source, project);
    }
    if (live && this.#repeated.has(callAt(byteOffset, causeOf(observation)))) return;
    const said = live && observation.kind === 'objectives' ? asLate(observation) : observation;
    for (const event of decide(sessionId, this.#state(sessionId), said)) {
      if ((told?.copied && told.hasLine(event)) || (live && told.hasHeard(event))) {
        if (event.type === 'session:tool') this.#repeated.add(callAt(byteOffset, event.toolUseId));
        continue;
      }
      this.#add(event, source);
    }
  }

  #count(
    sessionId: string,
    bornAt: number,
    observation: ObservationOf<'usage'>,
    source: EventSource,
  ): void {
    for (const news of this.#ledger.count(sessionId, bornAt, observation)) {
      if (this.#state(news.sessionId) === null) this.#start(news.sessionId, observation.at, source);
      const event = tokensEvent(news.sessionId, this.#state(news.sessionId), news.entry);
      if (event) this.#add(event, source);
    }
  }

  #start(
    sessionId: string,
    timestamp: number,
    source: EventSource | null,
    project: string | null = null,
  ): void {
    this.#add({ type: 'session:start', sessionId, timestamp, project, visible: false }, source);
  }

  #state(sessionId: string) {
    return (this.#sessions.get(sessionId) ?? this.#known.get(sessionId))?.state ?? null;
  }

  #add(unnumbered: Unnumbered, source: EventSource | null): void {
    this.#seq += 1;
    // Nobody else holds it yet: a copy of each would take longer than to decide it.
    const event: SessionEvent = Object.assign(unnumbered, { seq: this.#seq });
    // Another copy of the session or another source will repeat it.
    this.#told.get(event.sessionId)?.add(event);
    this.events.push({ event, source });
    const touched = this.#touch(event);
    if (event.type === 'session:objective') touched.objectives.add(event.objectiveId);
    if (event.type === 'session:tool' && event.phase === 'end')
      touched.toolCalls.push(callOf(event));
  }

  #touch(event: SessionEvent): Touched {
    const id = event.sessionId;
    const touched = this.#sessions.get(id) ?? this.#begin(id, event);
    foldOn(touched.state, event);
    return touched;
  }

  // A copy of its own, which it folds on: what is known stays as it is until this is committed.
  #begin(id: string, event: SessionEvent): Touched {
    const known = this.#known.get(id);
    if (!known) this.#sessionKey += 1;
    const state = known
      ? { ...known.state, summary: { ...known.state.summary } }
      : emptyState(event);
    const key = known?.key ?? this.#sessionKey;
    const fresh: Touched = { key, state, toolCalls: [], objectives: new Set() };
    this.#sessions.set(id, fresh);
    return fresh;
  }

  /** The sessions as they are after this commit. */
  sessions(): Map<string, StoredSession> {
    for (const { state } of this.#sessions.values()) settleStatus(state.summary);
    return new Map([...this.#sessions].map(([id, { key, state }]) => [id, { key, state }]));
  }

  /** What is to be written; statuses are as at `now` (epoch ms). */
  commit(batches: readonly Pick<FileBatch, 'checkpoint' | 'malformed'>[], now: number): Commit {
    return {
      events: this.events,
      sessions: [...this.#sessions.values()].map((touched) => changeOf(touched, now)),
      ledger: this.#ledger.changed(),
      checkpoints: batches.map((batch) => batch.checkpoint),
      malformed: batches.flatMap(({ checkpoint, malformed }) =>
        malformed.map(({ byteOffset, reason }) => ({
          fileId: checkpoint.id,
          byteOffset,
          reason,
          seenAt: now,
        })),
      ),
    };
  }
}
