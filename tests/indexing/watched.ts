import { randomUUID } from 'node:crypto';
import fs from 'node:fs';
import path from 'node:path';
import type { SessionSummary } from '@claude-optimizer/protocol';
import { fetchDetail } from '../support/api.js';
import { type Defer, tempFolder } from '../support/cleanup.js';
import { startDaemon } from '../support/daemon.js';
import { Transcript } from '../support/transcript.js';
import { until } from '../support/until.js';

/** A daemon on an empty tree, and ways to write into the tree and to see what came of it. */
export async function watch(defer: Defer, { madeLater = false } = {}) {
  const claudeDir = path.join(tempFolder(defer), '.claude');
  const dataDir = tempFolder(defer);
  const project = path.join(claudeDir, 'projects', '-home-dev-shop');
  if (!madeLater) fs.mkdirSync(project, { recursive: true });
  const daemon = await startDaemon({ claudeDir, dataDir }, defer);

  /** Waits for the session's summary to fulfil `check`. */
  const session = (id: string, what: string, check: (summary: SessionSummary) => boolean) =>
    until(what, async () => {
      const summary = (await fetchDetail(daemon.url, id))?.state.summary;
      return summary && check(summary) ? summary : null;
    });

  return {
    claudeDir,
    dataDir,
    project,
    daemon,
    session,
    /** Waits until the session has so many responses, and says how many output tokens they have. */
    responses: async (id: string, messages: number) => {
      const what = `${messages} responses`;
      const { usage } = await session(id, what, (summary) => summary.usage.messages === messages);
      return usage.outputTokens;
    },
  };
}

/** A new session's transcript and the file in which Claude Code would keep it. */
export function newSession(project: string) {
  const transcript = new Transcript({ sessionId: randomUUID() });
  const file = path.join(project, `${transcript.sessionId}.jsonl`);
  return { id: transcript.sessionId, transcript, file };
}

/** A response of `output` tokens. */
export function reply(transcript: Transcript, output: number): string {
  return transcript.reply({ usage: { input: 3, output } });
}
