import type { Scenario } from './script.js';
import type { ThreadRef } from './timeline.js';
import { ContextWindow } from './tokens.js';

export const CLIENT_VERSION = '2.1.330';

/** What a session's lines have in common. */
export type SessionFacts = { id: string; scenario: Scenario };

/** One file of a session as it grows: each record points to the one before it. */
export class ThreadFile {
  readonly path: string;
  readonly ref: ThreadRef;
  readonly context = new ContextWindow();
  /** When its first and its last record were written, epoch ms. */
  startedAt = 0;
  lastAt = 0;
  records = 0;
  toolUses = 0;
  readonly #session: SessionFacts;
  #parent: string | null = null;

  constructor(path: string, ref: ThreadRef, session: SessionFacts) {
    this.path = path;
    this.ref = ref;
    this.#session = session;
  }

  get sessionId(): string {
    return this.#session.id;
  }

  /** uuid of the last record in the chain. */
  get leaf(): string | null {
    return this.#parent;
  }

  /**
   * A record with the envelope that conversation records share. `parent` where it isn't the
   * record before it (results of parallel tools hang on their own use).
   */
  record(
    uuid: string,
    at: number,
    body: Record<string, unknown>,
    parent: string | null = this.#parent,
  ): Record<string, unknown> {
    const { id, scenario } = this.#session;
    this.#parent = uuid;
    if (this.records === 0) this.startedAt = at;
    this.records += 1;
    this.lastAt = at;
    return {
      parentUuid: parent,
      isSidechain: this.ref.agentId !== null,
      ...(this.ref.agentId === null ? {} : { agentId: this.ref.agentId }),
      ...body,
      uuid,
      timestamp: new Date(at).toISOString(),
      ...(this.ref.agentId === null ? { session_id: id } : {}),
      userType: 'external',
      entrypoint: scenario.entrypoint,
      cwd: scenario.project,
      sessionId: id,
      version: CLIENT_VERSION,
      gitBranch: scenario.branch,
    };
  }
}
