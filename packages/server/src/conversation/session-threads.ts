import { MAIN, type Outlined, type OutlinedThread } from '@claude-optimizer/core/conversation';
import type { AsideKind, Thread } from '@claude-optimizer/protocol';
import type { RawFile } from '../archive/raw-transcripts.js';
import type { Outlines, ReadOutline } from './outlines.js';
import type { Facts } from './session-facts.js';
import type { ThreadHead } from './thread-heads.js';

/** A thread's passages, and the file that they stand in. */
export type FoundThread = {
  file: RawFile;
  outline: ReadOutline;
  passages: OutlinedThread['passages'];
  changes: OutlinedThread['changes'];
  inAgent: boolean;
};

/** The threads of one session: its main file's, its subagents' files, and threads within files. */
export class SessionThreads {
  readonly #outlines: Outlines;
  readonly #facts: Facts;
  readonly #files: Map<string, RawFile>;
  readonly main: ReadOutline | null;

  private constructor(
    outlines: Outlines,
    facts: Facts,
    files: Map<string, RawFile>,
    main: ReadOutline | null,
  ) {
    this.#outlines = outlines;
    this.#facts = facts;
    this.#files = files;
    this.main = main;
  }

  /** `enough`: so many passages of the main thread will do; see `Outlines.of`. */
  static async open(
    outlines: Outlines,
    facts: Facts,
    files: readonly RawFile[],
    enough = Infinity,
  ): Promise<SessionThreads> {
    const byThread = new Map<string, RawFile>();
    for (const file of files) {
      const name = file.role === 'main' ? MAIN : (file.agentId ?? file.ref);
      // Of two with one name (a workflow's journals) the second goes by its file.
      byThread.set(byThread.has(name) ? file.ref : name, file);
    }
    const main = byThread.get(MAIN);
    const outline = main ? await outlines.of(main, enough) : null;
    return new SessionThreads(outlines, facts, byThread, outline);
  }

  /** Names of all threads, the main one first; those within the main file last. */
  names(): string[] {
    const files = [...this.#files.keys()];
    const inner = [...(this.main?.threads.keys() ?? [])].filter((name) => !this.#files.has(name));
    return [...files, ...inner];
  }

  async find(name: string): Promise<FoundThread | null> {
    const file = this.#files.get(name);
    if (file) {
      const outline = name === MAIN && this.main ? this.main : await this.#outlines.of(file);
      return found(file, outline, MAIN, name !== MAIN);
    }
    const mainFile = this.#files.get(MAIN);
    return mainFile && this.main ? found(mainFile, this.main, name, true) : null;
  }

  /** The subagents' threads that a tool call started. */
  startedBy(tool: NonNullable<Outlined['tool']>): string[] {
    const { id, agentIds, run, result } = tool;
    const names = new Set(agentIds.filter((agentId) => this.#has(agentId)));
    for (const [agentId, { toolUseId }] of this.#facts.agents) {
      if (toolUseId === id && this.#has(agentId)) names.add(agentId);
    }
    if (this.#has(`use:${id}`)) names.add(`use:${id}`);
    if (run !== null && result !== null) {
      for (const [name, file] of this.#files) if (file.run === run) names.add(name);
    }
    return [...names];
  }

  /** All but the main one, with what is known of them; `headOf` reads how a file begins. */
  async list(headOf: (file: RawFile) => Promise<ThreadHead>): Promise<Thread[]> {
    const callers = this.#callers();
    const listed = this.names().map(async (name) => {
      const own = this.#files.get(name);
      const file = own ?? this.#files.get(MAIN);
      if (name === MAIN || !file) return [];
      const said = this.#facts.agents.get(name);
      const toolUseId = callers.get(name) ?? this.#callInAgent(name);
      // Of those that no call names, their own beginning says what they are and when.
      const isKnown = toolUseId !== null && (said?.description ?? null) !== null;
      const head = isKnown ? UNREAD : own ? await headOf(own) : this.#innerHead(name);
      return [
        {
          id: name,
          bytes: file.bytes,
          kept: file.kept,
          agentType: said?.agentType ?? null,
          description: said?.description ?? head.words,
          toolUseId,
          aside: asideOf(own?.role === 'aside' ? own.name : '', head),
          startedAt: toolUseId === null ? head.at : null,
        },
      ];
    });
    return (await Promise.all(listed)).flat();
  }

  /** How a thread within the main file begins. */
  #innerHead(name: string): ThreadHead {
    const [first] = this.main?.threads.get(name)?.passages ?? [];
    return first ? { at: first.at, words: first.label === '' ? null : first.label } : UNREAD;
  }

  /** Which call of the main file started a thread. */
  #callers(): Map<string, string> {
    const callers = new Map<string, string>();
    for (const thread of this.main?.threads.values() ?? []) {
      for (const { tool } of thread.passages) {
        if (tool === null) continue;
        const starts = tool.agentIds.length > 0 || tool.run !== null || STARTS.has(tool.name ?? '');
        if (starts) for (const name of this.startedBy(tool)) callers.set(name, tool.id);
      }
    }
    return callers;
  }

  // A subagent of a subagent: its call is in a file of its own, which must be there to be shown.
  #callInAgent(name: string): string | null {
    const said = this.#facts.agents.get(name);
    const isShown =
      said !== undefined && said.parentAgentId !== null && this.#has(said.parentAgentId);
    return isShown ? said.toolUseId : null;
  }

  #has(name: string): boolean {
    return this.#files.has(name) || (this.main?.threads.has(name) ?? false);
  }
}

const UNREAD: ThreadHead = { at: null, words: null };

/** By the names of the client's files, and by what warm-ups of older clients begin with. */
function asideOf(name: string, { words }: ThreadHead): AsideKind | null {
  if (name.startsWith('agent-acompact-')) return 'compaction';
  if (name.startsWith('agent-aprompt_suggestion-')) return 'suggestion';
  if (name.startsWith('agent-aside_question-')) return 'question';
  return words === 'Warmup' ? 'warm-up' : null;
}

const STARTS = new Set(['Task', 'Agent', 'Workflow']);

function found(
  file: RawFile,
  outline: ReadOutline,
  inner: string,
  inAgent: boolean,
): FoundThread | null {
  const thread = outline.threads.get(inner);
  return thread ? { file, outline, ...thread, inAgent } : null;
}
