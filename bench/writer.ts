import fs from 'node:fs';
import path from 'node:path';
import { say, Transcript, use } from '../tests/support/transcript.js';
import { titleOf, type Order, type Sent } from './live-order.js';

// A process that writes live sessions as the client does, and remembers when it appended what must
// be heard of.

/** Two of three appends to a session are one response of two lines, and its result. */
const LINES_PER_APPEND = 1.5;
const OUTPUT = 'The quick brown fox jumps over the lazy dog.\n'.repeat(40);

type Session = { file: number; transcript: Transcript; openTool: string | null; step: number };

async function write({ files, linesPerSecond, seconds }: Order): Promise<Sent> {
  const sent: Sent['sent'] = [];
  const sessions = files.map(({ path: file, sessionId, cwd }): Session => {
    fs.mkdirSync(path.dirname(file), { recursive: true });
    const transcript = new Transcript({ sessionId, cwd });
    const fd = fs.openSync(file, 'a');
    fs.writeSync(fd, transcript.prompt(titleOf(sessionId)));
    return { file: fd, transcript, openTool: null, step: 0 };
  });
  const perSecond = (sessions.length * linesPerSecond) / LINES_PER_APPEND;
  // What is measured are sessions that are being written, not fifty that begin at once.
  await new Promise((resolve) => setTimeout(resolve, 1_000));
  const started = performance.now();
  let done = 0;
  while (performance.now() - started < seconds * 1_000) {
    const due = ((performance.now() - started) / 1_000) * perSecond;
    for (; done < due; done += 1) {
      const session = sessions[done % sessions.length];
      if (session) append(session, sent);
    }
    await new Promise((resolve) => setTimeout(resolve, 1));
  }
  for (const { file } of sessions) fs.closeSync(file);
  return { sent };
}

function append(session: Session, sent: Sent['sent']): void {
  const { transcript } = session;
  transcript.at = Date.now();
  session.step += 1;
  const keys: string[] = [];
  let text: string;
  if (session.openTool === null) {
    const id = `toolu_01${transcript.hex(22)}`;
    const messageId = `msg_01${transcript.hex(22)}`;
    text = transcript.reply({
      model: 'claude-sonnet-5-5',
      messageId,
      usage: { input: 3, output: 210, cacheRead: 21_000 + session.step * 400, write5m: 900 },
      blocks: [say(`Step ${String(session.step)}.`), use(id, 'Bash', { command: 'npm test' })],
    });
    session.openTool = id;
    keys.push(`tokens ${messageId}`, `tool ${id} start`);
  } else {
    text = transcript.result(session.openTool, OUTPUT, { toolUseResult: { stdout: OUTPUT } });
    keys.push(`tool ${session.openTool} end`);
    session.openTool = null;
  }
  const now = String(process.hrtime.bigint());
  fs.writeSync(session.file, text);
  for (const key of keys) sent.push([key, now]);
}

process.once('message', (order: Order) => {
  void write(order).then((sent) => {
    process.send?.(sent, () => {
      process.disconnect();
    });
  });
});
