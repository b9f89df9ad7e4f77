import type { Reply, ReplyUsage } from './reply.js';
import type { Scenario } from './model-stand-in.js';

const text = (words: string) => ({ type: 'text', text: words }) as const;
const tool = (name: string, input: Record<string, unknown>) =>
  ({ type: 'tool_use', name, input }) as const;

/**
 * No two kinds of token could be mistaken for one another, and at any price of a model here each
 * response costs whole micro-dollars: rounding once per response and once per session agree.
 */
function usage(turn: number): ReplyUsage {
  return {
    input: 3 + turn,
    output: 211 + 17 * turn,
    cacheRead: turn === 0 ? 0 : 12_010 + 1_010 * turn,
    cacheWrite5m: turn % 2 === 0 ? 4_006 : 0,
    cacheWrite1h: turn % 2 === 1 ? 2_017 : 13,
  };
}

function conversation(turns: Reply['blocks'][]): Reply[] {
  return turns.map((blocks, turn) => ({ blocks, usage: usage(turn) }));
}

const AGENT_PROMPT = 'Count the words in notes.txt, slowly.';

/** A feature built with tasks, a command, a new file and a subagent; the second turn is retried. */
export const feature = {
  prompt: 'Write the notes and count their words.',
  tasks: ['Write the notes', 'Count the words'],
  scenario(): Scenario {
    const replies = conversation([
      [
        { type: 'thinking', thinking: 'Two things are to be done.' },
        text('I begin with a list.'),
        tool('TaskCreate', { subject: 'Write the notes', description: 'into notes.txt' }),
        tool('TaskCreate', { subject: 'Count the words', description: 'of notes.txt' }),
      ],
      [
        tool('TaskUpdate', { taskId: '1', status: 'in_progress' }),
        tool('Bash', {
          command: 'echo first',
          description: 'Say something',
        }),
      ],
      [tool('Write', { file_path: 'notes.txt', content: 'one\ntwo\nthree\n' })],
      [
        tool('TaskUpdate', { taskId: '1', status: 'completed' }),
        tool('Agent', {
          description: 'Count the words',
          prompt: AGENT_PROMPT,
          subagent_type: 'general-purpose',
          run_in_background: false,
        }),
      ],
      [tool('TaskUpdate', { taskId: '2', status: 'completed' })],
      [text('There are three words.')],
    ]);
    const agent = conversation([
      [text('I look.'), tool('Bash', { command: 'wc -w notes.txt', description: 'Count' })],
      [text('Three words.')],
    ]);
    const [, second] = replies;
    if (second) second.refuse = { status: 529, times: 1 };
    return {
      threads: [
        { opensWith: this.prompt, replies },
        { opensWith: AGENT_PROMPT, replies: agent },
      ],
      paceMs: 60,
    };
  },
};

/** TodoWrite lists instead of tasks, as older clients and `CLAUDE_CODE_ENABLE_TASKS=0` have. */
export const todos = {
  prompt: 'Do both things on the list.',
  env: { CLAUDE_CODE_ENABLE_TASKS: '0' },
  scenario(): Scenario {
    const list = (first: string, second: string) =>
      tool('TodoWrite', {
        todos: [
          { content: 'First thing', status: first, activeForm: 'Doing the first thing' },
          { content: 'Second thing', status: second, activeForm: 'Doing the second thing' },
        ],
      });
    const replies = conversation([
      [list('in_progress', 'pending')],
      [list('completed', 'in_progress')],
      [text('Both done.'), list('completed', 'completed')],
      [text('Finished.')],
    ]);
    return { threads: [{ opensWith: this.prompt, replies }] };
  },
};

/** One turn with a tool, then a response that never ends: for interrupting it. */
export const endless = {
  prompt: 'Think for ever.',
  scenario(): Scenario {
    const replies = conversation([
      [tool('Bash', { command: 'echo begin', description: 'Begin' })],
      [text('I am still thinking about it.')],
    ]);
    const [, second] = replies;
    if (second) second.endless = true;
    return { threads: [{ opensWith: this.prompt, replies }] };
  },
};

/** The API refuses the second request for good. */
export const failing = {
  prompt: 'Try something that fails.',
  scenario(): Scenario {
    const replies = conversation([
      [tool('Bash', { command: 'echo begin', description: 'Begin' })],
      [text('Never said.')],
    ]);
    const [, second] = replies;
    if (second) second.refuse = { status: 404, times: Number.MAX_SAFE_INTEGER };
    return { threads: [{ opensWith: this.prompt, replies }] };
  },
};

/** A person's two prompts in a terminal, the first with a command. */
export const talk = {
  prompt: 'Say hello to the shop.',
  second: 'And say goodbye.',
  scenario(): Scenario {
    const replies = conversation([
      [tool('Bash', { command: 'echo hello', description: 'Say hello' })],
      [text('Hello, shop.')],
      [text('Goodbye, shop.')],
    ]);
    return { threads: [{ opensWith: this.prompt, replies }] };
  },
};
