import fs from 'node:fs';
import path from 'node:path';
import { conversationSchema, passagePageSchema, toolUseSchema } from '@claude-optimizer/protocol';
import { expect, it } from 'vitest';
import { untilKept } from '../archive/kept.js';
import { tempFolder, undoAfter } from '../support/cleanup.js';
import { startDaemon } from '../support/daemon.js';
import { writeConversation } from './written.js';

const defer = undoAfter('each');

it('is the same when Claude Code has deleted the transcripts', async () => {
  const claudeDir = path.join(tempFolder(defer), '.claude');
  const { sessionId, files, folder } = writeConversation(claudeDir);
  const daemon = await startDaemon({ claudeDir, dataDir: tempFolder(defer) }, defer);
  await daemon.ready();
  const base = `${daemon.url}/api/sessions/${sessionId}`;
  const get = async (address: string) => (await fetch(base + address)).json() as Promise<unknown>;
  const all = async () => {
    const outline = conversationSchema.parse(await get('/conversation'));
    const pages = ['main', ...outline.threads.map(({ id }) => id)].map(async (thread) =>
      passagePageSchema.parse(await get(`/conversation/passages?thread=${thread}&limit=100`)),
    );
    const { revision: _revision, ...rest } = outline;
    const threads = rest.threads.map(({ kept: _kept, ...thread }) => thread);
    return { outline: { ...rest, threads }, pages: await Promise.all(pages) };
  };
  const before = await all();
  expect(before.outline.landmarks.map(({ kind }) => kind)).toContain('unreadable');
  const answered = Object.values(before.pages[0]?.answers ?? {});
  expect(answered.length).toBeGreaterThan(20);
  expect(answered.every(({ usage }) => usage.costMicrodollars !== null)).toBe(true);
  await untilKept(
    daemon.url,
    files.reduce((sum, each) => sum + fs.statSync(each).size, 0),
  );
  fs.rmSync(folder, { recursive: true });
  expect(await all()).toEqual(before);
  const tool = toolUseSchema.parse(await get('/tools/toolu_edit'));
  expect(tool.passage.input).toMatchObject({ new_string: 'const sum = 2;\nopen();' });
  const picture = before.pages[0]?.passages.find(
    (passage) => passage.kind === 'prompt' && passage.enclosures.length > 0,
  );
  const shown = await fetch(`${base}/conversation/picture?index=${String(picture?.index)}&n=0`);
  expect(shown.headers.get('content-type')).toBe('image/png');
  expect(shown.headers.get('x-content-type-options')).toBe('nosniff');
});
