import {
  decide,
  foldSession,
  sessionStatus,
  statusValidUntil,
  tokensEvent,
  type ObservationOf,
} from '@claude-optimizer/core';
import type { Objective, SessionEvent, Unnumbered } from '@claude-optimizer/protocol';
import type {
  Checkpoint,
  Commit,
  EventSource,
  SessionChange,
  StoredSession,
  ToolCall,
} from '@claude-optimizer/store';
import { eventKey } from './event-key.js';
import { type Ledger } from './ledger.js';
import type { FileBatch, Sighting } from './scan-file.js';

/** What was told before of a session whose lines are read a second time. */
export type Told = { keys: Set<string>; until: number };

type Touched = StoredSession & { toolCalls: ToolCall[]; objectives: Set<string> };

/** One commit in the making: numbers events, folds them, and collects what is to be written. */
export class Draft {
  readonly events: { event: SessionEvent; source: EventSource | null }[] = [];
  readonly #sessions = new Map<string, Touched>();
  readonly #known: ReadonlyMap<string, StoredSession>;
  readonly #told: ReadonlyMap<string, Told>;
  readonly #ledger: Ledger;
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
    for (const event of decide(sessionId, this.#state(sessionId), observation)) {
      const key = told ? eventKey(event) : null;
      if (key !== null && told?.keys.has(key)) continue;
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
    source: EventSource,
    project: string | null = null,
  ): void {
    this.#add({ type: 'session:start', sessionId, timestamp, project, visible: false }, source);
  }

  #state(sessionId: string) {
    return (this.#sessions.get(sessionId) ?? this.#known.get(sessionId))?.state ?? null;
  }

  #add(unnumbered: Unnumbered, source: EventSource | null): void {
    const event = { ...unnumbered, seq: this.#seq + 1 };
    this.#seq = event.seq;
    this.#remember(event);
    this.events.push({ event, source });
    const touched = this.#touch(event);
    if (event.type === 'session:objective') touched.objectives.add(event.objectiveId);
    if (event.type === 'session:tool' && event.phase === 'end')
      touched.toolCalls.push(callOf(event));
  }

  // What the first copy of a session tells while another one is known: that one will repeat it.
  #remember(event: SessionEvent): void {
    const told = this.#told.get(event.sessionId);
    const key = told ? eventKey(event) : null;
    if (key !== null) told?.keys.add(key);
  }

  #touch(event: SessionEvent): Touched {
    const id = event.sessionId;
    const before = this.#sessions.get(id) ?? this.#known.get(id);
    const state = foldSession(before?.state ?? null, event);
    const touched = this.#sessions.get(id);
    if (touched) {
      touched.state = state;
      return touched;
    }
    if (!before) this.#sessionKey += 1;
    const key = before?.key ?? this.#sessionKey;
    const fresh: Touched = { key, state, toolCalls: [], objectives: new Set() };
    this.#sessions.set(id, fresh);
    return fresh;
  }

  /** The sessions as they are after this commit. */
  sessions(): Map<string, StoredSession> {
    return new Map([...this.#sessions].map(([id, { key, state }]) => [id, { key, state }]));
  }

  /** What is to be written; statuses are as at `now` (epoch ms). */
  commit(batches: readonly FileBatch[], now: number): Commit {
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

// Whether it was news then says nothing of now: the state has gone on since.
function dependsOnState(observation: Sighting['observation']): boolean {
  switch (observation.kind) {
    case 'info':
    case 'objectives':
    case 'agent':
      return true;
    case 'turn':
      return observation.phase === 'end';
    default:
      return false;
  }
}

function changeOf({ key, state, toolCalls, objectives }: Touched, now: number): SessionChange {
  return {
    session: { key, state },
    status: sessionStatus(state.summary, now),
    statusUntil: statusValidUntil(state.summary, now),
    toolCalls,
    objectives: state.objectives.filter((objective: Objective) => objectives.has(objective.id)),
  };
}

function callOf(event: Extract<SessionEvent, { type: 'session:tool' }>): ToolCall {
  return {
    seq: event.seq,
    toolUseId: event.toolUseId,
    name: event.name,
    agentId: event.agentId,
    endedAt: event.timestamp,
    durationMs: event.durationMs ?? null,
    outcome: event.outcome ?? 'ok',
    file: event.file ?? null,
    linesAdded: event.linesAdded ?? null,
    linesRemoved: event.linesRemoved ?? null,
  };
}
