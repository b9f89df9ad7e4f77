import { mkdir, rename, rm, truncate } from 'node:fs/promises';
import path from 'node:path';
import { setTimeout as delay } from 'node:timers/promises';
import { afterEach, describe, expect, it } from 'vitest';
import { findTranscripts } from './find-transcripts.js';
import { Following } from './following.fixture.js';
import { Lines, OTHER, SESSION, tokens } from './lines.fixture.js';

const PROJECT = 'claude/projects/-home-dev-shop';
const MAIN = `${PROJECT}/${SESSION}.jsonl`;

let open: Following | null = null;
async function prepare(dirs?: readonly string[]): Promise<Following> {
  open = await Following.prepare(dirs);
  return open;
}
afterEach(async () => {
  await open?.close();
  open = null;
});

describe('LogMonitor: what appears', () => {
  it('indexes what is there, tells how far it is, and follows what is written', async () => {
    const following = await prepare();
    const lines = new Lines(SESSION);
    await following.write(MAIN, lines.prompt('go') + lines.says('m1', 'first'));
    await following.write(`${PROJECT}/memory/${OTHER}.jsonl`, lines.says('m9', 'no transcript'));
    expect(following.monitor.status().ready).toBe(false);
    await following.start();
    expect(following.monitor.status()).toEqual({
      ready: true,
      indexing: { filesDone: 1, filesTotal: 1 },
      malformedLines: 0,
    });
    await following.append(MAIN, lines.says('m2', 'second'));
    await following.hears('first', 'second');
    expect(following.monitor.lastSeq()).toBe(following.events.length);
    expect(following.texts()).toEqual(['first', 'second']);
  });

  it('leaves a long past alone while a person waits for something else', async () => {
    const following = await prepare();
    const past = new Lines(OTHER);
    const long = 'x'.repeat(1_000_000);
    const texts = Array.from({ length: 17 }, (_, n) => past.says(`p${String(n)}`, long));
    await following.write(`${PROJECT}/${OTHER}.jsonl`, texts.join(''));
    await following.write(MAIN, new Lines(SESSION).says('m1', 'of today'));
    let over = () => {};
    following.opening = new Promise((resolve) => (over = resolve));
    await following.monitor.start();
    await following.monitor.firstRead();
    expect(following.texts()).toEqual(['of today']);
    // As long as the past would take several times.
    await delay(300);
    expect(following.monitor.status().indexing).toEqual({ filesDone: 1, filesTotal: 2 });
    over();
    await following.monitor.indexed();
    expect(following.texts()).toHaveLength(18);
  });

  it('goes by what was found while it was being loaded, and hears what came since', async () => {
    const following = await prepare();
    const lines = new Lines(SESSION);
    const other = new Lines(OTHER);
    await following.write(MAIN, lines.prompt('go') + lines.says('m1', 'first'));
    const root = path.join(following.folder, 'claude/projects');
    const { files } = await findTranscripts(root, () => {});
    await following.append(MAIN, lines.says('m2', 'grew since'));
    await following.write(`${PROJECT}/${OTHER}.jsonl`, other.says('m3', 'came since'));
    await following.restart(Promise.resolve(files));
    await following.hears('first', 'grew since', 'came since');
    await following.append(MAIN, lines.says('m4', 'is watched'));
    await following.hears('is watched');
    expect(following.texts().toSorted()).toEqual([
      'came since',
      'first',
      'grew since',
      'is watched',
    ]);
  });

  it('looks itself where it could not be looked for', async () => {
    const following = await prepare();
    await following.write(MAIN, new Lines(SESSION).says('m1', 'first'));
    await following.restart(Promise.resolve(null));
    await following.hears('first');
  });

  it('waits for folders that are not there yet: root, project, session, subagents', async () => {
    const following = await prepare();
    await following.start();
    expect(following.monitor.status().ready).toBe(true);
    const main = new Lines(SESSION);
    await following.write(MAIN, main.prompt('go') + main.says('m1', 'root came'));
    await following.hears('root came');
    const other = new Lines(OTHER);
    await following.write(`claude/projects/-new/${OTHER}.jsonl`, other.says('m2', 'project came'));
    await following.hears('project came');
    const agent = new Lines(SESSION, { agentId: 'a1' });
    const file = `${PROJECT}/${SESSION}/subagents/agent-a1.jsonl`;
    await following.write(file, agent.prompt('Look') + agent.says('m3', 'agent came'));
    await following.hears('agent came');
    await following.append(file, agent.says('m4', 'agent goes on'));
    await following.hears('agent goes on');
    const flow = new Lines(SESSION, { agentId: 'w1' });
    const deep = `${PROJECT}/${SESSION}/subagents/workflows/run-1/agent-w1.jsonl`;
    await following.write(deep, flow.prompt('Flow') + flow.says('m5', 'workflow came'));
    await following.hears('workflow came');
    const state = await following.session(SESSION);
    expect(state?.agents.map(({ id }) => id)).toEqual(['a1', 'w1']);
    expect(state?.summary.usage.messages).toBe(4);
  });

  it('finds a root that was deleted and made again', async () => {
    const following = await prepare();
    const lines = new Lines(SESSION);
    await following.write(MAIN, lines.prompt('go') + lines.says('m1', 'before'));
    await following.start();
    await rm(path.join(following.folder, 'claude/projects'), { recursive: true });
    await delay(50);
    await following.write(`${PROJECT}/${OTHER}.jsonl`, new Lines(OTHER).says('m2', 'after'));
    await following.hears('after');
  });

  it('reads a folder that was moved in with its files', async () => {
    const following = await prepare();
    await mkdir(path.join(following.folder, 'claude/projects'), { recursive: true });
    await following.start();
    await following.write(`aside/-p/${SESSION}.jsonl`, new Lines(SESSION).says('m1', 'moved in'));
    const from = path.join(following.folder, 'aside/-p');
    await rename(from, path.join(following.folder, 'claude/projects/-p'));
    await following.hears('moved in');
  });
});

describe('LogMonitor: how files change', () => {
  it('waits for the rest of a line that is written in pieces', async () => {
    const following = await prepare();
    const lines = new Lines(SESSION);
    await following.write(MAIN, lines.prompt('go'));
    await following.start();
    const told = following.events.length;
    const bytes = Buffer.from(lines.says('m1', 'größer 🎉'));
    for (let at = 0; at < bytes.length; at += 60) {
      expect(following.events.length).toBe(told);
      await following.append(MAIN, bytes.subarray(at, at + 60));
      await delay(2);
    }
    await following.hears('größer 🎉');
    expect(following.monitor.status().malformedLines).toBe(0);
  });

  it('begins anew with a truncated file and counts nothing twice', async () => {
    const following = await prepare();
    const lines = new Lines(SESSION);
    const head = lines.prompt('go');
    const file = await following.write(MAIN, head + lines.says('m1', 'long before'));
    await following.start();
    await truncate(file, Buffer.byteLength(head));
    await delay(30);
    await following.append(MAIN, lines.says('m2', 'after'));
    await following.hears('after');
    const state = await following.session(SESSION);
    expect(state?.summary.usage.messages).toBe(2);
    expect(state?.summary.counts.prompts).toBe(1);
  });

  it('goes on in a replacement that begins with the same bytes', async () => {
    const following = await prepare();
    const lines = new Lines(SESSION);
    const text = lines.prompt('go') + lines.says('m1', 'same');
    const file = await following.write(MAIN, text);
    await following.start();
    const other = await following.write('new.jsonl', text + lines.says('m2', 'longer'));
    await rename(other, file);
    await following.hears('longer');
    expect(following.texts()).toEqual(['same', 'longer']);
    expect((await following.session(SESSION))?.summary.usage.messages).toBe(2);
  });

  it('keeps what it read of a file that is deleted, and reads one of its name that comes later', async () => {
    const following = await prepare();
    const lines = new Lines(SESSION);
    const text = lines.prompt('go') + lines.says('m1', 'kept', tokens(10));
    const file = await following.write(MAIN, text);
    await following.start();
    await rm(file);
    await delay(30);
    expect((await following.session(SESSION))?.summary.usage.messages).toBe(1);
    await following.write(MAIN, `\n${text}${lines.says('m2', 'came back')}`);
    await following.hears('came back');
    expect(following.texts()).toEqual(['kept', 'came back']);
    expect(following.warnings).toEqual([]);
  });

  it('counts what cannot be read, tells it once, and reads on', async () => {
    const following = await prepare();
    const lines = new Lines(SESSION);
    const first = lines.prompt('go');
    await following.write(MAIN, `${first}garbage\n${lines.says('m1', 'on')}`);
    await following.start();
    expect(following.monitor.status().malformedLines).toBe(1);
    await following.append(MAIN, 'more garbage\n');
    await following.append(MAIN, lines.says('m2', 'and on'));
    await following.hears('on', 'and on');
    const { lines: listed, total } = await following.store.malformed(9);
    expect(total).toBe(2);
    expect(listed[1]).toMatchObject({
      file: path.join(following.folder, MAIN),
      byteOffset: Buffer.byteLength(first),
    });
    await following.restart();
    expect(following.monitor.status().malformedLines).toBe(2);
  });

  it('takes two claude directories with a copy of one session for one session', async () => {
    const following = await prepare(['claude', 'other']);
    const lines = new Lines(SESSION);
    const text = lines.prompt('go') + lines.says('m1', 'once');
    const copy = MAIN.replace('claude/', 'other/');
    await following.write(MAIN, text);
    await following.write(copy, text);
    await following.start();
    const line = lines.calls('m2', 't1', 'Bash', { command: 'ls' }) + lines.says('m3', 'synced');
    await following.append(MAIN, line);
    await following.hears('synced');
    await following.append(copy, line + lines.says('m4', 'the copy is ahead'));
    await following.hears('the copy is ahead');
    const { summary } = (await following.session(SESSION)) ?? {};
    expect(summary?.usage.messages).toBe(4);
    expect(summary?.counts).toMatchObject({ prompts: 1, tools: 1 });
    expect(following.texts()).toEqual(['once', 'synced', 'the copy is ahead']);
  });
});

describe('LogMonitor: start and stop', () => {
  it('reads no byte twice after a restart, and only what is new', async () => {
    const following = await prepare();
    const lines = new Lines(SESSION);
    await following.write(MAIN, lines.prompt('go') + lines.says('m1', 'before').repeat(40));
    await following.start();
    const before = await following.store.fileMarks();
    const path = before[0]?.path ?? '';
    const offset = following.store.checkpoint(path)?.offset ?? NaN;
    const told = following.events.length;
    await following.restart();
    expect(following.monitor.status().indexing).toEqual({ filesDone: 1, filesTotal: 1 });
    expect(following.events.length).toBe(told);
    expect(await following.store.fileMarks()).toEqual(before);
    expect(following.store.checkpoint(path)?.offset).toBe(offset);
    await following.monitor.stop();
    const added = lines.says('m2', 'while it was off');
    await following.append(MAIN, added);
    await following.restart();
    await following.hears('while it was off');
    expect(following.store.checkpoint(path)?.offset).toBe(offset + Buffer.byteLength(added));
    expect(following.events.map(({ seq }) => seq)).toEqual(following.events.map((_, i) => i + 1));
  });

  it('stops: no watch, no timer, no word after it', async () => {
    const watches = () => process.getActiveResourcesInfo().filter((kind) => kind === 'FSEventWrap');
    const before = watches().length;
    const following = await prepare();
    const lines = new Lines(SESSION);
    await following.write(MAIN, lines.prompt('go'));
    await following.start();
    expect(watches().length).toBeGreaterThan(before);
    await following.monitor.stop();
    await following.append(MAIN, lines.says('m1', 'too late'));
    await delay(60);
    expect(following.texts()).toEqual([]);
    expect(watches().length).toBe(before);
  });

  it('can be stopped in the middle of indexing', async () => {
    const following = await prepare();
    for (let i = 0; i < 30; i += 1) {
      const id = `cccccccc-0000-4000-8000-${String(i).padStart(12, '0')}`;
      await following.write(
        `${PROJECT}/${id}.jsonl`,
        new Lines(id).says(`m${String(i)}`, `s${String(i)}`),
      );
    }
    await following.monitor.start();
    await following.monitor.stop();
    const { indexing, ready } = following.monitor.status();
    expect([ready, indexing.filesDone < 30]).toEqual([false, true]);
    await following.restart();
    expect(new Set(following.texts()).size).toBe(30);
    expect(following.texts()).toHaveLength(30);
  });
});
