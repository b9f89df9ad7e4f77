import fs from 'node:fs';
import path from 'node:path';
import { say, Transcript, type LineUsage, use, uuidOf, wireUsage } from '../support/transcript.js';
import { chance, type Chance } from './chance.js';
import { exactCost } from './prices.js';
import type { Tokens } from './recount.js';

/** What a correct reader finds in a generated tree. */
export type Expected = {
  /** Tokens by UTC day and model (`2026-03-01|claude-…`). */
  byDayModel: Record<string, Tokens>;
  /** Responses by session and their cost as `exactCost` has it; null: no price is known. */
  bySession: Record<string, { cost: number | null; messages: number }>;
  /** Sessions that have something to show. */
  sessions: number;
  malformedLines: number;
};

const MODELS = [
  'claude-sonnet-4-5-20250929',
  'claude-opus-4-5-20251101',
  'claude-haiku-4-5-20251001',
  'glm-4.7',
] as const;
const DAY = 86_400_000;
const FIRST_DAY = Date.UTC(2026, 2, 1);

/** Writes a tree of transcripts with the hard cases of the format in it, and says what it holds. */
export class Tree {
  readonly expected: Expected = { byDayModel: {}, bySession: {}, sessions: 0, malformedLines: 0 };
  readonly #chance: Chance;
  readonly #projects: string;
  /** The first lines of an earlier session, which a resumed one begins with. */
  #copied: { sessionId: string; lines: string } | null = null;

  constructor(claudeDir: string, seed: number) {
    this.#chance = chance(seed);
    this.#projects = path.join(claudeDir, 'projects');
  }

  /** Writes `sessions` sessions and some files that are none. */
  write(sessions: number): Expected {
    for (let index = 0; index < sessions; index += 1) this.#writeSession(index);
    this.#writeNoSessions();
    return this.expected;
  }

  #writeSession(index: number): void {
    const { between, hex, oneOf, when } = this.#chance;
    const sessionId = uuidOf(hex);
    const cwd = `/home/dev/shop-${index % 4}`;
    const at = FIRST_DAY + between(0, 20) * DAY + between(6, 14) * 3_600_000;
    const transcript = new Transcript({ sessionId, cwd, at, hex });
    const model = oneOf(MODELS);
    this.expected.sessions += 1;

    let lines = '';
    if (this.#copied && when(0.3)) {
      // Who was first owns the response: the file system must see that this file is younger.
      pause(20);
      lines += this.#copied.lines.replaceAll(this.#copied.sessionId, sessionId);
    }
    const head = transcript.prompt(`Build part ${index}`) + this.#reply(transcript, model);
    if (when(0.4)) this.#copied = { sessionId, lines: head };
    lines += head;
    for (let turn = between(1, 6); turn > 0; turn -= 1) {
      lines += transcript.later(between(1, 90) * 1_000).prompt(`Go on, ${turn} to go`);
      lines += this.#toolTurn(transcript, model);
      lines += this.#oddity(transcript);
    }
    if (when(0.5)) lines += this.#subagent(transcript, cwd);
    if (when(0.3) && lines.endsWith('}\n')) lines = lines.slice(0, -1);
    this.#save(cwd, `${sessionId}.jsonl`, lines);
  }

  /** A call whose result comes between the lines of its own response. */
  #toolTurn(transcript: Transcript, model: string): string {
    const toolUseId = `toolu_01${this.#chance.hex(22)}`;
    const usage = this.#usage();
    const blocks = [say('I look.'), use(toolUseId, 'Bash', { command: 'ls' }), say('I go on.')];
    const lines = transcript.reply({ usage, model, blocks, growing: true }).split('\n');
    this.#count(transcript, model, usage);
    return `${lines[0] ?? ''}\n${lines[1] ?? ''}\n${transcript.result(toolUseId)}${lines[2] ?? ''}\n`;
  }

  #reply(transcript: Transcript, model: string, requestId?: null): string {
    const usage = this.#usage();
    const line = transcript.reply({ usage, model, ...(requestId === null && { requestId }) });
    this.#count(transcript, model, usage);
    return line;
  }

  /** One of the things that a reader must survive. */
  #oddity(transcript: Transcript): string {
    const { oneOf, hex } = this.#chance;
    const summary = `${JSON.stringify({ type: 'summary', summary: 'x }{ y', leafUuid: hex(8) })}\n`;
    switch (
      oneOf(['broken', 'glued', 'unknown', 'synthetic', 'no request', 'blank', 'old'] as const)
    ) {
      case 'broken':
        this.expected.malformedLines += 1;
        return '{"type":"assistant","message":{"id":"msg_cut\n';
      case 'glued':
        return this.#reply(transcript, MODELS[0]).trimEnd() + summary;
      case 'unknown':
        return transcript.record({ type: 'never-seen', usage: { output_tokens: 7 } });
      case 'synthetic':
        return transcript.reply({ usage: { input: 0, output: 0 }, model: '<synthetic>' });
      case 'no request':
        return this.#reply(transcript, MODELS[2], null);
      case 'blank':
        return '\n\r\n\0\0\0\n';
      case 'old':
        return this.#oldReply(transcript);
    }
  }

  /** Without the split of cache writes: they count as 5-minute writes. */
  #oldReply(transcript: Transcript): string {
    const usage = { ...this.#usage(), write1h: 0 };
    const { cache_creation: _split, ...old } = wireUsage(usage);
    this.#count(transcript, MODELS[0], usage);
    return transcript.record({
      type: 'assistant',
      requestId: `req_${this.#chance.hex(12)}`,
      message: { id: `msg_${this.#chance.hex(12)}`, model: MODELS[0], content: [], usage: old },
    });
  }

  /** A subagent in a file of its own, new place or old, some of it told again by its parent. */
  #subagent(parent: Transcript, cwd: string): string {
    const { hex, when } = this.#chance;
    const agentId = hex(8);
    const { sessionId, at } = parent;
    const transcript = new Transcript({ sessionId, agentId, cwd, at, hex });
    let lines = transcript.prompt('Look into it');
    let last = '';
    for (let turn = 0; turn < 3; turn += 1) lines += last = this.#reply(transcript, MODELS[2]);
    const file = `agent-${agentId}.jsonl`;
    this.#save(cwd, when(0.3) ? file : path.join(sessionId, 'subagents', file), lines);
    const message: unknown = JSON.parse(last);
    return parent.record({ type: 'progress', data: { type: 'agent_progress', message, agentId } });
  }

  /** A warm-up, a file with nothing in it, one of another program, and one that isn't ours. */
  #writeNoSessions(): void {
    const { hex } = this.#chance;
    const warmUp = new Transcript({ sessionId: uuidOf(hex), agentId: hex(8), at: FIRST_DAY, hex });
    const lines = warmUp.prompt('Warmup') + this.#reply(warmUp, MODELS[2]);
    this.#save('/home/dev/shop-0', `agent-${hex(8)}.jsonl`, lines);
    this.#save('/home/dev/shop-0', `${uuidOf(hex)}.jsonl`, '');
    const snapshot = { type: 'file-history-snapshot', messageId: uuidOf(hex), snapshot: {} };
    this.#save('/home/dev/shop-0', `${uuidOf(hex)}.jsonl`, `${JSON.stringify(snapshot)}\n`);
    this.#save('/home/dev/shop-0', path.join('memory', 'notes.md'), 'not a transcript\n');
  }

  #usage(): LineUsage {
    const { between, when } = this.#chance;
    return {
      input: between(1, 900),
      output: between(9, 4_000),
      cacheRead: when(0.8) ? between(0, 90_000) : 0,
      write5m: when(0.7) ? between(0, 9_000) : 0,
      write1h: when(0.4) ? between(1, 5_000) : 0,
    };
  }

  #count(transcript: Transcript, model: string, usage: LineUsage): void {
    const { input, output, write5m = 0, write1h = 0, cacheRead = 0 } = usage;
    const tokens: Tokens = [input, output, write5m, write1h, cacheRead];
    const key = `${new Date(transcript.at).toISOString().slice(0, 10)}|${model}`;
    const day = (this.expected.byDayModel[key] ??= [0, 0, 0, 0, 0]);
    for (const [kind, amount] of tokens.entries()) day[kind] = (day[kind] ?? 0) + amount;
    const session = (this.expected.bySession[transcript.sessionId] ??= {
      cost: null,
      messages: 0,
    });
    const cost = exactCost(model, tokens);
    if (cost !== null) session.cost = (session.cost ?? 0) + cost;
    session.messages += 1;
  }

  #save(cwd: string, name: string, content: string): void {
    const file = path.join(this.#projects, cwd.replaceAll(/[^a-zA-Z0-9]/gu, '-'), name);
    fs.mkdirSync(path.dirname(file), { recursive: true });
    fs.writeFileSync(file, content);
  }
}

function pause(ms: number): void {
  Atomics.wait(new Int32Array(new SharedArrayBuffer(4)), 0, 0, ms);
}
