import { execFileSync } from 'node:child_process';
import fs from 'node:fs';
import { get, type IncomingMessage } from 'node:http';
import { exportPreviewSchema } from '@claude-optimizer/protocol';
import { expect, it } from 'vitest';
import { newSession, reply, watch } from '../indexing/watched.js';
import { undoAfter } from '../support/cleanup.js';
import { until } from '../support/until.js';

const defer = undoAfter('each');

/** Processes that make an export for this daemon. */
function making(pid: number): number[] {
  const listed = execFileSync('ps', ['-A', '-o', 'pid=,ppid=,args='], { encoding: 'utf8' });
  return listed.split('\n').flatMap((line) => {
    const [, child, parent] = /^\s*(\d+)\s+(\d+)\s.*export-child/u.exec(line) ?? [];
    return Number(parent) === pid ? [Number(child)] : [];
  });
}

function ask(url: string): Promise<IncomingMessage> {
  return new Promise((resolve, reject) => {
    get(url, resolve).on('error', reject);
  });
}

/** A daemon with a long session, larger than what a connection holds that nobody reads; its address. */
async function served() {
  const watched = await watch(defer);
  const { id, file, transcript } = newSession(watched.project);
  const turns = Array.from({ length: 400 }, (_, n) => {
    const prompt = transcript.prompt(`Prompt ${String(n)}: ${'words '.repeat(6_000)}`);
    return prompt + reply(transcript, 7);
  });
  fs.writeFileSync(file, turns.join(''));
  await watched.responses(id, turns.length);
  return { ...watched, session: `${watched.daemon.url}/api/sessions/${id}` };
}

it('makes what takes long elsewhere, no faster than it is read, and no longer than anyone reads', async () => {
  const { daemon, session } = await served();
  const html = `${session}/export?format=html`;
  const preview: unknown = await (
    await fetch(`${daemon.url}/api/sessions/export/preview?format=pdf`)
  ).json();
  expect(exportPreviewSchema.parse(preview)).toMatchObject({ sessions: 1 });

  const whole = Buffer.from(await (await fetch(`${session}/export?format=pdf`)).arrayBuffer());
  expect(whole.subarray(0, 5).toString()).toBe('%PDF-');
  expect(whole.toString('latin1')).toMatch(/%%EOF\s*$/u);
  await until('the process has ended', () => making(daemon.pid).length === 0);

  // Whole ones are made beside it meanwhile: the one that nobody reads waits, and nothing holds it.
  const unread = await ask(html);
  const [waiting] = making(daemon.pid);
  for (const _ of [1, 2]) await (await fetch(html)).arrayBuffer();
  expect(making(daemon.pid)).toContain(waiting);
  unread.destroy();
  await until('it is given up', () => making(daemon.pid).length === 0);

  // Of three that are asked for at once two are made, for as long as nobody reads them.
  const asked = [1, 2, 3].map(() => ask(html));
  const [first, second] = await Promise.all(asked.slice(0, 2));
  await until('two are made', () => making(daemon.pid).length === 2);
  expect((await fetch(session)).status).toBe(200);
  expect(making(daemon.pid)).toHaveLength(2);

  first?.destroy();
  const third = await asked[2];
  expect(third?.statusCode).toBe(200);
  second?.destroy();
  third?.destroy();
  await until('none is made any more', () => making(daemon.pid).length === 0);

  // Cut short, not ended: nobody takes a half for the whole.
  const cut = await ask(html);
  for (const pid of making(daemon.pid)) process.kill(pid, 'SIGKILL');
  const outcome = new Promise((resolve) => {
    cut.once('end', () => resolve('ended')).once('error', () => resolve('cut'));
  });
  cut.resume();
  expect(await outcome).toBe('cut');
});
