import type { ToolCall } from './calls.js';
import { packRows } from './lanes.js';
import type { Story } from './story.js';
import type { Thread } from './threads.js';
import { turnAt } from './turns.js';
import { readWaits, type Wait } from './waits.js';

/** One bar of the waterfall. */
export type Bar = {
  /** A turn's record, a tool call, a subagent, or where a stretch of the model's work begins. */
  id: string;
  kind: 'turn' | 'model' | 'tool' | 'agent';
  row: number;
  from: number;
  to: number;
  /** It goes on. */
  isOpen: boolean;
  name: string;
  label: string;
  outcome: ToolCall['outcome'] | 'interrupted' | null;
  agentId: string | null;
  /** Where it is in the conversation: a record or a tool call; null when not known. */
  place: string | null;
};

/** A session as a waterfall: bars by row and then by time, and who has to wait when. */
export type Timeline = {
  from: number;
  to: number;
  bars: Bar[];
  waits: Wait[];
  /** How many rows there are, and from which on they are the main thread's tools and subagents'. */
  rows: number;
  toolsFrom: number;
  agentsFrom: number;
};

const TURNS = 0;
const MODEL = 1;
const TOOLS = 2;

/**
 * Lays a session out: turns, the model's own time, the main thread's tools, then each subagent
 * with its tools and its own subagents below it. What is open lasts until `until` (epoch ms).
 */
export function layOut(story: Story, until: number): Timeline {
  const to = Math.max(until, story.lastAt, story.startAt);
  const turns = story.turns.map((turn): Bar => {
    const { recordId, startAt, endAt, ending } = turn;
    const outcome = ending === 'interrupted' || ending === 'cut-off' ? 'interrupted' : null;
    return {
      ...{ id: recordId, kind: 'turn', row: TURNS, from: startAt, to: endAt ?? to },
      ...{ isOpen: endAt === null, name: `Turn ${String(turn.number)}`, label: turn.prompt ?? '' },
      ...{ outcome: ending === 'failed' ? 'error' : outcome, agentId: null, place: recordId },
    };
  });
  const byThread = new Map<string | null, ToolCall[]>();
  for (const call of story.calls) {
    const own = byThread.get(call.agentId) ?? [];
    byThread.set(call.agentId, own);
    own.push(call);
  }
  const mainTools = (byThread.get(null) ?? []).map((call) => {
    const turn = turnAt(story.turns, call.startAt);
    return toolBar(call, turn ? (turn.endAt ?? to) : story.lastAt);
  });
  const model = modelBars(turns, mainTools);
  const tools = inLanes(mainTools, TOOLS);
  const agentsFrom = TOOLS + tools.height;
  const agents = new AgentRows(story, byThread, to).place(null, agentsFrom);
  const bars = [...turns, ...model, ...tools.bars, ...agents.bars];
  bars.sort((a, b) => a.row - b.row || a.from - b.from);
  const rows = agentsFrom + agents.height;
  const from = Math.min(story.startAt, bars[0]?.from ?? Infinity);
  return { from, to, bars, waits: readWaits(story, to), rows, toolsFrom: TOOLS, agentsFrom };
}

function toolBar(call: ToolCall, endOfThread: number): Bar {
  const { toolUseId: id, name, label, startAt: from, endAt, outcome, agentId } = call;
  const to = endAt ?? Math.max(from, endOfThread);
  const isOpen = endAt === null;
  return { id, kind: 'tool', row: 0, from, to, isOpen, name, label, outcome, agentId, place: id };
}

function inLanes(bars: readonly Bar[], first: number): { bars: Bar[]; height: number } {
  const { rows, height } = packRows(bars.map(({ from, to }) => ({ from, to, height: 1 })));
  return { bars: bars.map((bar, at) => ({ ...bar, row: first + (rows[at] ?? 0) })), height };
}

/** Where a turn is open and no tool of the main thread runs, the model is at work. */
function modelBars(turns: readonly Bar[], tools: readonly Bar[]): Bar[] {
  let next = 0;
  return turns.flatMap((turn) => {
    const bars: Bar[] = [];
    let at = turn.from;
    const work = (from: number, to: number, isOpen: boolean) => {
      if (to <= from) return;
      const id = `model ${String(from)}`;
      const words = { name: 'Model', label: '', outcome: null, agentId: null, place: null };
      bars.push({ id, kind: 'model', row: MODEL, from, to, isOpen, ...words });
    };
    for (let tool = tools[next]; tool && tool.from < turn.to; tool = tools[(next += 1)]) {
      if (tool.from < turn.from) continue;
      work(at, tool.from, false);
      at = Math.max(at, Math.min(tool.to, turn.to));
    }
    work(at, turn.to, turn.isOpen);
    return bars;
  });
}

/** Places subagents: a block each of its own row, its tools, and the blocks of its subagents. */
class AgentRows {
  readonly #story: Story;
  readonly #byThread: ReadonlyMap<string | null, ToolCall[]>;
  readonly #until: number;
  readonly #children = new Map<string | null, Thread[]>();
  readonly #placed = new Set<string>();

  constructor(story: Story, byThread: ReadonlyMap<string | null, ToolCall[]>, until: number) {
    this.#story = story;
    this.#byThread = byThread;
    this.#until = until;
    for (const thread of story.threads.values()) {
      const parent = story.threads.has(thread.parentId ?? '') ? thread.parentId : null;
      const siblings = this.#children.get(parent) ?? [];
      this.#children.set(parent, siblings);
      siblings.push(thread);
    }
    for (const siblings of this.#children.values()) siblings.sort((a, b) => a.startAt - b.startAt);
  }

  place(parent: string | null, first: number): { bars: Bar[]; height: number } {
    const threads = (this.#children.get(parent) ?? []).filter(({ id }) => !this.#placed.has(id));
    const blocks = threads.map((thread) => this.#block(thread));
    const { rows, height } = packRows(blocks);
    const bars = blocks.flatMap((block, at) => {
      const by = first + (rows[at] ?? 0);
      return block.bars.map((bar) => ({ ...bar, row: bar.row + by }));
    });
    return { bars, height };
  }

  #block(thread: Thread): { bars: Bar[]; from: number; to: number; height: number } {
    this.#placed.add(thread.id);
    const turn = turnAt(this.#story.turns, thread.startAt);
    const goesOn = thread.status === 'running' && turn !== null && turn.endAt === null;
    const to = goesOn ? this.#until : thread.lastAt;
    const own: Bar = {
      ...{ id: `agent ${thread.id}`, kind: 'agent', row: 0, from: thread.startAt, to },
      ...{ isOpen: goesOn, name: thread.agentType ?? 'Subagent', label: thread.description ?? '' },
      ...{ outcome: thread.status === 'failed' ? 'error' : null, agentId: thread.id },
      place: thread.toolUseId,
    };
    const calls = (this.#byThread.get(thread.id) ?? []).map((call) => toolBar(call, to));
    const tools = inLanes(calls, 1);
    const below = this.place(thread.id, 1 + tools.height);
    const bars = [own, ...tools.bars, ...below.bars];
    const end = Math.max(...bars.map((bar) => bar.to));
    return { bars, from: thread.startAt, to: end, height: 1 + tools.height + below.height };
  }
}
