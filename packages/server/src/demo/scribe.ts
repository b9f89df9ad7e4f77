import { agentLaunched, agentMeta, agentResult, notification } from './agent-records.js';
import { Dialogue } from './dialogue.js';
import { Ids } from './ids.js';
import { Ledger } from './ledger.js';
import type { SeededRandom } from './random.js';
import { attachments, failureBody, opening, queued, retryBody } from './records.js';
import { ToolDesk, type Rendered } from './results.js';
import type { Scenario } from './script.js';
import { append, SessionFiles } from './session-files.js';
import type { Act, Delegation } from './timeline.js';
import type { Line, Write } from './writing.js';

/** Writes one session's files as the client would, act by act. */
export class Scribe {
  readonly #ids: Ids;
  readonly #files: SessionFiles;
  readonly #ledger = new Ledger();
  readonly #desk = new ToolDesk();
  readonly #dialogue: Dialogue;
  #promptId = '';
  #prompts = 0;
  #lastPrompt = '';
  #turnStartedAt = 0;

  constructor(scenario: Scenario, random: SeededRandom) {
    this.#ids = new Ids(random);
    this.#files = new SessionFiles(scenario, this.#ids);
    this.#dialogue = new Dialogue(this.#ids, random, this.#ledger);
  }

  get sessionId(): string {
    return this.#files.facts.id;
  }

  /** What the act puts on the disk at `at` (epoch ms). */
  write(act: Act, at: number): Write[] {
    switch (act.kind) {
      case 'open':
        return this.#main(opening(this.#files.facts, this.#ids, at));
      case 'prompt':
        return this.#main(this.#prompt(act.text, at));
      case 'title':
        return this.#main([this.#side('ai-title', { aiTitle: this.#files.facts.scenario.title })]);
      case 'response':
        return this.#dialogue.respond(this.#files.of(act.thread), act.blocks, at);
      case 'result':
        return this.#result(act, at);
      case 'turn-end':
        return this.#record(at, this.#turnEnd(at));
      case 'retry':
        return this.#record(at, retryBody(act));
      case 'failure':
        return this.#record(at, failureBody(act.status, this.#ids));
      case 'interrupt':
        return this.#record(
          at,
          this.#said([{ type: 'text', text: '[Request interrupted by user]' }]),
        );
      case 'budget':
        return [{ kind: 'budget', sessionId: this.sessionId, microdollars: act.microdollars }];
      case 'exit':
        return this.#main(this.#exit(at));
      default:
        return this.#agent(act.kind, act.delegation, at);
    }
  }

  #agent(
    kind: Extract<Act, { delegation: Delegation }>['kind'],
    delegation: Delegation,
    at: number,
  ): Write[] {
    const file = this.#files.of(delegation.thread);
    switch (kind) {
      case 'agent-start': {
        const { prompt } = delegation.part;
        file.context.add(prompt);
        const first = file.record(this.#ids.uuid(), at, this.#said(prompt));
        return [meta(file.path, agentMeta(delegation, false)), ...append(file, [first])];
      }
      case 'agent-launched':
        return this.#settle(delegation, agentLaunched(delegation), at);
      case 'agent-end':
        return [meta(file.path, agentMeta(delegation, true))];
      case 'agent-result':
        return this.#settle(delegation, agentResult(delegation, file), at);
      case 'agent-notified':
        return this.#main(this.#notified(notification(delegation, file), at));
    }
  }

  #main(lines: readonly Line[]): Write[] {
    return append(this.#files.main, lines);
  }

  #record(at: number, body: Line): Write[] {
    return this.#main([this.#files.main.record(this.#ids.uuid(), at, body)]);
  }

  #side(type: string, body: Line): Line {
    return { type, ...body, sessionId: this.sessionId };
  }

  #said(content: unknown): Line {
    return { promptId: this.#promptId, type: 'user', message: { role: 'user', content } };
  }

  #prompt(text: string, at: number): Line[] {
    const { main, facts } = this.#files;
    const byPerson = facts.scenario.entrypoint === 'cli';
    this.#prompts += 1;
    this.#promptId = this.#ids.uuid();
    this.#lastPrompt = text;
    this.#turnStartedAt = at;
    main.context.add(text);
    const record = main.record(this.#ids.uuid(), at, {
      ...this.#said(text),
      permissionMode: facts.scenario.permissionMode,
      ...(byPerson ? { origin: { kind: 'human' } } : {}),
      promptSource: byPerson ? 'typed' : 'sdk',
      turnOrigin: byPerson ? 'human' : 'sdk',
      turnPosition: { promptIndex: this.#prompts, turnIndex: this.#prompts },
    });
    return this.#prompts > 1 ? [record] : [record, ...attachments(main, facts, this.#ids, at)];
  }

  #result(act: Extract<Act, { kind: 'result' }>, at: number): Write[] {
    const { outcome } = act.use;
    if (outcome.kind === 'agent') return [];
    if (outcome.kind === 'result') {
      this.#ledger.linesAdded += outcome.linesAdded;
      this.#ledger.linesRemoved += outcome.linesRemoved;
    }
    const answer = { ...this.#desk.answer(outcome), promptId: this.#promptId };
    return this.#dialogue.settle(this.#files.of(act.thread), act.use, answer, at);
  }

  #settle(delegation: Delegation, rendered: Rendered, at: number): Write[] {
    const file = this.#files.of(delegation.parent);
    const answer = { ...rendered, promptId: this.#promptId };
    return this.#dialogue.settle(file, delegation.use, answer, at);
  }

  #notified(content: string, at: number): Line[] {
    const { main, facts } = this.#files;
    this.#turnStartedAt = at;
    main.context.add(content);
    const record = main.record(this.#ids.uuid(), at, {
      ...this.#said(content),
      permissionMode: facts.scenario.permissionMode,
      origin: { kind: 'task-notification', producer: 'session-task' },
      promptSource: 'system',
      turnOrigin: 'task_notification',
    });
    return [...queued(this.sessionId, content, at), record];
  }

  #turnEnd(at: number): Line {
    return {
      type: 'system',
      subtype: 'turn_duration',
      durationMs: at - this.#turnStartedAt,
      messageCount: this.#files.main.records,
      isMeta: false,
    };
  }

  #exit(at: number): Line[] {
    const { main } = this.#files;
    return [
      this.#side('last-prompt', { lastPrompt: this.#lastPrompt, leafUuid: main.leaf }),
      this.#ledger.costState(this.sessionId, main.startedAt, at),
    ];
  }
}

function meta(transcript: string, content: Line): Write {
  return { kind: 'replace', path: transcript.replace(/\.jsonl$/, '.meta.json'), content };
}
