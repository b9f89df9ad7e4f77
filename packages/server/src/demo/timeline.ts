import { Ids } from './ids.js';
import type { SeededRandom } from './random.js';
import type { AgentPart, Block, Response, Scenario, Step, ToolCall } from './script.js';
import { outputTokens } from './tokens.js';

/** The main conversation (`agentId` null) or a subagent's. */
export type ThreadRef = { agentId: string | null; model: string; cache: '5m' | '1h' };

/** A tool call that has its id. */
export type ToolUse = ToolCall & { id: string };
export type PlacedBlock = Exclude<Block, ToolCall> | ToolUse;

/** One subagent: who called it, by which use, and what it was told. */
export type Delegation = {
  use: ToolUse;
  part: AgentPart;
  parent: ThreadRef;
  thread: ThreadRef;
  depth: number;
};

type Beginning = { kind: 'open' } | { kind: 'prompt'; text: string } | { kind: 'title' };
type Ending =
  | Extract<Step, { kind: 'retry' | 'failure' | 'budget' }>
  | { kind: 'turn-end' }
  | { kind: 'interrupt' }
  | { kind: 'exit' };

/** Something that makes lines, or (budget) is said beside them. */
export type Act =
  | Beginning
  | { kind: 'response'; thread: ThreadRef; blocks: readonly PlacedBlock[] }
  | { kind: 'result'; thread: ThreadRef; use: ToolUse }
  | { kind: 'agent-start'; delegation: Delegation }
  | { kind: 'agent-launched'; delegation: Delegation }
  | { kind: 'agent-end'; delegation: Delegation }
  | { kind: 'agent-result'; delegation: Delegation }
  | { kind: 'agent-notified'; delegation: Delegation }
  | Ending;

/** `at`: ms of life since the session's start. */
export type TimedAct = { at: number; act: Act };

const FIRST_TOKEN_MS = 1_100;
const TOKENS_PER_SECOND = { opus: 84, sonnet: 56, haiku: 95 };

/** When each thing of a scenario happens, at the speed of life; sorted, the same for a seed. */
export function timeline(scenario: Scenario, random: SeededRandom): TimedAct[] {
  const acts = new Plot(scenario, random).play();
  return acts.sort((a, b) => a.at - b.at);
}

class Plot {
  readonly #scenario: Scenario;
  readonly #random: SeededRandom;
  readonly #ids: Ids;
  readonly #acts: TimedAct[] = [];
  readonly #main: ThreadRef;
  #background: { delegation: Delegation; end: number }[] = [];

  constructor(scenario: Scenario, random: SeededRandom) {
    this.#scenario = scenario;
    this.#random = random;
    this.#ids = new Ids(random);
    this.#main = { agentId: null, model: scenario.model, cache: scenario.cache };
  }

  play(): TimedAct[] {
    this.#act(0, { kind: 'open' });
    let cursor = 0;
    let titled = false;
    for (const step of this.#scenario.steps) {
      cursor = this.#step(step, cursor);
      if (!titled && step.kind === 'prompt') {
        this.#act(cursor + 900, { kind: 'title' });
        titled = true;
      }
    }
    return this.#acts;
  }

  #act(at: number, act: Act): void {
    this.#acts.push({ at: Math.round(at), act });
  }

  #step(step: Step, at: number): number {
    switch (step.kind) {
      case 'prompt':
        this.#act(at, { kind: 'prompt', text: step.text });
        return at;
      case 'response': {
        const end = this.#respond(this.#main, step, at, 0);
        if (!step.blocks.some((block) => block.kind === 'call')) {
          this.#act(end + 20, { kind: 'turn-end' });
        }
        return end + 20;
      }
      case 'pause':
        return at + step.ms;
      case 'reports':
        return this.#reports(at);
      case 'retry':
        this.#act(at + 300, step);
        return at + 300 + step.waitMs;
      case 'failure':
        this.#act(at + 300, step);
        return at + 300;
      case 'budget':
        this.#act(at, step);
        return at;
      case 'interrupt':
      case 'exit':
        this.#act(at + 10, { kind: step.kind });
        return at + 10;
    }
  }

  #respond(thread: ThreadRef, response: Response, at: number, depth: number): number {
    const blocks = response.blocks.map((block) =>
      block.kind === 'call' ? { ...block, id: this.#ids.toolUse() } : block,
    );
    const done = at + this.#thinkingTime(thread.model, outputTokens(response.blocks));
    this.#act(done, { kind: 'response', thread, blocks });
    const ends = blocks
      .filter((block) => block.kind === 'call')
      .map((use) => this.#use(thread, use, done + 30, depth));
    return Math.max(done, ...ends);
  }

  #thinkingTime(model: string, tokens: number): number {
    const family = (['opus', 'haiku'] as const).find((name) => model.includes(name)) ?? 'sonnet';
    const jitter = this.#random.between(0, 900);
    return FIRST_TOKEN_MS + jitter + (tokens / TOKENS_PER_SECOND[family]) * 1_000;
  }

  #use(thread: ThreadRef, use: ToolUse, at: number, depth: number): number {
    if (use.outcome.kind === 'agent')
      return this.#delegate(thread, use, use.outcome.agent, at, depth);
    const done = at + use.takesMs * (0.85 + this.#random.next() * 0.3);
    this.#act(done, { kind: 'result', thread, use });
    return done;
  }

  #delegate(parent: ThreadRef, use: ToolUse, part: AgentPart, at: number, depth: number): number {
    const thread: ThreadRef = { agentId: this.#ids.agent(), model: part.model, cache: '5m' };
    const delegation: Delegation = { use, part, parent, thread, depth: depth + 1 };
    this.#act(at, { kind: 'agent-start', delegation });
    let cursor = at + 60;
    for (const response of part.responses) {
      cursor = this.#respond(thread, response, cursor, depth + 1);
    }
    this.#act(cursor, { kind: 'agent-end', delegation });
    if (part.background) {
      this.#act(at + 40, { kind: 'agent-launched', delegation });
      this.#background.push({ delegation, end: cursor });
      return at + 40;
    }
    this.#act(cursor + 40, { kind: 'agent-result', delegation });
    return cursor + 40;
  }

  #reports(at: number): number {
    let cursor = at;
    for (const { delegation, end } of this.#background.sort((a, b) => a.end - b.end)) {
      cursor = Math.max(cursor, end) + 50;
      this.#act(cursor, { kind: 'agent-notified', delegation });
    }
    this.#background = [];
    return cursor;
  }
}
