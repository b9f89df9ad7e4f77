import { execFile } from 'node:child_process';
import fs from 'node:fs';
import path from 'node:path';
import { promisify } from 'node:util';
import { conversationSchema, passagePageSchema } from '@claude-optimizer/protocol';
import { describe, expect, it } from 'vitest';
import { inRepo } from '../../scripts/lib/places.mjs';
import { fetchAllSessions } from '../support/api.js';
import { tempFolder, undoAfter } from '../support/cleanup.js';
import { startDaemon } from '../support/daemon.js';

const run = promisify(execFile);
const defer = undoAfter('each');
const CORPUS = inRepo('../shared/corpora');

if (!fs.existsSync(CORPUS)) {
  console.log(`NO CONVERSATION OF A CORPUS WAS OPENED: there is no ${CORPUS}`);
}

describe.skipIf(!fs.existsSync(CORPUS))('every transcript of the corpus', () => {
  it('opens as a conversation, with its subagents', { timeout: 180_000 }, async () => {
    const claudeDir = path.join(tempFolder(defer), '.claude');
    const maker = path.join(CORPUS, 'mkhome.py');
    await run('python3', [maker, path.join(CORPUS, 'transcripts'), path.dirname(claudeDir)]);
    const daemon = await startDaemon({ claudeDir, dataDir: tempFolder(defer) }, defer);
    await daemon.ready();
    let passages = 0;
    let threads = 0;
    const sessions = await fetchAllSessions(daemon.url);
    for (const { id } of sessions) {
      const base = `${daemon.url}/api/sessions/${id}/conversation`;
      const get = async (address: string) => {
        const response = await fetch(base + address);
        expect(response.status, `${id}${address}`).toBe(200);
        return response.json() as Promise<unknown>;
      };
      const outline = conversationSchema.parse(await get(''));
      const names = outline.threads.map((thread) => thread.id);
      threads += names.length;
      for (const thread of outline.total === 0 ? names : ['main', ...names]) {
        for (let from = 0, total = 1; from < total;) {
          const query = `thread=${encodeURIComponent(thread)}&from=${String(from)}&limit=100`;
          const page = passagePageSchema.parse(await get(`/passages?${query}`));
          page.passages.forEach(({ index }, n) => expect(index).toBe(from + n));
          passages += page.passages.length;
          from += page.passages.length;
          total = page.passages.length === 0 ? 0 : page.total;
        }
      }
    }
    expect(sessions.length).toBeGreaterThan(100);
    expect(passages).toBeGreaterThan(5_000);
    expect(threads).toBeGreaterThan(20);
  });
});
