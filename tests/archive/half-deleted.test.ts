import fs from 'node:fs';
import path from 'node:path';
import * as z from 'zod';
import { expect, it } from 'vitest';
import { writeConversation } from '../conversation/written.js';
import { Tree } from '../indexing/tree.js';
import { tempFolder, undoAfter } from '../support/cleanup.js';
import { startDaemon } from '../support/daemon.js';
import { until } from '../support/until.js';
import { allAnswers } from './answers.js';
import { archiveStatus, bytesIn, untilKept } from './kept.js';

const defer = undoAfter('each');
const searchAnswer = z.object({ search: z.object({ state: z.string() }) });

/** Until all words are indexed: a search then finds the same as before. */
function untilIndexed(url: string) {
  return until('the words to be indexed', async () => {
    const answer: unknown = await (await fetch(`${url}/api/sessions?search=x`)).json();
    return searchAnswer.parse(answer).search.state === 'idle';
  });
}

/** Removes the transcripts of these sessions, their subagents' included; returns how many. */
function removeTranscripts(claudeDir: string, sessionIds: ReadonlySet<string>): number {
  const projects = path.join(claudeDir, 'projects');
  const files = fs
    .readdirSync(projects, { recursive: true, encoding: 'utf8' })
    .filter((name) => name.endsWith('.jsonl'))
    .map((name) => path.join(projects, name));
  const theirs = files.filter((file) => {
    const [id] = /(?<="sessionId":")[^"]+/u.exec(fs.readFileSync(file, 'utf8')) ?? [];
    return sessionIds.has(path.basename(file, '.jsonl')) || sessionIds.has(id ?? '');
  });
  for (const file of theirs) fs.rmSync(file);
  return theirs.length;
}

it(
  'loses nothing when the transcripts of half of the sessions are deleted',
  { timeout: 60_000 },
  async () => {
    const claudeDir = path.join(tempFolder(defer), '.claude');
    const dataDir = tempFolder(defer);
    new Tree(claudeDir, 11).write(13);
    const { sessionId: whole } = writeConversation(claudeDir);
    const daemon = await startDaemon({ claudeDir, dataDir }, defer);
    await daemon.ready();
    await untilIndexed(daemon.url);
    await untilKept(daemon.url, bytesIn(claudeDir));
    const before = await allAnswers(daemon.url);
    expect(before.sessions).toHaveLength(14);

    const gone = new Set(before.sessions.map(({ id }) => id).filter((_id, at) => at % 2 === 0));
    gone.add(whole);
    const files = removeTranscripts(claudeDir, gone);
    expect(files).toBeGreaterThan(gone.size);
    expect(await allAnswers(daemon.url)).toEqual(before);

    await daemon.stop();
    const second = await startDaemon({ claudeDir, dataDir }, defer);
    await second.ready();
    await untilIndexed(second.url);
    await until('the archive to see it', async () => {
      const { onlyHere, state } = await archiveStatus(second.url);
      return state === 'idle' && onlyHere === gone.size;
    });
    expect(await allAnswers(second.url)).toEqual(before);
  },
);
