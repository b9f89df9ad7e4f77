import fs from 'node:fs';
import path from 'node:path';
import { say, Transcript, use, uuidOf } from '../support/transcript.js';
import { chance } from '../indexing/chance.js';

const { hex } = chance(2_026);
const MINUTE = 60_000;

export type Sample = {
  claudeDir: string;
  /** A session in the middle of its work. */
  running: { id: string; title: string; file: string; transcript: Transcript };
  /** Titles of the others: completed, failed, interrupted. */
  finished: string[];
};

/** Writes a small tree in which every kind of thing that the pages show occurs. */
export function writeSample(claudeDir: string, now = Date.now()): Sample {
  const project = path.join(claudeDir, 'projects', '-home-dev-shop');
  fs.mkdirSync(project, { recursive: true });
  const begin = (title: string, minutesAgo: number) => {
    const id = uuidOf(hex);
    const transcript = new Transcript({ sessionId: id, at: now - minutesAgo * MINUTE, hex });
    return { id, title, file: path.join(project, `${id}.jsonl`), transcript };
  };

  const running = begin('Add a pantry to the shop', 4);
  const { transcript } = running;
  fs.writeFileSync(
    running.file,
    transcript.prompt(running.title) + workOn(transcript) + workWithAgent(transcript, project),
  );

  const completed = begin('Paint the door green', 300);
  fs.writeFileSync(
    completed.file,
    completed.transcript.prompt(completed.title) +
      workOn(completed.transcript) +
      completed.transcript.reply({ usage: { input: 4, output: 90 } }) +
      '{"cut off\n',
  );

  const failed = begin('Count the stars', 20);
  fs.writeFileSync(
    failed.file,
    failed.transcript.prompt(failed.title) +
      workOn(failed.transcript) +
      failed.transcript.record({
        type: 'assistant',
        isApiErrorMessage: true,
        message: {
          id: uuidOf(hex),
          model: '<synthetic>',
          role: 'assistant',
          content: [say('API Error: 529 Overloaded')],
        },
      }),
  );

  const stopped = begin('Water the plants', 30);
  fs.writeFileSync(
    stopped.file,
    stopped.transcript.prompt(stopped.title) +
      workOn(stopped.transcript, 'glm-4.7') +
      stopped.transcript.prompt('[Request interrupted by user]'),
  );
  const finished = [completed, failed, stopped].map(({ title }) => title);
  return { claudeDir, running, finished };
}

function workOn(transcript: Transcript, model = 'claude-sonnet-4-5-20250929'): string {
  const ids = ['todo', 'bash', 'edit'].map((name) => `toolu_${name}_${hex(8)}`);
  const [todo = '', bash = '', edit = ''] = ids;
  const list = (first: string, second: string) => [
    { content: 'Measure', status: first, activeForm: 'Measuring' },
    { content: 'Build', status: second, activeForm: 'Building' },
  ];
  const usage = { input: 12, output: 340, cacheRead: 18_000, write5m: 2_400, write1h: 600 };
  const file = '/home/dev/shop/src/pantry.ts';
  return [
    transcript.reply({
      model,
      usage,
      blocks: [
        say('I begin with a list.'),
        use(todo, 'TodoWrite', { todos: list('completed', 'in_progress') }),
      ],
    }),
    transcript.result(todo, 'Todos have been modified', {
      toolUseResult: { oldTodos: [], newTodos: list('completed', 'in_progress') },
    }),
    transcript.later(4_000).reply({
      model,
      usage: { ...usage, cacheRead: 21_000 },
      blocks: [use(bash, 'Bash', { command: 'npm test' })],
    }),
    transcript.later(9_000).result(bash, 'Exit code 1', { toolUseResult: 'Error: Exit code 1' }),
    transcript.reply({
      model,
      usage: { ...usage, cacheRead: 24_000 },
      blocks: [use(edit, 'Edit', { file_path: file, old_string: 'a', new_string: 'b\nc' })],
    }),
    transcript.result(edit, 'updated', {
      toolUseResult: { filePath: file, structuredPatch: [{ lines: ['-a', '+b', '+c'] }] },
    }),
  ].join('');
}

function workWithAgent(transcript: Transcript, project: string): string {
  const agentId = hex(8);
  const call = `toolu_agent_${hex(8)}`;
  const { sessionId, at } = transcript;
  const agent = new Transcript({ sessionId, agentId, at, hex });
  const file = path.join(project, sessionId, 'subagents', `agent-${agentId}.jsonl`);
  fs.mkdirSync(path.dirname(file), { recursive: true });
  const prompt = 'Find all shelves';
  fs.writeFileSync(
    file,
    agent.prompt(prompt) +
      agent.reply({ model: 'claude-haiku-4-5-20251001', usage: { input: 9, output: 210 } }),
  );
  const input = { description: 'Find shelves', prompt, subagent_type: 'Explore' };
  return (
    transcript.reply({ usage: { input: 5, output: 60 }, blocks: [use(call, 'Task', input)] }) +
    transcript.later(5_000).result(call, 'Three shelves', {
      toolUseResult: { status: 'completed', agentId, agentType: 'Explore', prompt },
    })
  );
}
