import type {
  ExportedHead,
  ExportedResponse,
  ExportedToolCall,
  Redaction,
  TimelineEntry,
} from '@claude-optimizer/protocol';
import type { ExportedPassage, ExportedTool } from './exported-passage.js';
import { CODE, hideCode } from './hide-code.js';
import { PathNames } from './path-names.js';

/** Tools whose label says how many, not what. */
const COUNTING = new Set(['TodoWrite']);

/**
 * Takes out of everything that is exported what the person doesn't want to hand on. It works on the
 * one document that all formats are written of, so no format can tell more than another.
 */
export class Redactor {
  readonly #paths: PathNames | null;
  readonly #hidesCode: boolean;
  readonly #hidesWords: boolean;
  readonly #objectives = new Map<string, string>();

  constructor(redactions: readonly Redaction[]) {
    this.#paths = redactions.includes('paths') ? new PathNames() : null;
    this.#hidesCode = redactions.includes('code');
    this.#hidesWords = redactions.includes('prompts');
  }

  /** Makes names known that later texts may hold. */
  learn({ project, branch }: Pick<ExportedHead, 'project' | 'branch'>): void {
    if (project !== null) this.#paths?.addProject(project);
    if (branch !== null) this.#paths?.addBranch(branch);
  }

  session(head: ExportedHead): ExportedHead {
    this.learn(head);
    for (const { path } of head.files) this.#paths?.addFile(path);
    const words = (text: string | null) =>
      text === null || this.#hidesWords ? null : this.text(text);
    return {
      ...head,
      title: words(head.title),
      firstPrompt: words(head.firstPrompt),
      project: this.#path(head.project),
      branch: head.branch === null ? null : (this.#paths?.addBranch(head.branch) ?? head.branch),
      pullRequest: head.pullRequest === null ? null : this.#link(head.pullRequest),
      lastError: this.#error(head.lastError),
      objectives: head.objectives.map((one) => ({ ...one, text: this.#objective(one.text) })),
      agents: head.agents.map((one) => ({ ...one, description: words(one.description) })),
      files: head.files.map((one) => ({ ...one, path: this.#paths?.of(one.path) ?? one.path })),
    };
  }

  entry(entry: TimelineEntry): TimelineEntry {
    return { ...entry, text: this.#entryText(entry), file: this.#path(entry.file) };
  }

  /** A passage of a conversation; where words are left out none should be asked for. */
  passage(passage: ExportedPassage): ExportedPassage {
    const { kind, who, length, enclosures, tool } = passage;
    const text = this.#passageText(passage);
    return {
      ...passage,
      who: kind === 'answer' || !this.#paths ? who : this.#paths.hide(who),
      text,
      length: passage.text.length < length ? length : text.length,
      enclosures: enclosures.map((one) => ({ ...one, name: this.#path(one.name) })),
      tool: tool && this.#tool(tool),
    };
  }

  response(response: ExportedResponse): ExportedResponse {
    return { ...response, project: this.#path(response.project) };
  }

  toolCall(call: ExportedToolCall): ExportedToolCall {
    return { ...call, project: this.#path(call.project), file: this.#path(call.file) };
  }

  /** A free text, without paths and code as they are to be left out. */
  text(text: string): string {
    const plain = this.#hidesCode ? hideCode(text) : text;
    return this.#paths?.hide(plain) ?? plain;
  }

  #passageText({ kind, text, tool }: ExportedPassage): string {
    if (this.#hidesWords) return `[${kind}]`;
    if (kind === 'output' && this.#hidesCode) return CODE;
    if (tool === null) return this.text(text);
    if (COUNTING.has(tool.name)) return text;
    if (text === tool.file || this.#hidesCode) return this.#path(tool.file) ?? '';
    return this.text(text);
  }

  #tool(tool: ExportedTool): ExportedTool {
    const file = this.#path(tool.file);
    if (this.#hidesCode || this.#hidesWords) {
      return { ...tool, file, input: '', inputCut: false, result: '', resultLength: 0 };
    }
    return { ...tool, file, input: this.text(tool.input), result: this.text(tool.result) };
  }

  #entryText({ kind, text, tool, file }: TimelineEntry): string {
    switch (kind) {
      case 'prompt':
      case 'answer':
      case 'subagent':
        return this.#hidesWords ? `[${kind}]` : this.text(text);
      case 'objective':
        return this.#objective(text);
      case 'tool':
        if (COUNTING.has(tool ?? '')) return text;
        // A command is code, and a label may be any word of the conversation.
        if (this.#hidesCode || this.#hidesWords) return this.#path(file) ?? '';
        return text === file ? (this.#path(file) ?? '') : this.text(text);
      case 'error':
        return this.#error(text) ?? '';
      case 'compaction':
      case 'interruption':
      case 'budget':
      case 'end':
        return text;
    }
  }

  #objective(text: string): string {
    if (!this.#hidesWords) return this.text(text);
    const name = this.#objectives.get(text) ?? `Objective ${String(this.#objectives.size + 1)}`;
    this.#objectives.set(text, name);
    return name;
  }

  #error(text: string | null): string | null {
    if (text === null) return null;
    return this.#hidesWords ? '[error]' : this.text(text);
  }

  #path(path: string | null): string | null {
    return path === null ? null : (this.#paths?.of(path) ?? path);
  }

  #link(link: string): string {
    return this.#paths?.hide(link) ?? link;
  }
}
