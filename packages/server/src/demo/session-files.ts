import type { Ids } from './ids.js';
import type { Scenario } from './script.js';
import { ThreadFile, type SessionFacts } from './thread.js';
import type { ThreadRef } from './timeline.js';
import { projectFolder, type Line, type Write } from './writing.js';

/** The files of one session: its own and its subagents'. */
export class SessionFiles {
  readonly facts: SessionFacts;
  readonly main: ThreadFile;
  readonly #agents = new Map<string, ThreadFile>();
  readonly #folder: string;

  constructor(scenario: Scenario, ids: Ids) {
    this.facts = { id: ids.uuid(), scenario };
    this.#folder = `${projectFolder(scenario.project)}/${this.facts.id}`;
    const ref: ThreadRef = { agentId: null, model: scenario.model, cache: scenario.cache };
    this.main = new ThreadFile(`${this.#folder}.jsonl`, ref, this.facts);
  }

  /** The file of a thread; a subagent's begins with the first call. */
  of(ref: ThreadRef): ThreadFile {
    if (ref.agentId === null) return this.main;
    const known = this.#agents.get(ref.agentId);
    if (known) return known;
    const path = `${this.#folder}/subagents/agent-${ref.agentId}.jsonl`;
    const file = new ThreadFile(path, ref, this.facts);
    this.#agents.set(ref.agentId, file);
    return file;
  }
}

export function append(file: ThreadFile, lines: readonly Line[]): Write[] {
  return [{ kind: 'append', path: file.path, lines }];
}
