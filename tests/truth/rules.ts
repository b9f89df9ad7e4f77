import { createHash } from 'node:crypto';
import fs from 'node:fs';
import path from 'node:path';
import { say, Transcript, uuidOf, wireUsage } from '../support/transcript.js';

type Folder = {
  /** Writes a file of the project; the greater `age` (days), the earlier it was made. */
  write: (file: string, content: string, age?: number) => void;
  transcript: (more?: { agentId?: string; at?: number; sessionId?: string }) => Transcript;
  id: string;
};

type Rule = {
  name: string;
  /** Input, output, cache write 5m, cache write 1h, cache read of the rule's session. */
  tokens: number[];
  messages: number;
  lines: (folder: Folder) => string | undefined;
};

const START = Date.UTC(2026, 4, 1, 10);
const COPIED = { messageId: 'msg_copied', requestId: 'req_copied' };
const REPEATED = {
  messageId: 'msg_repeated',
  requestId: 'req_repeated',
  usage: { input: 4, output: 60 },
};
const blocks = [say('one'), say('two'), say('three')];
const OPUS = 'claude-opus-4-5-20251101';

const response = (usage: object, more: object = {}) => ({
  type: 'assistant',
  requestId: 'req_1',
  message: {
    id: 'msg_1',
    role: 'assistant',
    model: 'claude-sonnet-4-5-20250929',
    content: [],
    usage,
    ...more,
  },
});

/** One session for each rule, with what has to come of it by hand. */
export const RULES: readonly Rule[] = [
  {
    name: 'a response of three lines once, by its greatest output',
    tokens: [5, 700, 20, 30, 40],
    messages: 1,
    lines: ({ transcript }) =>
      transcript().reply({
        ...{ blocks, growing: true, messageId: 'msg_grow', requestId: 'req_grow' },
        usage: { input: 5, output: 700, write5m: 20, write1h: 30, cacheRead: 40 },
      }),
  },
  {
    name: 'what was copied for the file that was made first',
    tokens: [2, 100, 0, 0, 0],
    messages: 1,
    lines: ({ transcript, write, id }) => {
      const copied = transcript().reply({ ...COPIED, usage: { input: 2, output: 100 } });
      write(`${id}.jsonl`, copied, 9);
      return undefined;
    },
  },
  {
    name: 'only what is new for the session that began with a copy',
    tokens: [1, 50, 0, 0, 0],
    messages: 1,
    lines: ({ transcript, write, id }) => {
      const own = transcript();
      const copied = own.reply({ ...COPIED, usage: { input: 2, output: 100 } });
      write(`${id}.jsonl`, copied + own.reply({ usage: { input: 1, output: 50 } }), 3);
      return undefined;
    },
  },
  {
    name: "subagents' responses for their session, of both places",
    tokens: [3, 30, 0, 0, 0],
    messages: 3,
    lines: ({ transcript, write, id }) => {
      const one = { input: 1, output: 10 };
      write(
        `${id}/subagents/agent-a11.jsonl`,
        transcript({ agentId: 'a11' }).reply({ usage: one }),
      );
      write('agent-0b22.jsonl', transcript({ agentId: '0b22' }).reply({ usage: one }));
      return transcript().reply({ usage: one });
    },
  },
  {
    name: "an old client's sidechain in the main file",
    tokens: [6, 18, 0, 0, 0],
    messages: 2,
    lines: ({ transcript }) => {
      const main = transcript();
      const side = main
        .reply({ usage: { input: 3, output: 9 } })
        .replace('Sidechain":false', 'Sidechain":true');
      return side + main.reply({ usage: { input: 3, output: 9 } });
    },
  },
  {
    name: "an advisor's call apart",
    tokens: [7_010, 230, 0, 0, 0],
    messages: 2,
    lines: ({ transcript }) => {
      const iterations = [
        { type: 'message', input_tokens: 5, output_tokens: 10 },
        {
          type: 'advisor_message',
          model: 'claude-fable-5',
          input_tokens: 7_000,
          output_tokens: 210,
        },
        { type: 'message', input_tokens: 5, output_tokens: 10 },
      ];
      const usage = { ...wireUsage({ input: 10, output: 20 }), iterations };
      return transcript().record(response(usage, { id: 'msg_advised' }));
    },
  },
  {
    name: 'nothing of what the client says itself',
    tokens: [],
    messages: 0,
    lines: ({ transcript }) =>
      transcript().reply({ model: '<synthetic>', usage: { input: 10, output: 10 } }),
  },
  {
    name: 'lines without a request id once, and other requests apart',
    tokens: [4, 24, 0, 0, 0],
    messages: 2,
    lines: ({ transcript }) => {
      const main = transcript();
      const usage = { input: 2, output: 12 };
      const told = { messageId: 'msg_same', usage, blocks };
      return (
        main.reply({ ...told, requestId: null }) + main.reply({ ...told, requestId: 'req_other' })
      );
    },
  },
  {
    name: 'responses without a message id by their records',
    tokens: [2, 14, 0, 0, 0],
    messages: 2,
    lines: ({ transcript }) => {
      const main = transcript();
      const nameless = {
        ...response(wireUsage({ input: 1, output: 7 }), { id: undefined }),
        requestId: undefined,
      };
      return main.record(nameless) + main.record(nameless);
    },
  },
  {
    name: "a subagent's message that its parent repeats once, and also without the subagent's file",
    tokens: [9, 125, 0, 0, 0],
    messages: 2,
    lines: ({ transcript, write, id }) => {
      const agent = transcript({ agentId: 'a33' }).reply(REPEATED);
      write(`${id}/subagents/agent-a33.jsonl`, agent);
      const lost = response(wireUsage({ input: 5, output: 65 }), { id: 'msg_lost' });
      const repeat = (message: unknown) => ({
        type: 'progress',
        data: { type: 'agent_progress', agentId: 'a33', message },
      });
      const main = transcript();
      return (
        main.record(repeat(JSON.parse(agent))) +
        main.record(repeat(lost)) +
        main.record(repeat(lost))
      );
    },
  },
  {
    name: 'records glued together, behind NULs, and nothing of what is cut',
    tokens: [3, 33, 0, 0, 0],
    messages: 3,
    lines: ({ transcript }) => {
      const main = transcript();
      const one = () => main.reply({ usage: { input: 1, output: 11 } });
      return `${one().trimEnd()}${one()}\0\0\0${one()}${one().slice(0, -20)}\n`;
    },
  },
  {
    name: 'a response over midnight once',
    tokens: [3, 900, 0, 0, 0],
    messages: 1,
    lines: ({ transcript }) =>
      transcript({ at: Date.UTC(2026, 1, 28, 23, 59, 59, 900) }).reply({
        ...{ model: OPUS, blocks, growing: true, usage: { input: 3, output: 900 } },
      }),
  },
  {
    name: 'cache writes without a split as 5 minutes, and by their iterations',
    tokens: [2, 2, 640, 160, 0],
    messages: 2,
    lines: ({ transcript }) => {
      const main = transcript();
      const count = { input_tokens: 1, output_tokens: 1 };
      const part = (m5: number, h1: number) => ({
        type: 'message',
        cache_creation: { ephemeral_5m_input_tokens: m5, ephemeral_1h_input_tokens: h1 },
      });
      const several = {
        ...{
          ...count,
          cache_creation_input_tokens: 300,
          cache_creation: part(40, 60).cache_creation,
        },
        iterations: [part(100, 100), part(40, 60)],
      };
      const none = { ...count, cache_creation_input_tokens: 500 };
      return (
        main.record(response(none, { id: 'msg_none' })) +
        main.record(response(several, { id: 'msg_several' }))
      );
    },
  },
  {
    name: 'counts that are none as nothing',
    tokens: [0, 8, 0, 0, 0],
    messages: 1,
    lines: ({ transcript }) => {
      const damaged = {
        input_tokens: '9',
        output_tokens: 8,
        cache_read_input_tokens: -4,
        cache_creation_input_tokens: 1e300,
      };
      const main = transcript();
      return (
        main.record(response(damaged, { id: 'msg_damaged' })) +
        main.record(response({}, { id: 'msg_off', usage: 7 }))
      );
    },
  },
];

/** The session of a rule. */
export function sessionIdOf(name: string): string {
  const digits = createHash('sha256').update(name).digest('hex');
  let at = 0;
  return uuidOf((length) => digits.slice(at, (at += length)));
}

/** Writes all of them into one tree. */
export function writeRules(claudeDir: string): void {
  const project = path.join(claudeDir, 'projects', '-home-dev-shop');
  const write: Folder['write'] = (file, content, age = 1) => {
    const full = path.join(project, file);
    fs.mkdirSync(path.dirname(full), { recursive: true });
    fs.writeFileSync(full, content);
    const made = new Date(Date.UTC(2026, 4, 20) - age * 86_400_000);
    fs.utimesSync(full, made, made);
  };
  for (const { name, lines } of RULES) {
    const id = sessionIdOf(name);
    const transcript: Folder['transcript'] = (more) =>
      new Transcript({ sessionId: id, at: START, ...more });
    const content = lines({ write, transcript, id });
    if (content !== undefined) write(`${id}.jsonl`, content);
  }
}
