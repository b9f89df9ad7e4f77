import fs from 'node:fs';
import path from 'node:path';
import { say, Transcript, use } from '../support/transcript.js';

const usage = { input: 3, output: 40, cacheRead: 900 };
const PIXEL =
  'iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNk+M9QDwADhgGAWjR9awAAAABJRU5ErkJggg==';

/** A session with all that a conversation shows, written below `claudeDir`. */
export function writeConversation(claudeDir: string) {
  const sessionId = '5e551011-0000-4000-8000-000000000001';
  const folder = path.join(claudeDir, 'projects', '-home-dev-shop');
  const file = path.join(folder, `${sessionId}.jsonl`);
  const at = Date.now() - 3 * 3_600_000;
  const transcript = new Transcript({ sessionId, at });
  const agent = new Transcript({ sessionId, at, agentId: 'a1b2c3d4' });
  const reply = (...blocks: ReturnType<typeof say>[]) => transcript.reply({ usage, blocks });
  const image = {
    type: 'image',
    source: { type: 'base64', media_type: 'image/png', data: PIXEL },
  };
  const asked = transcript.prompt('Please repair the till');
  const offer = reply(say('Shall I paint it, too?'));
  const lines = [
    asked,
    offer,
    // The person goes back behind this and asks for something else.
    transcript.prompt('Paint it blue'),
    reply(say('It is blue now.')),
    transcript.record({
      type: 'user',
      parentUuid: (JSON.parse(offer) as { uuid: string }).uuid,
      message: { role: 'user', content: 'Only repair it' },
    }),
    reply(
      { type: 'thinking', thinking: 'A quiet thought', signature: 'x' },
      say('# I will\n\nlook.'),
    ),
    reply(use('toolu_bash', 'Bash', { command: 'npm test' })),
    transcript.result('toolu_bash', 'needle in the output\n'.repeat(200)),
    reply(
      use('toolu_edit', 'Edit', {
        file_path: '/home/dev/shop/till.ts',
        old_string: 'const sum = 1;\nopen();',
        new_string: 'const sum = 2;\nopen();',
      }),
    ),
    transcript.result('toolu_edit', 'updated'),
    reply(use('toolu_agent', 'Agent', { description: 'Count the coins', prompt: 'Count them' })),
    transcript.result('toolu_agent', 'Seven.', {
      toolUseResult: { status: 'completed', agentId: 'a1b2c3d4' },
    }),
    transcript.record({
      type: 'user',
      message: { role: 'user', content: [{ type: 'text', text: 'Like this' }, image] },
    }),
    ...Array.from({ length: 150 }, (_, n) => reply(say(`Step ${String(n)} of the work`))),
    transcript.record({ type: 'system', subtype: 'compact_boundary', content: 'Compacted' }),
    reply(use('toolu_bad', 'Read', { file_path: '/nowhere' })),
    transcript.record({
      type: 'user',
      message: {
        role: 'user',
        content: [
          {
            type: 'tool_result',
            tool_use_id: 'toolu_bad',
            content: 'no such file',
            is_error: true,
          },
        ],
      },
    }),
    'this is no record\n',
    reply(say('The till is repaired.')),
  ];
  fs.mkdirSync(path.join(folder, sessionId, 'subagents'), { recursive: true });
  fs.writeFileSync(file, lines.join(''));
  fs.writeFileSync(
    path.join(folder, sessionId, 'subagents', 'agent-a1b2c3d4.jsonl'),
    agent.prompt('Count them') + agent.reply({ usage, blocks: [say('I count seven coins.')] }),
  );
  const aside = new Transcript({ sessionId, at: at + 600, agentId: 'aside_question-1' });
  fs.writeFileSync(
    path.join(folder, sessionId, 'subagents', 'agent-aside_question-1.jsonl'),
    aside.prompt('How old is the till?') + aside.reply({ usage, blocks: [say('Forty years.')] }),
  );
  const files = fs.readdirSync(path.join(folder, sessionId, 'subagents'));
  const subagents = files.map((name) => path.join(folder, sessionId, 'subagents', name));
  return { sessionId, file, files: [file, ...subagents], folder, transcript };
}

/** Texts that would like to be more than texts. */
export function writeHostile(claudeDir: string): string {
  const sessionId = 'bad00000-0000-4000-8000-000000000001';
  const folder = path.join(claudeDir, 'projects', '-home-dev-shop');
  const transcript = new Transcript({ sessionId, at: Date.now() - 3 * 3_600_000 });
  const script = '<script>window.pwned = 1</script><img src=x onerror="window.pwned = 2">';
  const reply = (...blocks: ReturnType<typeof say>[]) => transcript.reply({ usage, blocks });
  const svg = Buffer.from('<svg xmlns="http://www.w3.org/2000/svg" onload="window.pwned=3"/>');
  const image = (media_type: string) => ({
    type: 'image',
    source: { type: 'base64', media_type, data: svg.toString('base64') },
  });
  const lines = [
    transcript.prompt(`${script} [prompt](javascript:window.pwned=4)`),
    reply(
      say(
        `${script}\n\n[click me](javascript:window.pwned=5) [data](data:text/html,<script>) ` +
          `[fine](https://example.com/) ![tracker](https://example.org/track.png)`,
      ),
    ),
    reply(say('> '.repeat(2_800) + 'deep')),
    reply(say('['.repeat(5_900))),
    reply(say('*a **b '.repeat(800))),
    reply(say(`giant ${'x'.repeat(1_000_000)}`)),
    reply(say('turned \u202Egnp.exe and \u2066isolated')),
    reply(use('toolu_1', 'Bash', { command: `echo '${script}' \u001B[31m` })),
    transcript.result('toolu_1', `${script}\u001B]0;owned\u0007${'y'.repeat(500_000)}`),
    reply(use('toolu_2', 'constructor', { __proto__: 1, [script]: { [script]: script } })),
    transcript.record({
      type: 'user',
      message: { role: 'user', content: [image('image/svg+xml'), image('image/png')] },
    }),
    reply(say('the end')),
  ];
  fs.mkdirSync(folder, { recursive: true });
  fs.writeFileSync(path.join(folder, `${sessionId}.jsonl`), lines.join(''));
  return sessionId;
}
