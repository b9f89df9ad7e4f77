import fs from 'node:fs';
import path from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { describe, expect, it } from 'vitest';
import { fetchDetail, fetchMalformed } from '../support/api.js';
import { undoAfter } from '../support/cleanup.js';
import { health } from '../support/daemon.js';
import { Transcript } from '../support/transcript.js';
import { until } from '../support/until.js';
import { newSession, reply, watch } from './watched.js';

const defer = undoAfter('each');
const MIB = 1024 * 1024;

describe('a followed transcript', () => {
  it('is read as it grows, and an unfinished line waits for its end', async () => {
    const { project, responses } = await watch(defer);
    const { id, file, transcript } = newSession(project);
    fs.writeFileSync(file, transcript.prompt('Begin') + reply(transcript, 10));
    expect(await responses(id, 1)).toBe(10);
    const line = Buffer.from(reply(transcript, 20));
    for (const [from, to] of [
      [0, 1],
      [1, 90],
      [90, line.length - 1],
    ] as const) {
      fs.appendFileSync(file, line.subarray(from, to));
      await sleep(60);
    }
    fs.appendFileSync(file, line.subarray(line.length - 1));
    expect(await responses(id, 2)).toBe(30);
    for (let n = 0; n < 40; n += 1) fs.appendFileSync(file, reply(transcript, 1));
    expect(await responses(id, 42)).toBe(70);
  });

  it('counts a complete last line that has no newline, and only once when it comes', async () => {
    const { project, responses } = await watch(defer);
    const { id, file, transcript } = newSession(project);
    fs.writeFileSync(file, (transcript.prompt('Begin') + reply(transcript, 10)).trimEnd());
    expect(await responses(id, 1)).toBe(10);
    fs.appendFileSync(file, `\n${reply(transcript, 5)}`);
    expect(await responses(id, 2)).toBe(15);
  });

  it('is read anew when it was cut short, and what comes again counts once', async () => {
    const { project, responses } = await watch(defer);
    const { id, file, transcript } = newSession(project);
    const head = transcript.prompt('Begin') + reply(transcript, 10);
    const rest = reply(transcript, 20) + reply(transcript, 30);
    fs.writeFileSync(file, head + rest);
    expect(await responses(id, 3)).toBe(60);
    fs.truncateSync(file, Buffer.byteLength(head));
    await sleep(200);
    fs.appendFileSync(file, reply(transcript, 7));
    expect(await responses(id, 4)).toBe(67);
    fs.appendFileSync(file, rest);
    fs.appendFileSync(file, reply(transcript, 8));
    expect(await responses(id, 5)).toBe(75);
  });

  it('is read anew when another file takes its place', async () => {
    const { project, responses } = await watch(defer);
    const { id, file, transcript } = newSession(project);
    const first = transcript.prompt('Begin') + reply(transcript, 10);
    fs.writeFileSync(file, first);
    expect(await responses(id, 1)).toBe(10);
    // As an editor saves: a whole new file under the old name, longer than the one before.
    const other = `${file}.tmp`;
    fs.writeFileSync(other, reply(transcript, 20) + first + reply(transcript, 30));
    fs.renameSync(other, file);
    expect(await responses(id, 3)).toBe(60);
    fs.appendFileSync(file, reply(transcript, 5));
    expect(await responses(id, 4)).toBe(65);
  });

  it('leaves its session behind when it is deleted, and may come back', async () => {
    const { project, daemon, responses } = await watch(defer);
    const { id, file, transcript } = newSession(project);
    const first = transcript.prompt('Begin') + reply(transcript, 10);
    fs.writeFileSync(file, first);
    expect(await responses(id, 1)).toBe(10);
    fs.rmSync(file);
    await sleep(200);
    expect((await fetchDetail(daemon.url, id))?.state.summary.usage.outputTokens).toBe(10);
    fs.writeFileSync(file, first + reply(transcript, 20));
    expect(await responses(id, 2)).toBe(30);
  });

  it('may hold what crashes, Windows and lost newlines leave behind', async () => {
    const { project, daemon, responses } = await watch(defer);
    const { id, file, transcript } = newSession(project);
    const bytes = Buffer.concat([
      Buffer.from('\uFEFF'),
      Buffer.from(transcript.prompt('Begin').replace('\n', '\r\n')),
      Buffer.from('\n\r\n'),
      Buffer.alloc(5_000),
      Buffer.from('\n'),
      Buffer.from(reply(transcript, 10).trimEnd() + reply(transcript, 20)),
      invalidUtf8(reply(transcript, 40)),
      Buffer.from('{"type":"assistant","message":{"id":"msg_never\n'),
      Buffer.from('// not JSON at all\n'),
      Buffer.from('"a bare string"\n'),
      Buffer.from(reply(transcript, 80)),
    ]);
    fs.writeFileSync(file, bytes);
    expect(await responses(id, 4)).toBe(150);
    const { lines, total } = await fetchMalformed(daemon.url);
    expect(total).toBe(3);
    expect((await health(daemon.url)).malformedLines).toBe(3);
    const starts = lines.map(({ byteOffset }) => bytes.subarray(byteOffset, byteOffset + 6));
    expect(starts.map(String).sort()).toEqual(['"a bar', '// not', '{"type']);
    expect(new Set(lines.map((line) => line.file))).toEqual(new Set([file]));
    expect(JSON.stringify(lines)).not.toContain('msg_never');
  });

  it('may have a line of 20 MB', async () => {
    const { project, daemon, responses } = await watch(defer);
    const { id, file, transcript } = newSession(project);
    const image = transcript.prompt('x'.repeat(20 * MIB));
    fs.writeFileSync(file, transcript.prompt('Begin') + image + reply(transcript, 10));
    expect(await responses(id, 1)).toBe(10);
    expect((await health(daemon.url)).malformedLines).toBe(0);
  });
});

describe('a tree', () => {
  it('is followed into folders and files that appear later', async () => {
    const { claudeDir, project, responses } = await watch(defer);
    const elsewhere = path.join(claudeDir, 'projects', '-home-dev-other');
    const { id, file, transcript } = newSession(elsewhere);
    fs.mkdirSync(elsewhere);
    fs.writeFileSync(file, transcript.prompt('Begin') + reply(transcript, 10));
    expect(await responses(id, 1)).toBe(10);

    const agentFile = path.join(elsewhere, id, 'subagents', 'agent-a1b2c3d4.jsonl');
    const agent = new Transcript({ sessionId: id, agentId: 'a1b2c3d4' });
    fs.mkdirSync(path.dirname(agentFile), { recursive: true });
    fs.writeFileSync(agentFile, agent.prompt('Look') + reply(agent, 20));
    expect(await responses(id, 2)).toBe(30);
    fs.appendFileSync(agentFile, reply(agent, 5));
    expect(await responses(id, 3)).toBe(35);

    const next = newSession(project);
    fs.writeFileSync(next.file, next.transcript.prompt('Begin') + reply(next.transcript, 1));
    expect(await responses(next.id, 1)).toBe(1);
  });

  it('may be made only after the start', async () => {
    const { claudeDir, project, responses } = await watch(defer, { madeLater: true });
    expect(fs.existsSync(claudeDir)).toBe(false);
    fs.mkdirSync(project, { recursive: true });
    const { id, file, transcript } = newSession(project);
    fs.writeFileSync(file, transcript.prompt('Begin') + reply(transcript, 10));
    expect(await responses(id, 1)).toBe(10);
    fs.appendFileSync(file, reply(transcript, 20));
    expect(await responses(id, 2)).toBe(30);
  });

  it('may be deleted and made again', async () => {
    const { claudeDir, project, responses } = await watch(defer);
    fs.rmSync(claudeDir, { recursive: true });
    await sleep(200);
    fs.mkdirSync(project, { recursive: true });
    const { id, file, transcript } = newSession(project);
    fs.writeFileSync(file, transcript.prompt('Begin') + reply(transcript, 10));
    expect(await responses(id, 1)).toBe(10);
  });

  it('shows no session for a warm-up or an empty file', async () => {
    const { project, daemon, responses } = await watch(defer);
    const empty = newSession(project);
    fs.writeFileSync(empty.file, '');
    const warmUp = newSession(project);
    const agent = new Transcript({ sessionId: warmUp.id, agentId: 'aaaa1111' });
    const lines = agent.prompt('Warmup') + reply(agent, 3);
    fs.writeFileSync(path.join(project, 'agent-aaaa1111.jsonl'), lines);
    const real = newSession(project);
    fs.writeFileSync(real.file, real.transcript.prompt('Begin') + reply(real.transcript, 10));
    await responses(real.id, 1);
    const shown = await until('the list', async () => {
      const response = await fetch(`${daemon.url}/api/sessions`);
      const { sessions } = (await response.json()) as { sessions: { id: string }[] };
      return sessions.length > 0 ? sessions.map(({ id }) => id) : null;
    });
    expect(shown).toEqual([real.id]);
  });
});

/** The line with a byte in its text that is no UTF-8. */
function invalidUtf8(line: string): Buffer {
  const bytes = Buffer.from(line);
  bytes[bytes.indexOf('Done.')] = 0xff;
  return bytes;
}
