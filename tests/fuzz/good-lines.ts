import type { Chance } from '../indexing/chance.js';
import { say, type Transcript, use, wireUsage } from '../support/transcript.js';

/** The model of lines that are left as they are; no other line names it. */
export const GOOD_MODEL = 'claude-opus-4-5-20251101';
const OTHER_MODEL = 'claude-haiku-4-5-20251001';

/** What untouched responses add up to: input, output, cache write 5m, 1h, cache read, responses. */
export type GoodSums = [number, number, number, number, number, number];

/** An untouched response on one line, and its tokens added to `sums`. */
export function goodLine(transcript: Transcript, chance: Chance, sums: GoodSums): string {
  const [input, output] = [chance.between(1, 50), chance.between(9, 3_000)];
  const [write5m, write1h] = [chance.between(0, 900), chance.between(0, 900)];
  const cacheRead = chance.between(0, 90_000);
  const told = [input, output, write5m, write1h, cacheRead, 1];
  for (const [kind, count] of told.entries()) sums[kind] = (sums[kind] ?? 0) + count;
  const usage = { input, output, write5m, write1h, cacheRead };
  return transcript.reply({
    model: GOOD_MODEL,
    usage,
    blocks: [say('Read this: "é🎉" {"usage":{}}')],
  });
}

/** A whole line of any kind that clients write, to be damaged. */
export function lineToDamage(transcript: Transcript, chance: Chance): string {
  const id = `toolu_${chance.hex(12)}`;
  return chance.oneOf(KINDS)(transcript, id, chance.hex(8));
}

type Kind = (transcript: Transcript, toolUseId: string, hex: string) => string;

const usage = { input: 3, output: 200, write5m: 10, write1h: 20, cacheRead: 900 };
const reply =
  (...blocks: ReturnType<typeof say>[]): Kind =>
  (transcript) =>
    transcript.reply({ model: OTHER_MODEL, usage, blocks });

const advised = {
  ...wireUsage(usage),
  server_tool_use: { web_search_requests: 1 },
  iterations: [
    { type: 'message' },
    { type: 'advisor_message', model: OTHER_MODEL, input_tokens: 9 },
  ],
};
const message = (hex: string) => ({
  id: `msg_${hex}`,
  role: 'assistant',
  model: OTHER_MODEL,
  content: [say('[x] done')],
  stop_reason: 'end_turn',
  usage: advised,
});
const tool =
  (name: string, input: Record<string, unknown>): Kind =>
  (transcript, id) =>
    reply(use(id, name, input))(transcript, id, '');
const todo = { content: 'Write it', status: 'in_progress', activeForm: 'Writing it' };

const KINDS: readonly Kind[] = [
  reply(say('Done.')),
  (transcript, _id, hex) =>
    transcript.record({ type: 'assistant', requestId: hex, message: message(hex) }),
  tool('Bash', { command: 'npm test' }),
  tool('Edit', { file_path: '/w/a.ts', old_string: 'a\nb', new_string: 'c' }),
  tool('TodoWrite', { todos: [todo] }),
  tool('TaskUpdate', { taskId: '1', status: 'completed' }),
  tool('Agent', { description: 'Look', prompt: 'Look there', subagent_type: 'explorer' }),
  (transcript) => transcript.prompt('Please do it'),
  (transcript) => transcript.prompt('<command-name>/compact</command-name>'),
  (transcript, id) =>
    transcript.result(id, 'ok', {
      toolUseResult: { stdout: 'ok', structuredPatch: [{ lines: ['+a'] }] },
    }),
  (transcript, id) =>
    transcript.result(id, 'agentId: a1', {
      toolUseResult: { status: 'completed', agentId: 'a1', totalTokens: 9, totalDurationMs: 5 },
    }),
  (transcript, id) =>
    transcript.result(id, 'Task #1', { toolUseResult: { task: { id: '1', subject: 'x' } } }),
  (transcript, id, hex) =>
    transcript.record({
      type: 'progress',
      parentToolUseID: id,
      data: {
        type: 'agent_progress',
        agentId: 'a1',
        message: { type: 'assistant', message: message(hex) },
      },
    }),
  (transcript) => transcript.record({ type: 'system', subtype: 'turn_duration', durationMs: 9 }),
  (transcript) =>
    transcript.record({
      type: 'system',
      subtype: 'compact_boundary',
      compactMetadata: { preTokens: 9 },
    }),
  (transcript) =>
    transcript.record({
      type: 'system',
      subtype: 'api_error',
      error: { status: 529 },
      retryAttempt: 1,
    }),
  (transcript) =>
    transcript.record({
      type: 'attachment',
      attachment: { type: 'queued_command', prompt: 'and that' },
    }),
  (transcript) =>
    transcript.record({
      type: 'attachment',
      attachment: { type: 'task_reminder', content: [todo] },
    }),
  (transcript, _id, hex) =>
    transcript.record({ type: 'summary', summary: 'About it', leafUuid: hex }),
  (transcript) => transcript.record({ type: 'custom-title', customTitle: 'A title' }),
  (transcript) =>
    transcript.record({
      type: 'cost-state',
      totalCostUSD: 0.5,
      modelUsage: { [OTHER_MODEL]: { inputTokens: 1 } },
    }),
];
